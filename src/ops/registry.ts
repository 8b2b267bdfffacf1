import type { Node, OpName } from "../ir/node.js";
import type { OpDefinition, Trait } from "../ir/op.js";
import { absOp } from "./abs.js";
import { addOp } from "./add.js";
import { affineOp } from "./affine.js";
import { affineConvolutionOp } from "./affineConvolution.js";
import { applyAdagradOp } from "./applyAdagrad.js";
import { applyAdamOp } from "./applyAdam.js";
import { applyGradientDescentOp } from "./applyGradientDescent.js";
import { applyMomentumOp } from "./applyMomentum.js";
import { applyRmsPropOp } from "./applyRmsProp.js";
import { argMaxOp } from "./argMax.js";
import { averagePoolOp } from "./averagePool.js";
import { averagePoolGradientOp } from "./averagePoolGradient.js";
import { barrierOp } from "./barrier.js";
import { batchNormalizationOp } from "./batchNormalization.js";
import { batchNormalizationGradientOp } from "./batchNormalizationGradient.js";
import { batchNormalizationInTrainingOp } from "./batchNormalizationInTraining.js";
import { broadcastToOp } from "./broadcastTo.js";
import { castOp } from "./cast.js";
import { concatOp } from "./concat.js";
import { constantOp } from "./constant.js";
import { convolutionOp } from "./convolution.js";
import { convolutionBackpropFilterOp } from "./convolutionBackpropFilter.js";
import { convolutionBackpropInputOp } from "./convolutionBackpropInput.js";
import { cosOp } from "./cos.js";
import { customGradientOp } from "./customGradient.js";
import { divideOp } from "./divide.js";
import { dotOp } from "./dot.js";
import { dropoutOp } from "./dropout.js";
import { eluOp } from "./elu.js";
import { eluGradientOp } from "./eluGradient.js";
import { equalOp } from "./equal.js";
import { expOp } from "./exp.js";
import { floorOp } from "./floor.js";
import { foldInOp } from "./foldIn.js";
import { gaussianNoiseOp } from "./gaussianNoise.js";
import { greaterOp } from "./greater.js";
import { greaterEqualOp } from "./greaterEqual.js";
import { inputOp } from "./input.js";
import { leakyReluOp } from "./leakyRelu.js";
import { leakyReluGradientOp } from "./leakyReluGradient.js";
import { lessOp } from "./less.js";
import { lessEqualOp } from "./lessEqual.js";
import { logOp } from "./log.js";
import { logSoftmaxOp } from "./logSoftmax.js";
import { logSumExpOp } from "./logSumExp.js";
import { maxOp } from "./max.js";
import { maximumOp } from "./maximum.js";
import { maxPoolOp } from "./maxPool.js";
import { maxPoolGatherOp } from "./maxPoolGather.js";
import { maxPoolGradientOp } from "./maxPoolGradient.js";
import { meanOp } from "./mean.js";
import { minimumOp } from "./minimum.js";
import { multiplyOp } from "./multiply.js";
import { negOp } from "./neg.js";
import { notEqualOp } from "./notEqual.js";
import { oneHotOp } from "./oneHot.js";
import { padOp } from "./pad.js";
import { powOp } from "./pow.js";
import { randomNormalOp } from "./randomNormal.js";
import { randomUniformOp } from "./randomUniform.js";
import { reluOp } from "./relu.js";
import { relu6Op } from "./relu6.js";
import { relu6GradientOp } from "./relu6Gradient.js";
import { reluGradientOp } from "./reluGradient.js";
import { reshapeOp } from "./reshape.js";
import { resultOp } from "./result.js";
import { scanOp } from "./scan.js";
import { selectOp } from "./select.js";
import { sigmoidOp } from "./sigmoid.js";
import { sigmoidCrossEntropyWithLogitsOp } from "./sigmoidCrossEntropyWithLogits.js";
import { sigmoidGradientOp } from "./sigmoidGradient.js";
import { signOp } from "./sign.js";
import { sinOp } from "./sin.js";
import { sizeOp } from "./size.js";
import { sliceOp } from "./slice.js";
import { softmaxOp } from "./softmax.js";
import { softmaxCrossEntropyGradientOp } from "./softmaxCrossEntropyGradient.js";
import { softmaxCrossEntropyWithLogitsOp } from "./softmaxCrossEntropyWithLogits.js";
import { sparseSoftmaxCrossEntropyGradientOp } from "./sparseSoftmaxCrossEntropyGradient.js";
import { sparseSoftmaxCrossEntropyWithLogitsOp } from "./sparseSoftmaxCrossEntropyWithLogits.js";
import { splitOp } from "./split.js";
import { sqrtOp } from "./sqrt.js";
import { squareOp } from "./square.js";
import { stopGradientOp } from "./stopGradient.js";
import { subtractOp } from "./subtract.js";
import { sumOp } from "./sum.js";
import { tanhOp } from "./tanh.js";
import { tanhGradientOp } from "./tanhGradient.js";
import { transposeOp } from "./transpose.js";
import { variableOp } from "./variable.js";

/** Every op, by name. An op whose file declares it in `OpTable` but that is missing here does not compile. */
export const registry: { readonly [K in OpName]: OpDefinition<K> } = {
  abs: absOp,
  add: addOp,
  affine: affineOp,
  affineConvolution: affineConvolutionOp,
  applyAdagrad: applyAdagradOp,
  applyAdam: applyAdamOp,
  applyGradientDescent: applyGradientDescentOp,
  applyMomentum: applyMomentumOp,
  applyRmsProp: applyRmsPropOp,
  argMax: argMaxOp,
  averagePool: averagePoolOp,
  averagePoolGradient: averagePoolGradientOp,
  barrier: barrierOp,
  batchNormalization: batchNormalizationOp,
  batchNormalizationGradient: batchNormalizationGradientOp,
  batchNormalizationInTraining: batchNormalizationInTrainingOp,
  broadcastTo: broadcastToOp,
  cast: castOp,
  concat: concatOp,
  constant: constantOp,
  convolution: convolutionOp,
  convolutionBackpropFilter: convolutionBackpropFilterOp,
  convolutionBackpropInput: convolutionBackpropInputOp,
  cos: cosOp,
  customGradient: customGradientOp,
  divide: divideOp,
  dot: dotOp,
  dropout: dropoutOp,
  elu: eluOp,
  eluGradient: eluGradientOp,
  equal: equalOp,
  exp: expOp,
  floor: floorOp,
  foldIn: foldInOp,
  gaussianNoise: gaussianNoiseOp,
  greater: greaterOp,
  greaterEqual: greaterEqualOp,
  input: inputOp,
  leakyRelu: leakyReluOp,
  leakyReluGradient: leakyReluGradientOp,
  less: lessOp,
  lessEqual: lessEqualOp,
  log: logOp,
  logSoftmax: logSoftmaxOp,
  logSumExp: logSumExpOp,
  max: maxOp,
  maximum: maximumOp,
  maxPool: maxPoolOp,
  maxPoolGather: maxPoolGatherOp,
  maxPoolGradient: maxPoolGradientOp,
  mean: meanOp,
  minimum: minimumOp,
  multiply: multiplyOp,
  neg: negOp,
  notEqual: notEqualOp,
  oneHot: oneHotOp,
  pad: padOp,
  pow: powOp,
  randomNormal: randomNormalOp,
  randomUniform: randomUniformOp,
  relu: reluOp,
  relu6: relu6Op,
  relu6Gradient: relu6GradientOp,
  reluGradient: reluGradientOp,
  reshape: reshapeOp,
  result: resultOp,
  scan: scanOp,
  select: selectOp,
  sigmoid: sigmoidOp,
  sigmoidCrossEntropyWithLogits: sigmoidCrossEntropyWithLogitsOp,
  sigmoidGradient: sigmoidGradientOp,
  sign: signOp,
  sin: sinOp,
  size: sizeOp,
  slice: sliceOp,
  softmax: softmaxOp,
  softmaxCrossEntropyGradient: softmaxCrossEntropyGradientOp,
  softmaxCrossEntropyWithLogits: softmaxCrossEntropyWithLogitsOp,
  sparseSoftmaxCrossEntropyGradient: sparseSoftmaxCrossEntropyGradientOp,
  sparseSoftmaxCrossEntropyWithLogits: sparseSoftmaxCrossEntropyWithLogitsOp,
  split: splitOp,
  sqrt: sqrtOp,
  square: squareOp,
  stopGradient: stopGradientOp,
  subtract: subtractOp,
  sum: sumOp,
  tanh: tanhOp,
  tanhGradient: tanhGradientOp,
  transpose: transposeOp,
  variable: variableOp,
};

/** Whether passes may rely on something of a node's op. */
export function hasTrait(node: Node, trait: Trait): boolean {
  return definitionOf(node.op).traits?.includes(trait) === true;
}

/** The ops of which passes may rely on something. */
export function opsWith(trait: Trait): OpName[] {
  return Object.values(registry).flatMap(({ name, traits }) => (traits?.includes(trait) ? [name] : []));
}

/** The definition of a node's op. */
export function definitionOf<K extends OpName>(name: K): OpDefinition<K> {
  // A mapped type indexed by a type parameter is the definition of that op, which TypeScript cannot see by itself.
  return registry[name] as unknown as OpDefinition<K>;
}

import type { Node, OpName } from "../ir/node.js";
import type { OpDefinition, Trait } from "../ir/op.js";
import * as ops from "./definitions.js";

/** Every op, by name. An op whose file declares it in `OpTable` but that is missing here does not compile. */
export const registry: { readonly [K in OpName]: OpDefinition<K> } = {
  abs: ops.absOp,
  add: ops.addOp,
  affine: ops.affineOp,
  affineConvolution: ops.affineConvolutionOp,
  applyAdagrad: ops.applyAdagradOp,
  applyAdam: ops.applyAdamOp,
  applyGradientDescent: ops.applyGradientDescentOp,
  applyMomentum: ops.applyMomentumOp,
  applyRmsProp: ops.applyRmsPropOp,
  argMax: ops.argMaxOp,
  averagePool: ops.averagePoolOp,
  averagePoolGradient: ops.averagePoolGradientOp,
  barrier: ops.barrierOp,
  batchNormalization: ops.batchNormalizationOp,
  batchNormalizationGradient: ops.batchNormalizationGradientOp,
  batchNormalizationInTraining: ops.batchNormalizationInTrainingOp,
  broadcastTo: ops.broadcastToOp,
  cast: ops.castOp,
  concat: ops.concatOp,
  constant: ops.constantOp,
  convolution: ops.convolutionOp,
  convolutionBackpropFilter: ops.convolutionBackpropFilterOp,
  convolutionBackpropInput: ops.convolutionBackpropInputOp,
  cos: ops.cosOp,
  customGradient: ops.customGradientOp,
  divide: ops.divideOp,
  dot: ops.dotOp,
  dropout: ops.dropoutOp,
  elu: ops.eluOp,
  eluGradient: ops.eluGradientOp,
  equal: ops.equalOp,
  exp: ops.expOp,
  floor: ops.floorOp,
  foldIn: ops.foldInOp,
  gaussianNoise: ops.gaussianNoiseOp,
  greater: ops.greaterOp,
  greaterEqual: ops.greaterEqualOp,
  input: ops.inputOp,
  leakyRelu: ops.leakyReluOp,
  leakyReluGradient: ops.leakyReluGradientOp,
  less: ops.lessOp,
  lessEqual: ops.lessEqualOp,
  log: ops.logOp,
  logSoftmax: ops.logSoftmaxOp,
  logSumExp: ops.logSumExpOp,
  max: ops.maxOp,
  maximum: ops.maximumOp,
  maxPool: ops.maxPoolOp,
  maxPoolGather: ops.maxPoolGatherOp,
  maxPoolGradient: ops.maxPoolGradientOp,
  mean: ops.meanOp,
  minimum: ops.minimumOp,
  multiply: ops.multiplyOp,
  neg: ops.negOp,
  notEqual: ops.notEqualOp,
  oneHot: ops.oneHotOp,
  pad: ops.padOp,
  pow: ops.powOp,
  randomNormal: ops.randomNormalOp,
  randomUniform: ops.randomUniformOp,
  relu: ops.reluOp,
  relu6: ops.relu6Op,
  relu6Gradient: ops.relu6GradientOp,
  reluGradient: ops.reluGradientOp,
  reshape: ops.reshapeOp,
  result: ops.resultOp,
  scan: ops.scanOp,
  select: ops.selectOp,
  sigmoid: ops.sigmoidOp,
  sigmoidCrossEntropyWithLogits: ops.sigmoidCrossEntropyWithLogitsOp,
  sigmoidGradient: ops.sigmoidGradientOp,
  sign: ops.signOp,
  sin: ops.sinOp,
  size: ops.sizeOp,
  slice: ops.sliceOp,
  softmax: ops.softmaxOp,
  softmaxCrossEntropyGradient: ops.softmaxCrossEntropyGradientOp,
  softmaxCrossEntropyWithLogits: ops.softmaxCrossEntropyWithLogitsOp,
  sparseSoftmaxCrossEntropyGradient: ops.sparseSoftmaxCrossEntropyGradientOp,
  sparseSoftmaxCrossEntropyWithLogits: ops.sparseSoftmaxCrossEntropyWithLogitsOp,
  split: ops.splitOp,
  sqrt: ops.sqrtOp,
  square: ops.squareOp,
  stopGradient: ops.stopGradientOp,
  subtract: ops.subtractOp,
  sum: ops.sumOp,
  tanh: ops.tanhOp,
  tanhGradient: ops.tanhGradientOp,
  transpose: ops.transposeOp,
  variable: ops.variableOp,
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

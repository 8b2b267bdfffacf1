import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { applyEdits } from "../../runtime/check/apply-edits.js";
import { checkFiles } from "../../runtime/check/diagnose.js";
import type { Finding } from "../../runtime/check/finding.js";
import { packagePaths } from "../tools/declarations.js";

// Mistakes beside those of examples/mistakes: what the line becomes is what a person would write, and it is right.

const root = resolve(import.meta.dirname, "../..");

const net = 'model({ x: input(["batch", 8]) }, ({ x }) => dense(x, { units: 1 }))';
const session = `const session = await open(compile(${net}, { optimizer: sgd(), loss: meanSquaredError() }));\n`;
const outputs =
  'model({ x: input(["batch", 8]) }, ({ x }) => ({ a: dense(x, { units: 1 }), b: dense(x, { units: 1 }) }))';
const ofPixels =
  '(await open(compile(model({ x: input(["batch", 8]) }, ({ x }) => dense(rescaling(x, { scale: 1 / 255 }), { units: 1 })), { optimizer: sgd(), loss: meanSquaredError() })))';
const ofBytes =
  '(await open(compile(model({ x: input(["batch", 8], "uint8") }, ({ x }) => dense(cast(x, "float32"), { units: 1 })), { optimizer: sgd(), loss: meanSquaredError() })))';

/** The wrong code by the rule that explains it; each with the line that comes out. */
const cases: readonly (readonly [rule: string, code: string, mended: string])[] = [
  [
    "dot-axes",
    'dot(input(["batch", 4]), variable("W", [9, 4], zeros()))',
    'dot(input(["batch", 4]), transpose(variable("W", [9, 4], zeros())))',
  ],
  [
    "dot-rank",
    "dot(input([5, 3, 2]), input([5, 3, 2]))",
    "sum(multiply(input([5, 3, 2]), input([5, 3, 2])), { axis: -1 })",
  ],
  [
    "derivative-shape",
    "vjp(square(input([4, 2])), input([4, 2]), constant([1, 2]))",
    "vjp(square(input([4, 2])), input([4, 2]), broadcastTo(constant([1, 2]), [4, 2]))",
  ],
  [
    "derivative-shape",
    "jvp(relu(input([3, 2])), input([3, 2]), input([2, 3]))",
    "jvp(relu(input([3, 2])), input([3, 2]), transpose(input([2, 3])))",
  ],
  ["derivative-scalar", 'gradients(square(input(["batch"])), {})', 'gradients(mean(square(input(["batch"]))), {})'],
  [
    "broadcast",
    'add(input(["batch", 64]), variable("b", [32], zeros()))',
    'add(input(["batch", 64]), variable("b", [64], zeros()))',
  ],
  [
    "broadcast",
    'add(input(["batch", 64]), dense(input(["batch", 3]), { units: 32 }))',
    'add(input(["batch", 64]), dense(input(["batch", 3]), { units: 64 }))',
  ],
  [
    "reshape-size",
    'reshape(input(["batch", 28, 28]), ["batch", 700])',
    'reshape(input(["batch", 28, 28]), ["batch", -1])',
  ],
  [
    "reshape-size",
    'reshape(input(["batch", 784]), [28, 28, 1])',
    'reshape(input(["batch", 784]), ["batch", 28, 28, 1])',
  ],
  [
    "join-axis",
    'concat([input(["batch", 8]), input(["batch", 4])], 0)',
    'concat([input(["batch", 8]), input(["batch", 4])], -1)',
  ],
  [
    "pad-pairs",
    'pad(input(["batch", 8, 8, 3]), [[1, 1], [1, 1]])',
    'pad(input(["batch", 8, 8, 3]), [[0, 0], [1, 1], [1, 1], [0, 0]])',
  ],
  [
    "unknown-option",
    "await session.fit({ x: [[1, 2, 3, 4, 5, 6, 7, 8]] }, [[1]], { epoch: 2 })",
    "await session.fit({ x: [[1, 2, 3, 4, 5, 6, 7, 8]] }, [[1]], { epochs: 2 })",
  ],
  ["unknown-option", "sgd({ learning_rate: 0.1 })", "sgd({ learningRate: 0.1 })"],
  [
    "unknown-option",
    'dense(input(["batch", 8]), { units: 4, kernel_initializer: zeros() })',
    'dense(input(["batch", 8]), { units: 4, kernelInitializer: zeros() })',
  ],
  [
    "by-name",
    `compile(${net}, { optimizer: "RMSprop", loss: meanSquaredError() })`,
    `compile(${net}, { optimizer: rmsprop(), loss: meanSquaredError() })`,
  ],
  [
    "by-name",
    `compile(${net}, { optimizer: sgd(), loss: "mean_squared_error" })`,
    `compile(${net}, { optimizer: sgd(), loss: meanSquaredError() })`,
  ],
  [
    "by-name",
    `compile(${net}, { optimizer: sgd(), loss: meanSquaredError(), metrics: ["mae"] })`,
    `compile(${net}, { optimizer: sgd(), loss: meanSquaredError(), metrics: [meanAbsoluteError()] })`,
  ],
  [
    "by-name",
    'dense(input(["batch", 8]), { units: 4, activation: "relu" })',
    'dense(input(["batch", 8]), { units: 4, activation: relu })',
  ],
  [
    "by-name",
    'dense(input(["batch", 8]), { units: 4, kernelInitializer: "random_normal" })',
    'dense(input(["batch", 8]), { units: 4, kernelInitializer: randomNormalInitializer() })',
  ],
  ["typed-array", "array([1, 2], [2])", "array(new Float32Array([1, 2]), [2])"],
  ["typed-array", 'array([1, 2], [2], "int32")', "array(new Int32Array([1, 2]), [2])"],
  ["typed-array", "array(nested, [1, 2, 1])", "array(new Float32Array(nested.flat(2)), [1, 2, 1])"],
  ["null-option", "f1Score({ average: null })", "f1Score({ average: undefined })"],
  [
    "by-name",
    `compile(${net}, { optimizer: sgd(), loss: meanSquaredError(), metrics: ["mae", meanSquaredError()] })`,
    `compile(${net}, { optimizer: sgd(), loss: meanSquaredError(), metrics: [meanAbsoluteError(), meanSquaredError()] })`,
  ],
  ["arguments-count", 'relu()(input(["batch", 3]))', 'relu(input(["batch", 3]))'],
  [
    "matmul-axes",
    "matmul(input([2, 3]), input([5, 3]), { transpose_b: true })",
    "matmul(input([2, 3]), input([5, 3]), { transposeB: true })",
  ],
  ["array-habits", "prediction[1][0]", "prediction.data[1 * prediction.shape[1] + 0]"],
  ["array-habits", "prediction[1][mask ? 0 : 1]", "prediction.data[1 * prediction.shape[1] + (mask ? 0 : 1)]"],
  ["array-habits", "prediction.numpy", "prediction.data"],
  ["method", "mask.length", "mask.shape[0]"],
  [
    "pythons-word",
    'dense(input(["batch", 3]), { units: 1, useBias: False })',
    'dense(input(["batch", 3]), { units: 1, useBias: false })',
  ],
  [
    "function-output",
    "compileFunction({ x: words }, ({ x }) => relu(x))",
    "compileFunction({ x: words }, ({ x }) => ({ y: relu(x) }))",
  ],
  [
    "function-output",
    "compileFunction({ x: words }, ({ x }) => { const h = relu(x); return h; })",
    "compileFunction({ x: words }, ({ x }) => { const h = relu(x); return { h }; })",
  ],
  ["pythons-word", "input([None, 28])", 'input(["batch", 28])'],
  ["called", "twin({ x: words })", "twin.apply({ x: words })"],
  [
    "not-called",
    'dense(input(["batch", 8]), { units: 4, kernelInitializer: zeros })',
    'dense(input(["batch", 8]), { units: 4, kernelInitializer: zeros() })',
  ],
  [
    "not-called",
    `compile(${net}, { optimizer: sgd(), loss: meanSquaredError })`,
    `compile(${net}, { optimizer: sgd(), loss: meanSquaredError() })`,
  ],
  [
    "model-output",
    'model({ x: input(["batch", 8]) }, ({ x }) => { relu(x); })',
    'model({ x: input(["batch", 8]) }, ({ x }) => { return relu(x); })',
  ],
  [
    "model-output",
    'model({ x: input(["batch", 8]), y: input(["batch", 3]) }, ({ x, y }) => [x, y])',
    'model({ x: input(["batch", 8]), y: input(["batch", 3]) }, ({ x, y }) => ({ x, y }))',
  ],
  [
    "model-output",
    'model({ x: input(["batch", 8]) }, ({ x }) => ({ same: x, three: 3 }))',
    'model({ x: input(["batch", 8]) }, ({ x }) => ({ same: x, three: constant(3) }))',
  ],
  ["tensor-wanted", 'model({ x: ["batch", 8] }, ({ x }) => x)', 'model({ x: input(["batch", 8]) }, ({ x }) => x)'],
  ["tensor-wanted", "sequential(dense({ units: 3 }), relu)", "block(dense({ units: 3 }), relu)"],
  ["tensor-wanted", "sequential([dense({ units: 3 }), relu])", "block(dense({ units: 3 }), relu)"],
  [
    "tensor-wanted",
    'sequential(input(["batch", 4, 4]), reshape(-1, 8))',
    'sequential(input(["batch", 4, 4]), reshape([-1, 8]))',
  ],
  ["input-among-options", 'dense({ x: input(["batch", 3]), units: 4 })', 'dense(input(["batch", 3]), { units: 4 })'],
  ["arguments-count", 'dense(input(["batch", 16]), 16, 4)', 'dense(input(["batch", 16]), { units: 4 })'],
  ["tensor-wanted", 'multiply(input(["batch", 8]), "2")', 'multiply(input(["batch", 8]), 2)'],
  ["input-behind-options", 'dense({ units: 4 }, input(["batch", 8]))', 'dense(input(["batch", 8]), { units: 4 })'],
  [
    "input-behind-options",
    'lstm({ units: 4, returnSequences: true }, input(["batch", 5, 8]))',
    'lstm(input(["batch", 5, 8]), { units: 4, returnSequences: true })',
  ],
  ["input-behind-options", 'mean({ axis: 1 }, input(["batch", 8]))', 'mean(input(["batch", 8]), { axis: 1 })'],
  ["options-record", 'dense(input(["batch", 8]), 4)', 'dense(input(["batch", 8]), { units: 4 })'],
  ["value-by-itself", 'softmax(input(["batch", 5, 4]), { axis: 1 })', 'softmax(input(["batch", 5, 4]), 1)'],
  ["options-record", "conv2d(4, 3, { groups: 2 })", "conv2d({ filters: 4, kernelSize: 3, groups: 2 })"],
  ["options-record", "maxPooling2d([2, 2], 2)", "maxPooling2d({ poolSize: [2, 2], strides: 2 })"],
  ["options-record", "embedding(1000, 16)", "embedding({ inputDim: 1000, outputDim: 16 })"],
  [
    "unknown-option",
    'multiHeadAttention(input(["batch", 5, 8]), { numHeads: 2, keyDim: 4, causal: true })',
    'multiHeadAttention(input(["batch", 5, 8]), { numHeads: 2, keyDim: 4, useCausalMask: true })',
  ],
  ["options-record", "multiHeadAttention(2, 16)", "multiHeadAttention({ numHeads: 2, keyDim: 16 })"],
  ["options-record", "rescaling(1 / 255, -1)", "rescaling({ scale: 1 / 255, offset: -1 })"],
  ["options-record", "resizing(32, 32)", "resizing({ height: 32, width: 32 })"],
  ["options-record", "groupNormalization(8)", "groupNormalization({ groups: 8 })"],
  ["options-record", "upSampling2d(2)", "upSampling2d({ size: 2 })"],
  ["options-record", "zeroPadding2d(1)", "zeroPadding2d({ padding: 1 })"],
  ["options-record", "cropping2d(1)", "cropping2d({ cropping: 1 })"],
  ["options-record", "randomZoom(0.1, 0.2)", "randomZoom({ heightFactor: 0.1, widthFactor: 0.2 })"],
  [
    "options-record",
    'randomFlip(input(["batch", 8, 8, 3]), "horizontal")',
    'randomFlip(input(["batch", 8, 8, 3]), { mode: "horizontal" })',
  ],
  ["unknown-option", 'sum(input(["batch"]), { keepdims: true })', 'sum(input(["batch"]), { keepDims: true })'],
  [
    "listed-state",
    'lstm(input(["batch", 5, 3]), { units: 8, initialState: [input(["batch", 8]), input(["batch", 8])] })',
    'lstm(input(["batch", 5, 3]), { units: 8, initialState: { hidden: input(["batch", 8]), cell: input(["batch", 8]) } })',
  ],
  [
    "listed-state",
    'gru(input(["batch", 5, 3]), { units: 8, initialState: [input(["batch", 8])] })',
    'gru(input(["batch", 5, 3]), { units: 8, initialState: input(["batch", 8]) })',
  ],
  [
    "option-word",
    'conv2d(input(["batch", 8, 8, 1]), { filters: 4, kernelSize: 3, padding: "SAME" })',
    'conv2d(input(["batch", 8, 8, 1]), { filters: 4, kernelSize: 3, padding: "same" })',
  ],
  ["axis-range", 'mean(input(["batch", 8]), { axis: 2 })', 'mean(input(["batch", 8]), { axis: -1 })'],
  ["permutation", 'transpose(input(["batch", 8, 3]), [1, 0])', 'transpose(input(["batch", 8, 3]), [0, 2, 1])'],
  ["dim", "input([-1, 784])", 'input(["batch", 784])'],
  [
    "dtype",
    'select(input(["batch"]), input(["batch"]), 0)',
    'select(greater(input(["batch"]), 0), input(["batch"]), 0)',
  ],
  [
    "dtype",
    'select(input(["batch"]), greater(input(["batch"]), 0), 0)',
    'select(greater(input(["batch"]), 0), input(["batch"]), 0)',
  ],
  [
    "dtypes-differ",
    'add(input(["batch"]), cast(input(["batch"]), "int32"))',
    'add(input(["batch"]), input(["batch"]))',
  ],
  [
    "dot-axes",
    'dot(variable("W", [8, 4], zeros()), input(["batch", 8]))',
    'dot(input(["batch", 8]), variable("W", [8, 4], zeros()))',
  ],
  [
    "padding-mask",
    'multiHeadAttention(input(["batch", 5, 8]), { numHeads: 2, keyDim: 4, attentionMask: input(["batch", 5], "bool") })',
    'multiHeadAttention(input(["batch", 5, 8]), { numHeads: 2, keyDim: 4, attentionMask: expandDims(input(["batch", 5], "bool"), 1) })',
  ],
  [
    "padding-mask",
    "scaledDotProductAttention(words, words, words, { mask })",
    "scaledDotProductAttention(words, words, words, { mask: expandDims(expandDims(mask, 1), 1) })",
  ],
  [
    "unknown-option",
    'conv2d(input(["batch", 8, 8, 1]), { outChannels: 4, kernelSize: 3 })',
    'conv2d(input(["batch", 8, 8, 1]), { filters: 4, kernelSize: 3 })',
  ],
  [
    "declared-shape",
    'lstm(input(["batch", 5, 8]), { units: 4, mask: cast(input(["batch", 5], "bool"), "float32") })',
    'lstm(input(["batch", 5, 8]), { units: 4, mask: input(["batch", 5], "bool") })',
  ],
  ["dtypes-differ", 'add(input(["batch"], "int32"), constant(-1))', 'add(input(["batch"], "int32"), -1)'],
  [
    "dtypes-differ",
    'multiply(input(["batch"]), constant(2, "int32"))',
    'multiply(input(["batch"]), cast(constant(2, "int32"), "float32"))',
  ],
  ["axis-by-itself", 'mean(input(["batch", 4]), -1)', 'mean(input(["batch", 4]), { axis: -1 })'],
  ["dtype", 'oneHot(input(["batch"]), 10)', 'oneHot(input(["batch"], "int32"), 10)'],
  [
    "dtype",
    'model({ ids: input(["batch", 3]) }, ({ ids }) => embedding(ids, { inputDim: 9, outputDim: 4 }))',
    'model({ ids: input(["batch", 3], "int32") }, ({ ids }) => embedding(ids, { inputDim: 9, outputDim: 4 }))',
  ],
  ["dtype", 'oneHot(neg(input(["batch"])), 10)', 'oneHot(cast(neg(input(["batch"])), "int32"), 10)'],
  [
    "dtype",
    'segmentSum(input(["n"], "int32"), input(["n", 8]), 4)',
    'segmentSum(input(["n", 8]), input(["n"], "int32"), 4)',
  ],
  ["dtype", 'gather(input(["batch"], "int32"), input([10, 8]))', 'gather(input([10, 8]), input(["batch"], "int32"))'],
  ["dtype", 'any(input(["batch"], "int32"))', 'any(notEqual(input(["batch"], "int32"), 0))'],
  [
    "declared-shape",
    'lstm(input(["batch", "time", 4]), { units: 2, mask: input(["batch", "time"], "int32") })',
    'lstm(input(["batch", "time", 4]), { units: 2, mask: notEqual(input(["batch", "time"], "int32"), 0) })',
  ],
  [
    "dtypes-differ",
    'add(input(["batch", 2], "int32"), constant([1, 2]))',
    'add(input(["batch", 2], "int32"), constant([1, 2], "int32"))',
  ],
  [
    "image-rank",
    "conv2d(input([28, 28, 1]), { filters: 1, kernelSize: 3 })",
    'conv2d(input(["batch", 28, 28, 1]), { filters: 1, kernelSize: 3 })',
  ],
  [
    "image-rank",
    'conv2d(input(["batch", 784]), { filters: 1, kernelSize: 3 })',
    'conv2d(reshape(input(["batch", 784]), ["batch", 28, 28, 1]), { filters: 1, kernelSize: 3 })',
  ],
  [
    "image-rank",
    'sequential(input(["batch", 8, 8, 1]), flatten(), maxPooling2d(), dense({ units: 1 }))',
    'sequential(input(["batch", 8, 8, 1]), maxPooling2d(), flatten(), dense({ units: 1 }))',
  ],
  [
    "window-size",
    'sequential(input(["batch", 3, 3, 1]), conv2d({ filters: 1, kernelSize: 5 }))',
    'sequential(input(["batch", 3, 3, 1]), conv2d({ filters: 1, kernelSize: 5, padding: "same" }))',
  ],
  [
    "filter-channels",
    'conv2d(input(["batch", 8, 8, 3]), variable("f", [16, 3, 5, 5], zeros()), {})',
    'conv2d(input(["batch", 8, 8, 3]), variable("f", [5, 5, 3, 16], zeros()), {})',
  ],
  [
    "sparse-labels",
    'sparseSoftmaxCrossEntropyWithLogits(input(["batch", 9]), input(["batch", 1], "int32"))',
    'sparseSoftmaxCrossEntropyWithLogits(input(["batch", 9]), reshape(input(["batch", 1], "int32"), ["batch"]))',
  ],
  [
    "declared-shape",
    'head(dense(input(["batch", 3]), { units: 32 }))',
    'head(dense(input(["batch", 3]), { units: 64 }))',
  ],
  [
    "batch-axis",
    "compile(model({ x: input([8]) }, ({ x }) => dense(x, { units: 1 })), { optimizer: sgd(), loss: meanSquaredError() })",
    'compile(model({ x: input(["batch", 8]) }, ({ x }) => dense(x, { units: 1 })), { optimizer: sgd(), loss: meanSquaredError() })',
  ],
  [
    "data-shape",
    `await session.predict({ x: array(new Float32Array(16), [2, 4, 2]) })`,
    `await session.predict({ x: array(new Float32Array(16), [2, 8]) })`,
  ],
  [
    "data-shape",
    `await session.fit({ x: [[1, 2, 3, 4, 5, 6, 7, 8]] }, prices)`,
    `await session.fit({ x: [[1, 2, 3, 4, 5, 6, 7, 8]] }, array(prices, [prices.length, 1]))`,
  ],
  [
    "data-dtype",
    `await session.predict({ x: array(new Uint8Array(8), [1, 8]) })`,
    `await session.predict({ x: array(new Float32Array(8), [1, 8]) })`,
  ],
  [
    "data-dtype",
    `await session.predict({ x: array(new BigInt64Array(8), [1, 8]) })`,
    `await session.predict({ x: array(new Float32Array(8), [1, 8]) })`,
  ],
  [
    "bytes-dtype",
    `await ${ofBytes}.predict({ x: array(new Uint8Array(8), [1, 8]) })`,
    `await ${ofBytes}.predict({ x: array(new Uint8Array(8), [1, 8], "uint8") })`,
  ],
  [
    "data-dtype",
    `await ${ofPixels}.fitBatches(bytes)`,
    `await ${ofPixels.replace('["batch", 8]', '["batch", 8], "uint8"')}.fitBatches(bytes)`,
  ],
  [
    "input-key",
    `await session.predict({ y: [[1, 2, 3, 4, 5, 6, 7, 8]] })`,
    `await session.predict({ x: [[1, 2, 3, 4, 5, 6, 7, 8]] })`,
  ],
  [
    "unknown-option",
    'multiHeadAttention(input(["batch", 5, 8]), { heads: 2, keyDim: 4 })',
    'multiHeadAttention(input(["batch", 5, 8]), { numHeads: 2, keyDim: 4 })',
  ],
  [
    "unknown-option",
    'embedding(input(["batch"], "int32"), { input_dim: 9, outputDim: 4 })',
    'embedding(input(["batch"], "int32"), { inputDim: 9, outputDim: 4 })',
  ],
  [
    "unknown-option",
    'maxPooling2d(input(["batch", 8, 8, 1]), { kernel_size: 2 })',
    'maxPooling2d(input(["batch", 8, 8, 1]), { poolSize: 2 })',
  ],
  ["operator", "input([4]) * input([4])", "multiply(input([4]), input([4]))"],
  ["operator", "relu(input([4]) * 2)", "relu(multiply(input([4]), 2))"],
  ["operator", "input([4]) - input([4])", "subtract(input([4]), input([4]))"],
  ["operator", "input([4]) !== 0", "notEqual(input([4]), 0)"],
  [
    "operator",
    "(() => { let h = input([4]); h += input([4]); return h; })()",
    "(() => { let h = input([4]); h = add(h, input([4])); return h; })()",
  ],
  [
    "missing-await",
    "session.predict({ x: [[1, 2, 3, 4, 5, 6, 7, 8]] }).data",
    "(await session.predict({ x: [[1, 2, 3, 4, 5, 6, 7, 8]] })).data",
  ],
  [
    "missing-await",
    `(async () => { const opened = open(compile(${net}, { optimizer: sgd(), loss: meanSquaredError() })); opened.dispose(); })()`,
    `(async () => { const opened = await open(compile(${net}, { optimizer: sgd(), loss: meanSquaredError() })); opened.dispose(); })()`,
  ],
  [
    "missing-await",
    "(async () => { const { loss } = session.trainStep({ inputs: { x: [[1, 2, 3, 4, 5, 6, 7, 8]] }, target: [[1]] }); return loss; })()",
    "(async () => { const { loss } = await session.trainStep({ inputs: { x: [[1, 2, 3, 4, 5, 6, 7, 8]] }, target: [[1]] }); return loss; })()",
  ],
  [
    "data-kind",
    "await session.trainStep({ inputs: { x: [[1, 2, 3, 4, 5, 6, 7, 8]] }, targets: [[1]] })",
    "await session.trainStep({ inputs: { x: [[1, 2, 3, 4, 5, 6, 7, 8]] }, target: [[1]] })",
  ],
  [
    "own-metric",
    'metricOf((target: Tensor<["batch"]>, output: Tensor<["batch"]>) => subtract(target, output), "error")',
    'metricOf("error", (target: Tensor<["batch"]>, output: Tensor<["batch"]>) => subtract(target, output))',
  ],
  ["arguments-count", 'reshape(input(["batch", 4]), "batch", 2, 2)', 'reshape(input(["batch", 4]), ["batch", 2, 2])'],
  ["arguments-count", "tile(input([2, 4]), 1, 2)", "tile(input([2, 4]), [1, 2])"],
  ["arguments-count", "zeros([2, 3])", "broadcastTo(constant(0), [2, 3])"],
  ["input-dtype", 'input(["batch"], "int64")', 'input(["batch"], "int32")'],
  [
    "option-word",
    'maxPooling2d(input(["batch", 8, 8, 1]), { poolSize: 2, padding: "SAME" })',
    'maxPooling2d(input(["batch", 8, 8, 1]), { poolSize: 2, padding: "same" })',
  ],
  [
    "option-word",
    'conv2d(input(["batch", 8, 8, 1]), { filters: 2, kernelSize: 3, padding: "sane" })',
    'conv2d(input(["batch", 8, 8, 1]), { filters: 2, kernelSize: 3, padding: "same" })',
  ],
  [
    "arguments-count",
    'multiHeadAttention(input(["batch", 5, 8]), input(["batch", 6, 8]), { numHeads: 2, keyDim: 4 })',
    'multiHeadAttention(input(["batch", 5, 8]), { value: input(["batch", 6, 8]), numHeads: 2, keyDim: 4 })',
  ],
  ["method", 'await session.save("x.shapewright")', 'await session.saveModel("x.shapewright")'],
  ["method", "input([4]).div(2)", "divide(input([4]), 2)"],
  ["method", "input([4, 2]).T", "transpose(input([4, 2]))"],
  [
    "method",
    `${net}.compile({ optimizer: sgd(), loss: meanSquaredError() })`,
    `compile(${net}, { optimizer: sgd(), loss: meanSquaredError() })`,
  ],
  ["number-in-record", "dropout(input([4]), { rate: 0.5 })", "dropout(input([4]), 0.5)"],
  ["number-in-record", "dropout({ p: 0.5 })", "dropout(0.5)"],
  ["arguments-count", 'variable("w", [8, 4])', 'variable("w", [8, 4], glorotUniform())'],
  ["input-shape", "input([null, 784])", 'input(["batch", 784])'],
  ["input-shape", "input({ shape: [28, 28] })", 'input(["batch", 28, 28])'],
  ["input-shape", "input(784)", 'input(["batch", 784])'],
  ["number-as-text", 'dense(input(["batch", 3]), { units: "10" })', 'dense(input(["batch", 3]), { units: 10 })'],
  [
    "not-called",
    'dense(input(["batch", 3]), { units: 10, activation: softmax() })',
    'dense(input(["batch", 3]), { units: 10, activation: softmax })',
  ],
  ["options-record", "adam(0.01)", "adam({ learningRate: 0.01 })"],
  ["arguments-count", "sgd(0.1, 0.9, true)", "sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true })"],
  ["arguments-count", "concat([words, words])", "concat([words, words], -1)"],
  [
    "options-record",
    "adamw(cosineDecay(0.1, { decaySteps: 9 }))",
    "adamw({ learningRate: cosineDecay(0.1, { decaySteps: 9 }) })",
  ],
  ["options-record", 'earlyStopping("val_loss")', 'earlyStopping({ monitor: "val_loss" })'],
  ["source-given", "await session.fit(samples, { epochs: 2 })", "await session.fitBatches(samples, { epochs: 2 })"],
  ["source-given", "await session.fit(samples)", "await session.fitBatches(samples)"],
  ["source-given", "await session.evaluate(samples)", "await session.evaluateBatches(samples)"],
  [
    "source-given",
    "await session.fitBatches(samples, { validationData: samples })",
    "await session.fitBatches(samples, { validationBatches: samples })",
  ],
  [
    "by-outputs",
    `compile(${outputs}, { optimizer: sgd(), loss: { a: meanSquaredError(), b: meanSquaredError() }, lossWeights: [1, 2] })`,
    `compile(${outputs}, { optimizer: sgd(), loss: { a: meanSquaredError(), b: meanSquaredError() }, lossWeights: { a: 1, b: 2 } })`,
  ],
  [
    "losses-by-name",
    `compile(${outputs}, { optimizer: sgd(), loss: { a: meanSquaredError() }, metrics: { a: meanAbsoluteError() } })`,
    `compile(${outputs}, { optimizer: sgd(), loss: { a: meanSquaredError() }, metrics: { a: [meanAbsoluteError()] } })`,
  ],
  [
    "by-outputs",
    `compile(${outputs}, { optimizer: sgd(), loss: [meanSquaredError(), huber()] })`,
    `compile(${outputs}, { optimizer: sgd(), loss: { a: meanSquaredError(), b: huber() } })`,
  ],
  [
    "by-outputs",
    `compile(${net}, { optimizer: sgd(), loss: [meanSquaredError()] })`,
    `compile(${net}, { optimizer: sgd(), loss: meanSquaredError() })`,
  ],
  [
    "by-outputs",
    `compile(${net}, { optimizer: sgd(), loss: meanSquaredError(), metrics: meanAbsoluteError() })`,
    `compile(${net}, { optimizer: sgd(), loss: meanSquaredError(), metrics: [meanAbsoluteError()] })`,
  ],
  [
    "data-shape",
    "await session.predict({ x: prices })",
    "await session.predict({ x: array(prices, [prices.length / 8, 8]) })",
  ],
  ["listed-numbers", 'imageFolder("flowers", { imageSize: 28 })', 'imageFolder("flowers", { imageSize: [28, 28] })'],
  [
    "file-by-itself",
    'modelCheckpoint({ filepath: "best.safetensors", saveBestOnly: true })',
    'modelCheckpoint("best.safetensors", { saveBestOnly: true })',
  ],
  [
    "missing-await",
    '(async () => { const [flowers] = imageFolder("flowers", { imageSize: [8, 8], subset: "both" }); return flowers; })()',
    '(async () => { const [flowers] = await imageFolder("flowers", { imageSize: [8, 8], subset: "both" }); return flowers; })()',
  ],
  ["list-wanted", "concat(input([4, 2]), input([4, 3]))", "concat([input([4, 2]), input([4, 3])], -1)"],
  [
    "inputs-record",
    'model({ x: input(["batch", 3]) }, (x) => relu(x))',
    'model({ x: input(["batch", 3]) }, ({ x }) => relu(x))',
  ],
  [
    "declared-result",
    '(x: Tensor<["batch", 3]>): Tensor<["batch", 16]> => dense(x, { units: 32 })',
    '(x: Tensor<["batch", 3]>): Tensor<["batch", 16]> => dense(x, { units: 16 })',
  ],
  [
    "declared-result",
    'function (x: Tensor<["batch", 3]>): Tensor<["batch", 16]> { return relu(x); }',
    'function (x: Tensor<["batch", 3]>): Tensor<["batch", 3]> { return relu(x); }',
  ],
  [
    "declared-value",
    '(() => { const y: Tensor<["batch", 16]> = relu(input(["batch", 3])); return y; })()',
    '(() => { const y = relu(input(["batch", 3])); return y; })()',
  ],
  [
    "data-shape",
    "await session.fit({ x: [[1, 2, 3, 4, 5, 6, 7, 8]] }, listed)",
    "await session.fit({ x: [[1, 2, 3, 4, 5, 6, 7, 8]] }, listed.map((value) => [value]))",
  ],
  ["applied", "inner.apply(steps)", "inner.apply({ y: steps })"],
  ["applied", "inner.apply({ x: steps })", "inner.apply({ y: steps })"],
  ["input-name", "(await eager()).model(inner)(steps)", "(await eager()).model(inner)({ y: steps })"],
  [
    "method",
    "(await eager()).optimizer(adam()).applyGradients([], [])",
    "(await eager()).optimizer(adam()).apply([], [])",
  ],
  ["list-wanted", "await openTogether(programOf(), programOf())", "await openTogether([programOf(), programOf()])"],
  ["layer-wanted", "bidirectional(lstm(steps, { units: 3 }))", "bidirectional(lstm({ units: 3 }))(steps)"],
  ["layer-wanted", "bidirectional(steps, lstm({ units: 3 }))", "bidirectional(lstm({ units: 3 }))(steps)"],
  [
    "file-by-itself",
    "exponentialDecay({ initialLearningRate: 0.1, decaySteps: 5, decayRate: 0.9 })",
    "exponentialDecay(0.1, { decaySteps: 5, decayRate: 0.9 })",
  ],
  ["method", "words.view(-1, 8)", "reshape(words, [-1, 8])"],
  ["method", "words.transpose(0, 1)", "transpose(words, [1, 0, 2, 3])"],
  ["arguments-count", "reshape(words, -1, 8)", "reshape(words, [-1, 8])"],
  ["array-habits", "prediction.data()", "prediction.data"],
  ["layer-wanted", "timeDistributed(dense(steps, { units: 3 }))", "timeDistributed(dense({ units: 3 }))(steps)"],
  ["layer-wanted", "rnn(steps, lstm({ units: 3 }))", "rnn(steps, lstmCell({ units: 3 }))"],
  [
    "reported",
    "(await session.fit({ x: [[1, 2, 3, 4, 5, 6, 7, 8]] }, [[1]])).valLoss",
    "(await session.fit({ x: [[1, 2, 3, 4, 5, 6, 7, 8]] }, [[1]])).history.val_loss",
  ],
  [
    "monitored",
    'await session.fit({ x: [[1, 2, 3, 4, 5, 6, 7, 8]] }, [[1]], { callbacks: [earlyStopping({ monitor: "val_los" })] })',
    'await session.fit({ x: [[1, 2, 3, 4, 5, 6, 7, 8]] }, [[1]], { callbacks: [earlyStopping({ monitor: "val_loss" })] })',
  ],
];

/** Wrong code that words mend, as the mistake is elsewhere: what is said of it, and what to write. */
const said: readonly (readonly [rule: string, code: string, what: string, words: string])[] = [
  ["arguments-count", "sequential()", "sequential takes (x), but x is missing.", "Add it. x: the first layer's input."],
  [
    "not-adapted",
    'stringLookup({ vocabulary: ["a"] }).adapt(["b"])',
    'stringLookup({ vocabulary: ["a"] }) was given what it would learn.',
    "Leave adapt out, or learn it instead: await stringLookup().adapt(samples).",
  ],
  [
    "not-adapted",
    '(async () => { const learnt = await stringLookup().adapt(["b"]); return learnt.adapt(["c"]); })()',
    "learnt has been adapted to data already.",
    "Call it, or adapt stringLookup() to all the data at once.",
  ],
  [
    "own-metric",
    `compile(${net}, { optimizer: sgd(), loss: meanSquaredError(), metrics: [meanAbsoluteError(), 3] })`,
    "metrics takes metrics, but 3 is a number.",
    "List what is to be measured: metrics: [accuracy()].",
  ],
  [
    "layer-wanted",
    'bidirectional(steps, "lstm")',
    'bidirectional takes a layer without its input, such as lstm({ units: 8 }), but "lstm" is a text.',
    "Give it one: lstm({ units: 8 }).",
  ],
  [
    "data-kind",
    "await session.trainStep({ x: [[1, 2, 3, 4, 5, 6, 7, 8]] })",
    'trainStep takes a batch, { inputs, target }, but "x" is given beside these.',
    "Inputs stand within inputs: { inputs: { x: … }, target: … }.",
  ],
  [
    "tensor-wanted",
    `compile(${net}, { optimizer: sgd(), loss: async (target, output) => subtract(target, output) })`,
    "A loss is a function that returns a tensor, but this returns a promise.",
    "Leave async out: it is called once, to make the graph, and waits for nothing.",
  ],
  [
    "tensor-wanted",
    `compile(${net}, { optimizer: sgd(), loss: () => 1 })`,
    "A loss is a function that returns a tensor, but this returns a number.",
    "Compute it of tensors, with ops: (target, output) => square(subtract(output, target)).",
  ],
  [
    "program-wanted",
    "await open(model({ x: input([8]) }, ({ x }) => relu(x)))",
    "open takes a program, but model({ x: input([8]) }, ({ x }) => relu(x)) is a model.",
    "Compile it first: compile(model, { optimizer: adam(), loss: … }).",
  ],
  [
    "program-wanted",
    "await open(5)",
    "open takes a program, but 5 is a number.",
    "Give what compile(model, { optimizer: adam(), loss: … }) makes.",
  ],
  [
    "program-wanted",
    "compile({ inner }, { optimizer: sgd(), loss: meanSquaredError() })",
    "compile takes a model, but { inner } is none.",
    "Give what model({ x: input([…]) }, ({ x }) => …) makes.",
  ],
  [
    "program-wanted",
    "compile(block(relu), { optimizer: sgd(), loss: meanSquaredError() })",
    "compile takes a model, but block(relu) is a layer that waits for its input.",
    "Give what model({ x: input([…]) }, ({ x }) => …) makes.",
  ],
  [
    "tensor-wanted",
    "model([input([4]), input([4])], (both) => both.length)",
    "A model takes inputs by names, but [input([4]), input([4])] is a list.",
    "Name each: model({ a: input([4]), b: … }, ({ a, b }) => …).",
  ],
  [
    "own-metric",
    `compile(${net}, { optimizer: sgd(), loss: meanSquaredError(), metrics: [(target, output) => abs(subtract(target, output))] })`,
    "metrics takes metrics, which have a name, but this is a function.",
    'Make one of it: metricOf("name", (target: Tensor<["batch", 1]>, output: Tensor<["batch", 1]>) => …), with the shapes that these have.',
  ],
  [
    "listed-state",
    'lstm(input(["batch", "time", 3]), { units: 4, initialState: input(["batch", 4]) })',
    "initialState of lstm is a record, { hidden, cell }, and not a tensor.",
    'Give both, as returnState gives them: { hidden: input(["batch", 4]), cell: … }.',
  ],
  [
    "declared-shape",
    '(<B extends Dim, T extends Dim>(x: Tensor<[B, T, 3]>, mask: Tensor<[T, B], "bool">) => gru(x, { units: 4, mask }))',
    "mask of gru takes [B, T], but this is [T, B].",
    "Give it [B, T].",
  ],
  [
    "own-metric",
    'metricOf("late", async (target: Tensor<["batch"]>, output: Tensor<["batch"]>) => subtract(target, output))',
    "A metric is a function that returns a tensor, but this returns a promise.",
    "Leave async out: it is called once, to make the graph, and waits for nothing.",
  ],
  [
    "own-metric",
    'metricOf("right", (target, output) => target === output)',
    "A metric is a function that returns a tensor, but this returns boolean.",
    'Compute it of tensors, with ops: cast(equal(target, output), "float32").',
  ],
  [
    "input-dtype",
    'input(["batch"], "string")',
    '"string" is no dtype; there are "float32", "int32", "bool" and "uint8".',
    "Give numbers: Number(text) of what is written in digits, stringLookup of names, textVectorization of sentences. The model's input is int32.",
  ],
  [
    "validation-pair",
    "await session.fit({ x: [[1, 2, 3, 4, 5, 6, 7, 8]] }, [[1]], { validationData: { x: listed, y: listed } })",
    "validationData takes [inputs, target], but { x: listed, y: listed } is a record.",
    "Write a list of both, as fit takes them: validationData: [{ x: … }, target].",
  ],
  [
    "not-adapted",
    "normalization(words)",
    "normalization(words) has neither a mean and a variance, nor seen data to learn them of.",
    "Adapt it before the model, const scale = await normalization().adapt(samples), and call what that gives: scale(words).",
  ],
  [
    "tensor-wanted",
    "dense(bidirectional(lstm({ units: 3 })), { units: 3 })",
    "dense takes a tensor here, but bidirectional(lstm({ units: 3 })) is a layer that waits for its input.",
    "A layer gives one where it is called with its input: layer(x).",
  ],
  [
    "method",
    "samples.window(2)",
    "samples is a dataset, which has no window.",
    "Cut the array: dataset(Array.from({ length: n - size + 1 }, (_, i) => series.slice(i, i + size))).",
  ],
  [
    "arguments-count",
    "samples.unbatch().batch()",
    "batch takes (size, options?), but size is missing.",
    "Add it. size: how many elements a batch has.",
  ],
  [
    "reported",
    "(await session.fit({ x: [[1, 2, 3, 4, 5, 6, 7, 8]] }, [[1]])).history.f1",
    "fit reports loss, but no f1.",
    "Give compile the metric: metrics: [accuracy()].",
  ],
  [
    "monitored",
    'await session.fit({ x: [[1, 2, 3, 4, 5, 6, 7, 8]] }, [[1]], { callbacks: [earlyStopping({ monitor: "val_f1" })] })',
    'earlyStopping({ monitor: "val_f1" }) monitors "val_f1", but there are "loss", "val_loss".',
    "Monitor one of those, or give compile the metric.",
  ],
  [
    "without-shape",
    "(x: Tensor) => x",
    "The type Tensor is written with its shape.",
    'Write its shape, Tensor<["batch", 10]>; where any shape will do, Tensor<any>.',
  ],
  [
    "two-numbers",
    "multiply(0.5, subtract(unknown, unknown))",
    "subtract(unknown, unknown) is made of what TypeScript knows nothing of (any), so it may be a number.",
    'Say what it is made of: (target: Tensor<["batch", 1]>, …) =>, or Tensor<any> where any shape will do.',
  ],
  [
    "unknown-option",
    "await session.fit({ x: [[1, 2, 3, 4, 5, 6, 7, 8]] }, [[1]], { classWeight: { 0: 1 } })",
    'fit has no option named "classWeight"; classWeight is an option of compile.',
    "Give it to compile: { classWeight: … }.",
  ],
  [
    "unknown-option",
    "await session.evaluate({ x: [[1, 2, 3, 4, 5, 6, 7, 8]] }, [[1]], { loss_weights: 2 })",
    'evaluate has no option named "loss_weights"; lossWeights is an option of compile.',
    "Give it to compile: { lossWeights: … }.",
  ],
  [
    "unknown-option",
    `compile(${net}, { optimizer: sgd(), loss: meanSquaredError(), epochs: 2 })`,
    'compile has no option named "epochs"; epochs is an option of fit.',
    "Give it to fit: { epochs: … }.",
  ],
  [
    "unknown-option",
    "await session.fitBatches([], { shuffle: true })",
    'fitBatches has no option named "shuffle"; shuffle is an option of fit.',
    "A source is shuffled itself, before it is put into batches: samples.shuffle(1000).batch(32).",
  ],
  [
    "unknown-option",
    "await session.fitBatches([], { validation_split: 0.2 })",
    'fitBatches has no option named "validation_split"; validationSplit is an option of fit.',
    "A source is split by its elements: train on samples.skip(1000).batch(32), with { validationBatches: samples.take(1000).batch(32) }.",
  ],
  [
    "unknown-option",
    'embedding(input(["batch"], "int32"), { inputDim: 9, outputDim: 4, mask_zero: true })',
    'embedding has no option named "mask_zero"; it has "name", "inputDim", "outputDim", "trainable", "embeddingsInitializer", "embeddingsRegularizer", "embeddingsConstraint", "activityRegularizer".',
    "Leave it out, and give the mask to what reads it: lstm(h, { units, mask: notEqual(ids, 0) }).",
  ],
  [
    "by-outputs",
    `compile(${outputs}, { optimizer: sgd(), loss: [meanSquaredError()] })`,
    'The model returns "a", "b", but loss is a list, which has no names.',
    "Give each under its output's name: { a: …, b: … }.",
  ],
  [
    "declared-value",
    '(() => { let h = input(["batch", 64]); h = unsized(h); return h; })()',
    "h holds [batch, 64], which it began with, but this is [?, ?].",
    "A size that is ?, the function does not say: give it a type parameter, <B extends Dim, N extends number>(x: Tensor<[B, N]>, width: NoInfer<N>), which one parameter infers, and wrap it in NoInfer in the others.",
  ],
  [
    "data-shape",
    "await session.fitBatches(samples.map(({ inputs }) => ({ inputs, target: [1] })))",
    "The model gives [batch, 1], so the loss meanSquaredError takes targets [batch, 1], but they are one number for each sample.",
    "Put each number in a list of its own: target: [value].",
  ],
  [
    "batch-form",
    "await session.fitBatches(samples.map(({ inputs, target }) => ({ inputs, targets: target })))",
    "A batch is { inputs, target }, but what samples.map(({ inputs, target }) => ({ inputs, targets: target })) gives is { inputs, targets }.",
    "Call it target, and not targets, where it is made.",
  ],
  [
    "missing-await",
    "(() => { const scale = normalization().adapt([[1], [3]]); return scale(input([4, 1])); })()",
    "scale is a promise, which has nothing before it is awaited.",
    "Await it, in a function that is async.",
  ],
  [
    "not-adapted",
    'model({ x: input(["batch", 1]) }, ({ x }) => normalization()(x))',
    "normalization() is called before it has been adapted to data, of which it learns what it computes.",
    "Adapt it, and call what that gives: await normalization().adapt(samples).",
  ],
  [
    "method",
    "session.summary()",
    "session is a session, which has no summary.",
    "Print it by the command npx shapewright summary FILE.",
  ],
  [
    "declared-value",
    '(() => { let h = input(["batch", 64]); h = dense(h, { units: 32 }); return h; })()',
    "h holds [batch, 64], which it began with, but this is [batch, 32].",
    "Another shape takes a name of its own: const next = …",
  ],
  [
    "called",
    "meanSquaredError()(input([4]), input([4]))",
    "meanSquaredError() is a loss, which is not called: compile takes it.",
    "Give it to compile: compile(net, { optimizer, loss }). Within a model, a loss is made of ops: mean(square(subtract(output, target))).",
  ],
  [
    "out-of-range",
    "dropout(words, 1.3)",
    "dropout was given 1.3 for rate, which must be a number in [0, 1).",
    "Give a number in [0, 1) for rate.",
  ],
  [
    "array-habits",
    "prediction.tolist()[0]",
    "prediction is an array, whose numbers stand in data, row behind row, and whose sizes in shape.",
    "Its rows are Array.from({ length: prediction.shape[0] }, (_, i) => prediction.data.subarray(i * width, (i + 1) * width)), where width is prediction.shape[1].",
  ],
  [
    "array-habits",
    "images[0][1]",
    "images is an array, whose numbers stand in data, row behind row, and whose sizes in shape.",
    "Count how far each axis leads: data[(i * shape[1] + j) * shape[2] + k] is the number at i, j and k of three axes.",
  ],
  [
    "null-option",
    "dense(words, { units: null })",
    "units of dense has to be given, but this is null.",
    "Give units a value.",
  ],
  [
    "called",
    "made()(words)",
    "made() is a tensor, which is not called.",
    "A layer takes its input once: dense(x, { units }), or dense({ units })(x).",
  ],
  [
    "array-habits",
    "mask[0]",
    "mask is a tensor, whose parts are taken by at, gather and slice.",
    'Write at(mask, "0"), as NumPy writes x[0].',
  ],
  [
    "arguments-count",
    "dense({ units: 2 })(words, { training: true })",
    "dense({ units: 2 }) is a layer, which takes its input alone, but 2 values are given.",
    "Leave { training: true } out: a step trains, and predict and evaluate do not.",
  ],
  [
    "arguments-count",
    `compileFunction(${net})`,
    "compileFunction takes inputs and a function of them, but this is a model.",
    "A model is compiled by compile(net, { optimizer, loss }); within a function, it is applied: { x: input([…]) }, ({ x }) => ({ y: net.apply({ x }) }).",
  ],
  [
    "unknown-option",
    'imageFolder("flowers", { imageSize: [8, 8], batchSize: 2 })',
    'imageFolder has no option named "batchSize"; it has "imageSize", "labelMode", "colorMode", "shuffle", "classNames", "seed", "subset", "followLinks", "interpolation", "validationSplit" and 2 more.',
    "Leave it out, and batch what imageFolder gives: samples.batch(32).",
  ],
  ["arguments-count", "flatten(input([4, 2]), 1)", "flatten takes (x), but 2 values are given.", "Leave 1 out."],
  [
    "method",
    "twin.fit()",
    "twin is a model, which has no fit.",
    "A session has the weights, and is what is trained: const session = await open(compile(twin, { … })).",
  ],
  [
    "unknown-option",
    'conv2d(input(["batch", 8, 8, 1]), { in_channels: 1, filters: 2, kernelSize: 3 })',
    'conv2d has no option named "in_channels"; it has "name", "filters", "useBias", "trainable", "strides", "groups", "activation", "padding", "dilationRate", "kernelSize" and 7 more.',
    "Leave it out: the layer takes it from its input's shape.",
  ],
];

/** Whole files, whose imports are wrong, and what becomes of them. */
const wholeFiles: readonly (readonly [rule: string, code: string, mended: string])[] = [
  [
    "other-name",
    'import { CrossEntropyLoss, input } from "shapewright";\nexport const all = [input, new CrossEntropyLoss()];\n',
    'import { sparseCategoricalCrossentropy, input } from "shapewright";\nexport const all = [input, sparseCategoricalCrossentropy({ fromLogits: true })];\n',
  ],
  [
    "other-name",
    'import { dense, input, Linear } from "shapewright";\nexport const h = Linear(input([2, 3]), { units: 1 });\nexport { dense };\n',
    'import { dense, input } from "shapewright";\nexport const h = dense(input([2, 3]), { units: 1 });\nexport { dense };\n',
  ],
  [
    "other-name",
    'import { EarlyStopping, input } from "shapewright";\nexport const all = { input, stop: EarlyStopping() };\n',
    'import { earlyStopping } from "shapewright/runtime";\nimport { input } from "shapewright";\nexport const all = { input, stop: earlyStopping() };\n',
  ],
  [
    "other-name",
    'import * as sw from "shapewright";\nexport const h = sw.reduce_mean(sw.input([2, 3]));\n',
    'import * as sw from "shapewright";\nexport const h = sw.mean(sw.input([2, 3]));\n',
  ],
  [
    "other-name",
    'import * as sw from "shapewright";\nexport const rule = sw.optimizers.adam();\n',
    'import * as sw from "shapewright";\nexport const rule = sw.adam();\n',
  ],
  [
    "other-name",
    'import { input } from "shapewright";\nexport const h = relu(input([2, 3]));\n',
    'import { input, relu } from "shapewright";\nexport const h = relu(input([2, 3]));\n',
  ],
  [
    "other-name",
    'import { input, mse } from "shapewright";\nexport const all = [input, mse()];\nexport const of = ({ mse }: { mse: number }) => mse;\nexport { mse };\n',
    'import { input, meanSquaredError } from "shapewright";\nexport const all = [input, meanSquaredError()];\nexport const of = ({ mse }: { mse: number }) => mse;\nexport { meanSquaredError as mse };\n',
  ],
  [
    "other-name",
    'import { dense, open } from "shapewright/runtime";\nexport const all = [open, dense({ units: 1 })];\n',
    'import { dense } from "shapewright";\nimport { open } from "shapewright/runtime";\nexport const all = [open, dense({ units: 1 })];\n',
  ],
  [
    "other-module",
    'import { adam } from "shapewright/optimizers";\nexport const a = adam();\n',
    'import { adam } from "shapewright";\nexport const a = adam();\n',
  ],
];

const ownCode = `export const history: { loss: number[] } = { loss: [1, "a"] };
export interface Layer { (depth: number): number }
export const deepOf = (layer: Layer) => layer(1, 2);
import { dense, input, sequential } from "shapewright";
class Size { constructor(readonly of: number) {} }
export const net = sequential(input([1, 2]), dense({ units: 3 }), new Size(1, 2) as never);
`;

const codes = [...cases.map(([, code]) => code), ...said.map(([, code]) => code)];
const names = [
  ...new Set(
    [...codes, ...cases.map(([, , mended]) => mended), session].flatMap(
      (text) => text.match(/\b[a-z]\w*(?=\()/g) ?? [],
    ),
  ),
];
const language = names
  .filter(
    (name) =>
      ![
        "data",
        "stringLookup",
        "window",
        "batch",
        "unbatch",
        "trainStep",
        "view",
        "open",
        "openTogether",
        "eager",
        "applyGradients",
        "optimizer",
        "programOf",
        "head",
        "predict",
        "fit",
        "evaluate",
        "div",
        "adapt",
        "fitBatches",
        "save",
        "saveModel",
        "dispose",
        "summary",
        "scale",
        "twin",
        "unsized",
        "apply",
        "made",
        "tolist",
        "flat",
        "map",
        "evaluateBatches",
        "earlyStopping",
        "modelCheckpoint",
        "imageFolder",
      ].includes(name),
  )
  .sort();
const prelude = `import { ${language.join(", ")}, type Dim, type NdArray, type Tensor } from "shapewright";
import { dataset, imageFolder, stringLookup } from "shapewright/data";
import { eager, earlyStopping, modelCheckpoint, open, openTogether } from "shapewright/runtime";
export const samples = dataset({ inputs: { x: [[1, 2, 3, 4, 5, 6, 7, 8]] }, target: [[1]] }).batch(1);
export function head(x: Tensor<["batch", 64]>) { return dense(x, { units: 1 }); }
export const prices = new Float32Array(1);
export const bytes = samples.map(({ target }) => ({ inputs: { x: array(new Uint8Array(8), [1, 8], "uint8") }, target }));
export function unsized(x: Tensor<[Dim, Dim]>) { return relu(x); }
const words = input(["batch", 2, 5, 8]);
const steps = input(["batch", 5, 8]);
const listed: number[] = [1];
declare const unknown: any;
const inner = model({ y: steps }, ({ y }) => relu(y));
const programOf = () => compile(${net}, { optimizer: sgd(), loss: meanSquaredError() });
const mask = input(["batch", 5], "bool");
const twin = model({ x: words }, ({ x }) => x);
export declare const prediction: NdArray<[number, 4], "float32">;
export declare const images: NdArray<[number, 4, 4], "float32">;
export declare const nested: number[][][];
export const made = () => words;
`;

const folder = realpathSync(mkdtempSync(join(tmpdir(), "shapewright-fixes-")));
afterAll(() => rmSync(folder, { recursive: true }));

const fileOf = (index: number) => join(folder, `case-${index}.ts`);
const wholeFile = (index: number) => join(folder, `file-${index}.ts`);
const ownNames = join(folder, "names.ts");
let findings: Finding[] = [];
let left: Finding[] = [];
beforeAll(async () => {
  const compilerOptions = {
    paths: await packagePaths(),
    noUnusedLocals: false,
    typeRoots: [join(root, "node_modules/@types")],
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ extends: join(root, "tsconfig.json"), compilerOptions }),
  );
  const files = codes.map((code, i) => {
    const before = code.includes("session.") ? session : "";
    writeFileSync(fileOf(i), `${prelude}${before}export const result = ${code};\n`);
    return fileOf(i);
  });
  for (const [i, [, code]] of wholeFiles.entries()) {
    writeFileSync(wholeFile(i), code);
    files.push(wholeFile(i));
  }
  writeFileSync(ownNames, ownCode);
  files.push(ownNames);
  findings = checkFiles(files);
  for (const file of files) {
    const edits = findings
      .filter(({ place }) => place.file === file)
      .flatMap(({ explained }) => explained?.fix.edits ?? []);
    writeFileSync(file, applyEdits(readFileSync(file, "utf8"), edits));
  }
  left = checkFiles(files);
}, 900_000);

test.each(cases.map((entry, i) => [...entry, i] as const))("%s: %s", (rule, _, mended, i) => {
  expect(findings.filter(({ place }) => place.file === fileOf(i)).map((finding) => finding.rule)).toEqual([rule]);
  expect(readFileSync(fileOf(i), "utf8").trimEnd().split("\n").at(-1)).toBe(`export const result = ${mended};`);
  expect(left.filter(({ place }) => place.file === fileOf(i))).toEqual([]);
});

test.each(wholeFiles.map((entry, i) => [...entry, i] as const))("%s: %j", (rule, _, mended, i) => {
  expect(findings.filter(({ place }) => place.file === wholeFile(i)).map((finding) => finding.rule)).toEqual([rule]);
  expect(readFileSync(wholeFile(i), "utf8")).toBe(mended);
  expect(left.filter(({ place }) => place.file === wholeFile(i))).toEqual([]);
});

test.each(said.map((entry, i) => [...entry, cases.length + i] as const))(
  "%s: %s is explained",
  (rule, _, what, words, i) => {
    const explained = findings.filter(({ place }) => place.file === fileOf(i)).map((one) => [one.rule, one.explained]);
    expect(explained).toEqual([[rule, expect.objectContaining({ what, fix: { words, edits: [] } })]]);
  },
);

test("what only has the names of ours is TypeScript's: a list of losses that compile is not given, another Layer, a class within sequential", () => {
  const own = findings.filter(({ place }) => place.file === ownNames);
  expect(own.map(({ rule, place }) => [rule, place.line])).toEqual([
    ["TS2322", 1],
    ["TS2554", 3],
    ["TS2554", 6],
  ]);
});

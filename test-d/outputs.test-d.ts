import {
  abs,
  accuracy,
  auc,
  compile,
  confusionMatrix,
  dense,
  flatten,
  input,
  meanSquaredError,
  metricOf,
  model,
  type NdArray,
  type Program,
  sgd,
  sigmoid,
  sparseCategoricalCrossentropy,
  square,
  subtract,
  type Tensor,
} from "shapewright";
import { open } from "shapewright/runtime";
import { expectType } from "tsd";

const optimizer = sgd();
const both = model({ image: input(["batch", 28, 28]) }, ({ image }) => {
  const h = dense(flatten(image), { units: 128 });
  return { digit: dense(h, { units: 10 }), box: dense(h, { units: 4 }) };
});
const program = compile(both, {
  optimizer,
  loss: { digit: sparseCategoricalCrossentropy({ fromLogits: true }), box: meanSquaredError() },
  lossWeights: { box: 0.5 },
  metrics: { digit: [accuracy(), confusionMatrix()], box: [meanSquaredError()] },
  sampleWeight: "samples",
});
expectType<{ readonly digit: Tensor<["batch"], "int32">; readonly box: Tensor<["batch", 4]> }>(program.targetInput);

// A loss for some outputs alone
const half = compile(both, { optimizer, loss: { box: meanSquaredError() } });
expectType<{ readonly box: Tensor<["batch", 4]> }>(half.targetInput);

const session = await open(program);
declare const image: NdArray<[2, 28, 28], "float32">;
declare const box: NdArray<[2, 4], "float32">;
const { history } = await session.fit({ image }, { digit: [1, 2], box }, { sampleWeight: { digit: [1, 0] } });
expectType<readonly number[]>(history.loss);
expectType<readonly number[]>(history.box_loss);
expectType<readonly number[]>(history.digit_accuracy);
expectType<readonly number[] | undefined>(history.val_box_meanSquaredError);
expectType<readonly NdArray<[number, number], "float32">[]>(history.digit_confusionMatrix);
const measured = await session.evaluate({ image }, { digit: [1, 2], box });
expectType<number>(measured.digit_loss);
expectType<NdArray<[number, number], "float32">>(measured.digit_confusionMatrix);
const predicted = await session.predict({ image });
expectType<NdArray<[number, 10], "float32">>(predicted.digit);
expectType<NdArray<[number, 4], "float32">>(predicted.box);

const answers = model({ x: input(["batch", 3]) }, ({ x }) => dense(x, { units: 1, activation: sigmoid }));
const one = await open(
  compile(answers, { optimizer, loss: meanSquaredError(), metrics: [auc(), accuracy()], sampleWeight: "samples" }),
);
expectType<number>((await one.evaluate({ x: [[1, 2, 3]] }, [[1]])).auc);

// Metrics and losses that are not there have no history
// @ts-expect-error
history.box_accuracy;
// @ts-expect-error
measured.more;

// Weights go by the outputs' names, for those that have any
const [inputs, targets] = [{ image }, { digit: [1, 2], box }] as const;
await session.fit(inputs, targets, { sampleWeight: { digit: [1, 0], box: [1, 1] }, validationData: [inputs, targets] });
await session.evaluate(inputs, targets, { sampleWeight: { box: [1, 1] } });
await one.evaluate({ x: [[1, 2, 3]] }, [[1]], { sampleWeight: [0.5] });

// Weights are part of the program's type: their shape is known of one for each sample, and left to the runtime of one for each place
expectType<{ readonly digit: Tensor<["batch"]>; readonly box: Tensor<["batch"]> }>(program.weightInput);
const tasks = { optimizer, loss: meanSquaredError() };
expectType<undefined>(compile(answers, tasks).weightInput);
expectType<Tensor<any>>(compile(answers, { ...tasks, sampleWeight: "places" }).weightInput);
expectType<Tensor<any>>(compile(answers, { ...tasks, sampleWeight: "mask" }).weightInput);
declare const weighting: "none" | "samples";
expectType<Tensor<any>>(compile(answers, { ...tasks, sampleWeight: weighting }).weightInput);
declare const unweighted: Program<typeof answers.inputs, typeof answers.output, any>;
await (await open(unweighted)).evaluate({ x: [[1, 2, 3]] }, [[1]], { sampleWeight: [0.5] });
await session.fitBatches(() => [{ inputs, target: targets, sampleWeight: { digit: [1, 0] } }]);

// What a function for a loss is given, it is given beside any other option, and before and after it; targets are as it takes them
type Box = Tensor<["batch", 4]>;
const off = metricOf("off", (target: Box, output: Box) => abs(subtract(target, output)));
const boxLoss = compile(both, {
  optimizer,
  loss: {
    digit: sparseCategoricalCrossentropy(),
    box: (target, output) => square(subtract(target, output)),
  },
  lossWeights: { box: 0.5 },
  metrics: { digit: [accuracy()], box: [off] },
  classWeight: { digit: { 0: 1, 1: 5 } },
  sampleWeight: "samples",
});
expectType<{ readonly digit: Tensor<["batch"], "int32">; readonly box: Box }>(boxLoss.targetInput);
const lossLast = compile(both, {
  sampleWeight: "samples",
  classWeight: { box: { 0: 1, 1: 5 } },
  metrics: { box: [off] },
  lossWeights: { digit: 2 },
  optimizer,
  loss: { digit: (target, output) => abs(subtract(target, output)), box: (target, output) => subtract(target, output) },
});
expectType<{ readonly digit: Tensor<["batch", 10]>; readonly box: Box }>(lossLast.targetInput);
await (await open(lossLast)).trainStep({
  inputs: { image },
  target: { digit: [[1, 0, 0, 0, 0, 0, 0, 0, 0, 0]], box: [[1, 2, 3, 4]] },
});
const error = metricOf("error", (target: Tensor<["batch", 1]>, output: Tensor<["batch", 1]>) =>
  subtract(target, output),
);
const oneLoss = compile(answers, {
  optimizer,
  metrics: [error],
  classWeight: { 0: 1, 1: 5 },
  sampleWeight: "samples",
  loss: (target, output) => square(subtract(target, output)),
});
expectType<Tensor<["batch", 1]>>(oneLoss.targetInput);
expectType<number>((await (await open(oneLoss)).evaluate({ x: [[1, 2, 3]] }, [[1]])).error);

// Inputs that begin with two names, of which none is "batch": which of them is blamed goes by which the compiler has read first.
compile(
  // @ts-expect-error
  model({ atoms: input(["atoms", 8]), bonds: input(["bonds", 8]) }, ({ atoms }) => dense(atoms, { units: 1 })),
  { optimizer, loss: meanSquaredError() },
);

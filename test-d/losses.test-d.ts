import {
  abs,
  binaryCrossentropy,
  binaryFocalCrossentropy,
  categoricalCrossentropy,
  categoricalFocalCrossentropy,
  categoricalGeneralizedCrossEntropy,
  categoricalHinge,
  circle,
  compile,
  cosineSimilarity,
  ctc,
  dense,
  dice,
  hinge,
  huber,
  input,
  klDivergence,
  type Loss,
  logCosh,
  lossOf,
  max,
  maximum,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
  model,
  multiply,
  poisson,
  type SameTargets,
  sgd,
  sparseCategoricalCrossentropy,
  square,
  squaredHinge,
  subtract,
  sum,
  type Tensor,
  tversky,
} from "shapewright";
import { expectType } from "tsd";

// Of numbers: targets are as outputs are
expectType<Loss<SameTargets, "meanSquaredError">>(meanSquaredError());
expectType<Loss<SameTargets, "meanAbsoluteError">>(meanAbsoluteError());
expectType<Loss<SameTargets, "meanAbsolutePercentageError">>(meanAbsolutePercentageError());
expectType<Loss<SameTargets, "meanSquaredLogarithmicError">>(meanSquaredLogarithmicError());
expectType<Loss<SameTargets, "huber">>(huber({ delta: 2 }));
expectType<Loss<SameTargets, "logCosh">>(logCosh());
expectType<Loss<SameTargets, "poisson">>(poisson());
expectType<Loss<SameTargets, "hinge">>(hinge());
expectType<Loss<SameTargets, "squaredHinge">>(squaredHinge());
expectType<Loss<SameTargets, "binaryCrossentropy">>(binaryCrossentropy({ labelSmoothing: 0.1 }));
expectType<Loss<SameTargets, "binaryFocalCrossentropy">>(binaryFocalCrossentropy({ gamma: 1, fromLogits: true }));

/** What targets are, of a model that gives [batch, 28, 3]. */
const optimizer = sgd();
const rows = model({ x: input(["batch", 28, 4]) }, ({ x }) => dense(x, { units: 3 }));
type Same = Tensor<["batch", 28, 3]>;
expectType<Same>(compile(rows, { optimizer, loss: huber() }).targetInput);
expectType<Same>(compile(rows, { optimizer, loss: categoricalCrossentropy({ axis: 1 }) }).targetInput);
expectType<Same>(compile(rows, { optimizer, loss: categoricalFocalCrossentropy({ alpha: [1, 2, 3] }) }).targetInput);
expectType<Same>(compile(rows, { optimizer, loss: categoricalHinge() }).targetInput);
expectType<Same>(compile(rows, { optimizer, loss: klDivergence() }).targetInput);
expectType<Same>(compile(rows, { optimizer, loss: cosineSimilarity({ axis: -2 }) }).targetInput);
expectType<Same>(compile(rows, { optimizer, loss: dice({ axis: [1, 2] }) }).targetInput);
expectType<Same>(compile(rows, { optimizer, loss: tversky() }).targetInput);
const labels = compile(rows, { optimizer, loss: sparseCategoricalCrossentropy({ ignoreClass: -1 }) });
expectType<Tensor<["batch", 28], "int32">>(labels.targetInput);
const noisy = compile(rows, { optimizer, loss: categoricalGeneralizedCrossEntropy({ q: 0.7 }) });
expectType<Tensor<["batch", 28], "int32">>(noisy.targetInput);
const vectors = model({ x: input(["batch", 28]) }, ({ x }) => dense(x, { units: 3 }));
expectType<Tensor<["batch"], "int32">>(compile(vectors, { optimizer, loss: circle() }).targetInput);
expectType<Tensor<["batch", "labelLength"], "int32">>(compile(rows, { optimizer, loss: ctc() }).targetInput);

// A loss of one's own is a function: what it is given, is known of the model
const own = compile(rows, {
  optimizer,
  loss: (target, output) => {
    expectType<Same>(target);
    expectType<Same>(output);
    return sum(abs(subtract(target, output)), { axis: -1 });
  },
});
expectType<Same>(own.targetInput);
const pinball = <const S extends (number | string)[]>(target: Tensor<S>, output: Tensor<S>) =>
  maximum(multiply(0.9, subtract(target, output)), multiply(0.1, subtract(output, target)));
expectType<Same>(compile(rows, { optimizer, loss: pinball }).targetInput);
// Of targets that are not as the output is
const gaussian = lossOf("gaussian", input(["batch", 28]), (target, output: Tensor<["batch", 28, 3]>) => {
  expectType<Tensor<["batch", 28]>>(target);
  return subtract(max(output, { axis: -1 }), target);
});
expectType<Tensor<["batch", 28]>>(compile(rows, { optimizer, loss: gaussian }).targetInput);
// @ts-expect-error: the function takes another output.
compile(vectors, { optimizer, loss: gaussian });
// @ts-expect-error: the target says what targets are, and is an input.
lossOf("gaussian", ["batch", 28], (_target, output: Tensor<["batch", 28, 3]>) => output);
const two = model({ x: input(["batch", 4]) }, ({ x }) => ({
  low: dense(x, { units: 1 }),
  kind: dense(x, { units: 3 }),
}));
const both = compile(two, {
  optimizer,
  loss: { low: (target, output) => square(subtract(target, output)), kind: sparseCategoricalCrossentropy() },
});
expectType<{ readonly low: Tensor<["batch", 1]>; readonly kind: Tensor<["batch"], "int32"> }>(both.targetInput);

// Classes have weights, by the names of outputs where there are several
compile(rows, { optimizer, loss: sparseCategoricalCrossentropy(), classWeight: { 0: 1, 2: 5 } });
compile(two, { optimizer, loss: { kind: sparseCategoricalCrossentropy() }, classWeight: { kind: [1, 1, 5] } });

// An axis that is only a number is checked by compile
declare const axis: number;
expectType<Same>(compile(rows, { optimizer, loss: cosineSimilarity({ axis }) }).targetInput);

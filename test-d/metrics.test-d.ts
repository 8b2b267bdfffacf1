import {
  abs,
  accuracy,
  adam,
  auc,
  binaryAccuracy,
  binaryCrossentropy,
  binaryIoU,
  cast,
  categoricalAccuracy,
  compile,
  concordanceCorrelation,
  confusionMatrix,
  dense,
  divide,
  f1Score,
  falseNegatives,
  falsePositives,
  fBetaScore,
  input,
  iou,
  less,
  type MeanMetric,
  meanCosineSimilarity,
  meanIoU,
  metricOf,
  model,
  multiply,
  type NdArray,
  pearsonCorrelation,
  precision,
  precisionAtRecall,
  r2Score,
  recall,
  recallAtPrecision,
  rootMeanSquaredError,
  sensitivityAtSpecificity,
  sparseCategoricalAccuracy,
  sparseTopKCategoricalAccuracy,
  specificityAtSensitivity,
  subtract,
  sum,
  type Tensor,
  type TotalsMetric,
  topKCategoricalAccuracy,
  trueNegatives,
  truePositives,
} from "shapewright";
import { earlyStopping, open } from "shapewright/runtime";
import { expectType } from "tsd";

type Numbers = NdArray<[number], "float32">;

// By their own names, or by one that is given
expectType<TotalsMetric<"auc", number>>(auc({ curve: "PR", summationMethod: "minoring", multiLabel: true }));
expectType<MeanMetric<"binaryAccuracy">>(binaryAccuracy({ threshold: 0.8 }));
expectType<MeanMetric<"strict">>(binaryAccuracy({ threshold: 0.8, name: "strict" }));
expectType<MeanMetric<"right">>(accuracy({ name: "right" }));
expectType<TotalsMetric<"matrix", NdArray<[number, number], "float32">>>(confusionMatrix({ name: "matrix" }));
expectType<MeanMetric<"categoricalAccuracy">>(categoricalAccuracy());
expectType<MeanMetric<"sparseCategoricalAccuracy">>(sparseCategoricalAccuracy());
expectType<MeanMetric<"topKCategoricalAccuracy">>(topKCategoricalAccuracy({ k: 3 }));
expectType<MeanMetric<"top3">>(sparseTopKCategoricalAccuracy({ k: 3, name: "top3" }));

// A number for one threshold, several for a list
expectType<TotalsMetric<"truePositives", number>>(truePositives());
expectType<TotalsMetric<"falsePositives", Numbers>>(falsePositives({ thresholds: [0.3, 0.7] }));
expectType<TotalsMetric<"trueNegatives", number>>(trueNegatives({ thresholds: 0.3 }));
expectType<TotalsMetric<"missed", number>>(falseNegatives({ name: "missed" }));
expectType<TotalsMetric<"precision", Numbers>>(precision({ thresholds: [0.3, 0.7], topK: 2 }));
expectType<TotalsMetric<"recall", number>>(recall({ classId: 1 }));
expectType<TotalsMetric<"sensitivityAtSpecificity", number>>(sensitivityAtSpecificity(0.9));
expectType<TotalsMetric<"specificityAtSensitivity", number>>(specificityAtSensitivity(0.9, { numThresholds: 50 }));
expectType<TotalsMetric<"precisionAtRecall", number>>(precisionAtRecall(0.9, { classId: 1 }));
expectType<TotalsMetric<"p90", number>>(recallAtPrecision(0.9, { name: "p90" }));

// A number for each class, or one
expectType<TotalsMetric<"f1Score", Numbers>>(f1Score());
expectType<TotalsMetric<"f1Score", number>>(f1Score({ average: "macro" }));
expectType<TotalsMetric<"fBetaScore", number>>(fBetaScore({ beta: 2, average: "micro", threshold: 0.5 }));
expectType<TotalsMetric<"meanIoU", number>>(meanIoU({ ignoreClass: 255 }));
expectType<TotalsMetric<"roads", number>>(iou({ targetClassIds: [1], name: "roads" }));
expectType<TotalsMetric<"binaryIoU", number>>(binaryIoU({ targetClassIds: [1], threshold: 0.4 }));

// Of numbers
expectType<TotalsMetric<"rootMeanSquaredError", number>>(rootMeanSquaredError());
expectType<TotalsMetric<"r2Score", number>>(r2Score({ numRegressors: 3 }));
expectType<TotalsMetric<"r2Score", Numbers>>(r2Score({ classAggregation: null }));
expectType<MeanMetric<"pearsonCorrelation">>(pearsonCorrelation());
expectType<MeanMetric<"concordanceCorrelation">>(concordanceCorrelation({ axis: 1 }));
expectType<MeanMetric<"similarity">>(meanCosineSimilarity({ name: "similarity" }));

// A program reports them by these names, and callbacks know them
const spam = model({ x: input(["batch", 3]) }, ({ x }) => dense(x, { units: 1 }));
const program = compile(spam, {
  optimizer: adam(),
  loss: binaryCrossentropy({ fromLogits: true }),
  metrics: [auc(), precision({ thresholds: [0.3, 0.7] }), recall({ name: "found" })],
});
const session = await open(program);
const reports = await session.evaluate({ x: [[1, 2, 3]] }, [[1]]);
expectType<number>(reports.auc);
expectType<Numbers>(reports.precision);
expectType<number>(reports.found);
const { history } = await session.fit({ x: [[1, 2, 3]] }, [[1]], {
  callbacks: [earlyStopping({ monitor: "found", mode: "max" })],
});
expectType<readonly Numbers[]>(history.precision);

// One's own: a mean, or sums and what is made of them
type Answer = Tensor<["batch", 1]>;
const near = metricOf("near", (target: Answer, output: Answer) =>
  cast(less(abs(subtract(target, output)), 0.1), "float32"),
);
const takes = <T>(_: T) => {};
takes<MeanMetric<"near">>(near);
const bias = metricOf("bias", {
  totals: (target: Answer, output: Answer, weights) => {
    expectType<Tensor<["batch", 1]>>(weights);
    return { sum: sum(multiply(subtract(output, target), weights)), count: sum(weights) };
  },
  result: ({ sum, count }) => divide(sum, count),
});
takes<TotalsMetric<"bias", number>>(bias);
const own = await open(compile(spam, { optimizer: adam(), loss: binaryCrossentropy(), metrics: [auc(), near, bias] }));
const measured = await own.evaluate({ x: [[1, 2, 3]] }, [[1]]);
expectType<number>(measured.near);
expectType<number>(measured.bias);
await own.fit({ x: [[1, 2, 3]] }, [[1]], { callbacks: [earlyStopping({ monitor: "near", mode: "max" })] });

// For other outputs than the program has: what is wrong stands on the metrics
const wide = model({ x: input(["batch", 3]) }, ({ x }) => dense(x, { units: 2 }));
// @ts-expect-error
compile(wide, { optimizer: adam(), loss: binaryCrossentropy(), metrics: [auc(), near] });
// @ts-expect-error
compile(wide, { optimizer: adam(), loss: binaryCrossentropy(), metrics: [bias] });

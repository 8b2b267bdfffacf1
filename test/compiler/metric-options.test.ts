import { describe, expect, test } from "vitest";
import * as language from "../../compiler/language.js";

// What metrics refuse, from programs without types.

const s = language as unknown as Readonly<Record<string, (...given: unknown[]) => any>>;
const refusal = (code: string, message: string) => expect.objectContaining({ name: "ShapewrightError", code, message });

describe("options", () => {
  test.each<[string, () => unknown]>([
    [
      "precision: thresholds is 1.5, but must be a number from 0 to 1, or a list of them",
      () => s.precision!({ thresholds: 1.5 }),
    ],
    [
      "recall: thresholds is [], but must be a number from 0 to 1, or a list of them",
      () => s.recall!({ thresholds: [] }),
    ],
    [
      "truePositives: thresholds[1] is NaN, but must be a number from 0 to 1",
      () => s.truePositives!({ thresholds: [0.5, Number.NaN] }),
    ],
    ['precision: no option is named "threshold"; did you mean "thresholds"?', () => s.precision!({ threshold: 0.5 })],
    ["recall: topK is 0, but must be a positive integer", () => s.recall!({ topK: 0 })],
    ["recall: classId is -1, but must be an integer from 0", () => s.recall!({ classId: -1 })],
    ['falseNegatives: name is "", but must be a text that is not empty', () => s.falseNegatives!({ name: "" })],
    [
      "sensitivityAtSpecificity: specificity is undefined, but must be a number from 0 to 1",
      () => s.sensitivityAtSpecificity!(),
    ],
    ["precisionAtRecall: recall is 2, but must be a number from 0 to 1", () => s.precisionAtRecall!(2)],
    [
      "recallAtPrecision: numThresholds is 0, but must be a positive integer",
      () => s.recallAtPrecision!(0.5, { numThresholds: 0 }),
    ],
    ['auc: curve is "roc", but must be "ROC", "PR" or "PRGAIN"', () => s.auc!({ curve: "roc" })],
    [
      'auc: summationMethod is "left", but must be "interpolation", "minoring" or "majoring"',
      () => s.auc!({ summationMethod: "left" }),
    ],
    ["auc: labelWeights is [1, -1], but must be a list of numbers from 0", () => s.auc!({ labelWeights: [1, -1] })],
    ["auc: multiLabel is 1, but must be true or false", () => s.auc!({ multiLabel: 1 })],
    [
      "binaryAccuracy: threshold is null, but must be a number from 0 to 1",
      () => s.binaryAccuracy!({ threshold: null }),
    ],
    ["f1Score: threshold is 0, but must be a number above 0, up to 1", () => s.f1Score!({ threshold: 0 })],
    ['f1Score: no option is named "beta"; there are name, average, threshold', () => s.f1Score!({ beta: 2 })],
    ["fBetaScore: beta is 0, but must be a positive number of float32", () => s.fBetaScore!({ beta: 0 })],
    ['fBetaScore: average is null, but must be "micro", "macro" or "weighted"', () => s.fBetaScore!({ average: null })],
    ["iou: targetClassIds is undefined, but must be a list of class numbers, one at least", () => s.iou!({})],
    ["binaryIoU: targetClassIds has 2, but the classes are 0 to 1", () => s.binaryIoU!({ targetClassIds: [2] })],
    ["meanIoU: ignoreClass is 0.5, but must be an integer of int32", () => s.meanIoU!({ ignoreClass: 0.5 })],
    [
      'r2Score: classAggregation is "mean", but must be null, "uniformAverage" or "varianceWeightedAverage"',
      () => s.r2Score!({ classAggregation: "mean" }),
    ],
    ["r2Score: numRegressors is -1, but must be an integer from 0", () => s.r2Score!({ numRegressors: -1 })],
    ["topKCategoricalAccuracy: k is 1.5, but must be a positive integer", () => s.topKCategoricalAccuracy!({ k: 1.5 })],
  ])("%s", (message, make) => {
    expect(make).toThrow(refusal("SW_VALUE", message));
  });
});

describe("targets and classes", () => {
  const digits = language.model({ x: language.input(["batch", 4]) }, ({ x }) => language.dense(x, { units: 3 }));
  const judged = (loss: language.Loss<any>, metric: unknown) => () =>
    language.compile(digits, { optimizer: language.sgd(), loss, metrics: [metric as language.Metric], onWarning() {} });
  const sparse = language.sparseCategoricalCrossentropy();
  const dense = language.meanSquaredError();
  test.each<[string, string, () => unknown]>([
    [
      "SW_SHAPE",
      "truePositives: takes a target for each output, float32 [batch, 3], got int32 [batch]; it is for yes-or-no questions, as binaryCrossentropy is",
      judged(sparse, s.truePositives!()),
    ],
    [
      "SW_SHAPE",
      "sparseCategoricalAccuracy: takes an output [..., classes] and class numbers [...] of int32, got [batch, 3] and float32 [batch, 3]",
      judged(dense, s.sparseCategoricalAccuracy!()),
    ],
    [
      "SW_SHAPE",
      "topKCategoricalAccuracy: takes targets [..., classes] like the output, float32 [batch, 3], got int32 [batch]",
      judged(sparse, s.topKCategoricalAccuracy!()),
    ],
    ["SW_VALUE", "precision: topK is 4, but there are 3 classes", judged(dense, s.precision!({ topK: 4 }))],
    [
      "SW_VALUE",
      "recallAtPrecision: classId is 3, but the classes are 0 to 2",
      judged(sparse, s.recallAtPrecision!(0.5, { classId: 3 })),
    ],
    [
      "SW_VALUE",
      "iou: targetClassIds has 3, but the classes are 0 to 2",
      judged(dense, s.iou!({ targetClassIds: [0, 3] })),
    ],
    [
      "SW_VALUE",
      "pearsonCorrelation: axis is 0, but must be one of a sample's axes, of which the output has 1",
      judged(dense, s.pearsonCorrelation!({ axis: 0 })),
    ],
    [
      "SW_SHAPE",
      "rootMeanSquaredError: takes targets like the output, float32 [batch, 3], got int32 [batch]",
      judged(sparse, s.rootMeanSquaredError!()),
    ],
    ["SW_VALUE", "auc: labelWeights are 2, but there are 3 labels", judged(dense, s.auc!({ labelWeights: [1, 2] }))],
  ])("%s %s", (code, message, make) => {
    expect(make).toThrow(refusal(code, message));
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as shapewright from "shapewright";
import { expect, test } from "vitest";

// That every function of the language stands in test-d: what it accepts, and what it refuses.

const folder = resolve(import.meta.dirname, "../../test-d");
const texts = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));

/** The functions' names that files call. */
function calledIn(choose: (name: string) => boolean): ReadonlySet<string> {
  const called = texts.filter(({ name }) => choose(name)).flatMap(({ text }) => text.match(/\b\w+(?=\()/g) ?? []);
  return new Set(called);
}

/** Types know their parameters alone, which are numbers and names: TypeScript's own words are those of a mistake. */
const ofPlainOptions = [
  ..."glorotNormal glorotUniform heNormal heUniform lecunNormal lecunUniform orthogonal identityInitializer".split(" "),
  ..."constantInitializer randomNormalInitializer randomUniformInitializer truncatedNormalInitializer".split(" "),
  ..."varianceScaling stftInitializer maxNorm minMaxNorm nonNeg unitNorm l1 l1l2 l2 orthogonalRegularizer".split(" "),
  ..."adam adagrad accumulateGradients averagedWeights clipByGlobalNorm clipByNorm clipByValue rates weightDecay".split(
    " ",
  ),
  ..."adadelta adafactor adamax adamw ftrl lamb lion muon nadam optimizers".split(" "),
  ..."cosineDecay cosineDecayRestarts oneCycle exponentialDecay inverseTimeDecay piecewiseConstantDecay polynomialDecay".split(
    " ",
  ),
  // What losses and metrics are given is `compile`'s to check, for all of them alike.
  ..."binaryCrossentropy binaryFocalCrossentropy meanAbsoluteError meanAbsolutePercentageError".split(" "),
  ..."meanSquaredLogarithmicError huber logCosh poisson hinge squaredHinge".split(" "),
  ..."auc confusionMatrix precision recall binaryAccuracy".split(" "),
  ..."categoricalAccuracy sparseCategoricalAccuracy topKCategoricalAccuracy sparseTopKCategoricalAccuracy".split(" "),
  ..."truePositives falsePositives trueNegatives falseNegatives".split(" "),
  ..."fBetaScore f1Score meanIoU iou binaryIoU rootMeanSquaredError r2Score".split(" "),
  ..."pearsonCorrelation concordanceCorrelation meanCosineSimilarity metricOf lossOf".split(" "),
  ..."sensitivityAtSpecificity specificityAtSensitivity precisionAtRecall recallAtPrecision".split(" "),
  // Every tensor is right, and a value that is none is TypeScript's to say.
  ..."stopGradient layerConfigs identity normalization rescaling onesLike zerosLike stepKey".split(" "),
  // What a layer refuses is the layer's to say.
  "parameterCount",
  // Keys are `Key`, shapes are lists.
  ..."randomNormal randomUniform".split(" "),
  // Every model is right, and what is returned of inputs.
  ..."trainableVariables compileFunction".split(" "),
  // A size that is no size is an error of the number that is given.
  ..."minus plus times over".split(" "),
];

const functions = Object.entries(shapewright).flatMap(([name, value]) =>
  typeof value === "function" && value !== shapewright.ShapewrightError ? [name] : [],
);

test("every function is in a program that must compile", () => {
  const called = calledIn((name) => name.endsWith(".test-d.ts"));
  expect(functions.filter((name) => !called.has(name))).toEqual([]);
});

test("every function of tensors is in a program that must not", () => {
  const called = calledIn((name) => name.startsWith("rejected"));
  expect(functions.filter((name) => !called.has(name) && !ofPlainOptions.includes(name))).toEqual([]);
  expect(ofPlainOptions.filter((name) => called.has(name) || !functions.includes(name))).toEqual([]);
});

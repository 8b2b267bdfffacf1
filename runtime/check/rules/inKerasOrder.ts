import { ts } from "ts-morph";
import { fix, replace } from "../edits.js";
import { calledName } from "../names.js";
import { isTensor, shapeOf } from "../shapes.js";
import type { Site } from "../site.js";
import type { Explanation } from "./rule.js";

const windows = ["filters", "kernelSize", "strides", "padding"];
const pooling = ["poolSize", "strides", "padding"];

/** What Keras's layers take by position, by our names. */
const positions: Readonly<Record<string, readonly string[]>> = {
  dense: ["units"],
  embedding: ["inputDim", "outputDim"],
  conv1d: windows,
  conv2d: windows,
  conv3d: windows,
  conv1dTranspose: windows,
  conv2dTranspose: windows,
  conv3dTranspose: windows,
  separableConv1d: windows,
  separableConv2d: windows,
  depthwiseConv1d: windows.slice(1),
  depthwiseConv2d: windows.slice(1),
  maxPooling1d: pooling,
  maxPooling2d: pooling,
  maxPooling3d: pooling,
  averagePooling1d: pooling,
  averagePooling2d: pooling,
  averagePooling3d: pooling,
  upSampling1d: ["size"],
  upSampling2d: ["size"],
  upSampling3d: ["size"],
  zeroPadding1d: ["padding"],
  zeroPadding2d: ["padding"],
  zeroPadding3d: ["padding"],
  cropping1d: ["cropping"],
  cropping2d: ["cropping"],
  cropping3d: ["cropping"],
  lstm: ["units"],
  gru: ["units"],
  simpleRnn: ["units"],
  multiHeadAttention: ["numHeads", "keyDim"],
  layerNormalization: ["axis"],
  batchNormalization: ["axis"],
  groupNormalization: ["groups"],
  rescaling: ["scale", "offset"],
  resizing: ["height", "width"],
  centerCrop: ["height", "width"],
  randomCrop: ["height", "width"],
  randomFlip: ["mode"],
  randomRotation: ["factor"],
  randomZoom: ["heightFactor", "widthFactor"],
  randomTranslation: ["heightFactor", "widthFactor"],
  randomContrast: ["factor"],
  randomBrightness: ["factor"],
  positionEmbedding: ["sequenceLength"],
  earlyStopping: ["monitor", "minDelta", "patience"],
  reduceLROnPlateau: ["monitor", "factor", "patience"],
  ...Object.fromEntries(
    ["adadelta", "adafactor", "adagrad", "adamax", "ftrl", "lamb", "lion", "muon", "nadam"].map((name) => [
      name,
      ["learningRate"],
    ]),
  ),
  adam: ["learningRate", "beta1", "beta2", "epsilon"],
  adamw: ["learningRate", "weightDecay", "beta1", "beta2", "epsilon"],
  rmsprop: ["learningRate", "rho", "momentum", "epsilon"],
  sgd: ["learningRate", "momentum", "nesterov"],
};

/** Values that stand where Keras has them, with options behind them or none. */
export function inKerasOrder({ argument, call, checker }: Site): Explanation | undefined {
  const name = calledName(call);
  const names = positions[name];
  if (names === undefined || !call.arguments.includes(argument)) return undefined;
  const first = call.arguments[0];
  const given = call.arguments.slice(first && isTensor(checker, first) ? 1 : 0);
  const last = given.at(-1);
  const record = last && ts.isObjectLiteralExpression(last) ? last : undefined;
  const all = record ? given.slice(0, -1) : given;
  const isPyTorch = all.length > 1 && first !== undefined && isPyTorchs(name, first, all, checker);
  const values = isPyTorch ? all.slice(1) : all;
  if (values.length === 0 || !values.every((value) => isValue(checker, value))) return undefined;
  const named = values.map((value, i) => ({ name: names[i], text: value.getText() }));
  const further = record?.properties.map((property) => property.getText()) ?? [];
  const open = [...required(checker, call)].filter(
    (name) => !named.some((option) => option.name === name) && !further.some((text) => text.startsWith(`${name}:`)),
  );
  const options = [
    ...named.map(({ name, text }) => `${name}: ${text}`),
    ...further,
    ...open.map((name) => `${name}: …`),
  ];
  const listed = all.map((value) => value.getText()).join(" and ");
  const what = `${name} takes options by their names, but ${listed} ${all.length > 1 ? "have none" : "has no name"}.`;
  const known = options.filter((option) => !option.startsWith("undefined:"));
  const twice = named.find(({ name }) => further.some((text) => text.startsWith(`${name}:`)));
  if (twice?.name) return { what, fix: fix(`Leave ${twice.text} out: ${twice.name} is given by its name already.`) };
  if (known.length < options.length)
    return { what, fix: fix(`Give each by its name: { ${[...known, "…"].join(", ")} }.`) };
  const text = `{ ${options.join(", ")} }`;
  if (open.length > 0) return { what, fix: fix(`Write ${text}.`) };
  const edit = { ...replace(given[0]!, text), end: given.at(-1)!.end };
  if (!isPyTorch) return { what, fix: fix("Name it:", edit) };
  // Of a convolution, the first number may be meant for the filters, as Keras has it.
  const isGuess = name.startsWith("conv");
  const words = `If ${all[0]!.getText()} is meant for the channels of the input, which are known:`;
  return { what, fix: { ...fix(words, edit), ...(isGuess && { isGuess }) } };
}

/** Of these, what PyTorch gives the channels of the input first, which are known here from it: conv2d(x, 3, 64, 3), dense(x, 784, 10). */
const withChannels = /^(conv[123]d(Transpose)?|dense|lstm|gru|simpleRnn)$/;

/** Whether values begin with the channels of the input. A convolution of two is as Keras has it: filters and the kernel's size. */
function isPyTorchs(
  name: string,
  x: ts.Expression,
  values: readonly ts.Expression[],
  checker: ts.TypeChecker,
): boolean {
  if (!withChannels.test(name) || (name.startsWith("conv") && values.length < 3)) return false;
  return isTensor(checker, x) && String(shapeOf(checker, x)?.at(-1)) === values[0]!.getText();
}

/** Numbers, words, truths, and lists of them: what no layer takes for its input; and schedules, in place of a rate. */
function isValue(checker: ts.TypeChecker, node: ts.Expression): boolean {
  if (ts.isArrayLiteralExpression(node)) return node.elements.every((element) => isValue(checker, element));
  const type = checker.getTypeAtLocation(node);
  return (
    (type.flags & (ts.TypeFlags.NumberLike | ts.TypeFlags.StringLike | ts.TypeFlags.BooleanLike)) !== 0 ||
    type.symbol?.name === "Schedule"
  );
}

/** The options without which none of a function's ways to be called does. */
function required(checker: ts.TypeChecker, call: ts.CallExpression): Set<string> {
  const records = checker
    .getTypeAtLocation(call.expression)
    .getCallSignatures()
    .flatMap(({ parameters }) => parameters.filter(({ name }) => name === "options"))
    .map((parameter) => checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(parameter, call)));
  const [some] = records;
  const needed = some?.getProperties().filter((property) => !(property.flags & ts.SymbolFlags.Optional)) ?? [];
  return new Set(needed.map(({ name }) => name));
}

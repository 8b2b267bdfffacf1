import { ts } from "ts-morph";
import { camelCase, listNames, nearest } from "../../../src/ir/nearest.js";
import { otherCall } from "../../../src/ir/otherCall.js";
import { fix, replace } from "../edits.js";
import type { Fix } from "../finding.js";
import { calledName } from "../names.js";
import { isOptions, propertyOf, recordAt } from "../properties.js";
import type { DeclaredRule } from "./declared-rule.js";

export const unknownOption: DeclaredRule = {
  id: "unknown-option",
  title: "An option that there is not",
  help: "Options are given by their names, which are Keras's in camel case: batchSize, kernelInitializer. There are no others.",
  explain({ messageText }, site) {
    const key = /'(\w+)' does not exist in type/.exec(ts.flattenDiagnosticMessageText(messageText, "\n"))?.[1];
    const { call, checker } = site;
    const found = propertyOf(site.argument);
    if (key === undefined || !found || !call.arguments.includes(found.object)) return undefined;
    if (!isOptions(checker, found.object)) return undefined;
    const type = recordAt(checker, found.object)!;
    const names = checker
      .getPropertiesOfType(type)
      .map(({ name }) => name)
      .filter((name) => /^[a-z]\w*$/i.test(name));
    if (names.length === 0 || names.includes(key)) return undefined;
    const other = otherCall(calledName(call), key);
    if (other && !names.includes(other.name)) {
      const what = `${calledName(call)} has no option named "${key}"; ${other.name} is an option of ${other.call}.`;
      const moved = fix(`Give it to ${other.call}: { ${other.name}: … }.`);
      return { what, fix: sourceFix(other.name, names) ?? moved, chains: [] };
    }
    const given = found.object.properties.flatMap(({ name }) => name?.getText() ?? []);
    const left = names.filter((name) => !given.includes(name));
    return {
      what: `${calledName(call)} has no option named "${key}"; it has ${listNames(key, names)}.`,
      fix: fixOf(key, names, left, found.property, call),
      chains: [],
    };
  },
};

/** What an option was called before, or is called elsewhere. */
const elsewhere: Readonly<Record<string, string>> = {
  nbEpoch: "epochs",
  nbEpochs: "epochs",
  numEpochs: "epochs",
  outputDim: "units",
  kernel: "kernelSize",
  borderMode: "padding",
  subsample: "strides",
  stride: "strides",
  init: "kernelInitializer",
  learnRate: "learningRate",
  lr: "learningRate",
  eps: "epsilon",
  outChannels: "filters",
  outFeatures: "units",
  hiddenSize: "units",
  numEmbeddings: "inputDim",
  embeddingDim: "outputDim",
  dilation: "dilationRate",
  bias: "useBias",
  isCausal: "useCausalMask",
  useCausalMask: "isCausal",
  causal: "isCausal",
  attnMask: "mask",
  mask: "attentionMask",
  heads: "numHeads",
  nHead: "numHeads",
  nhead: "numHeads",
  nHeads: "numHeads",
  numUnits: "units",
  hiddenUnits: "units",
  numFilters: "filters",
  nFilters: "filters",
  vocabSize: "inputDim",
  dropoutRate: "dropout",
  maxEpochs: "epochs",
  validationRatio: "validationSplit",
  keepdim: "keepDims",
  dim: "axis",
};

/** Texts that say where the shape of a layer's input stands instead. */
const shapes = /^(batch)?input(Shape|Dim|Length)$/i;

/** As `elsewhere`, of pools, whose windows are named otherwise than filters are. */
const ofPools: Readonly<Record<string, string>> = {
  kernelSize: "poolSize",
  windowSize: "poolSize",
  size: "poolSize",
  kernel: "poolSize",
};

const isLike = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** The option that a name is another name of: as Python writes it, one in place of several, or as it once was called. */
function known(key: string, names: readonly string[]): string | undefined {
  const spelt = camelCase(key);
  const own = names.find((name) => [name, `${name}s`].some((same) => isLike(same, spelt)) || isLike(name, `${spelt}s`));
  const other = elsewhere[spelt];
  return (
    own ?? [other, elsewhere[other ?? ""], ofPools[spelt]].find((name) => name !== undefined && names.includes(name))
  );
}

/** What `fit` does with data, and a source is told itself: it has no last samples that could be kept for validation. */
const ofSources: Readonly<Record<string, string>> = {
  validationSplit:
    "A source is split by its elements: train on samples.skip(1000).batch(32), with { validationBatches: samples.take(1000).batch(32) }.",
  shuffle: "A source is shuffled itself, before it is put into batches: samples.shuffle(1000).batch(32).",
};

function sourceFix(name: string, names: readonly string[]): Fix | undefined {
  const words = names.includes("validationBatches") ? ofSources[name] : undefined;
  return words === undefined ? undefined : fix(words);
}

function fixOf(
  key: string,
  names: readonly string[],
  left: readonly string[],
  property: ts.ObjectLiteralElementLike,
  call: ts.CallExpression,
): Fix {
  const same = known(key, names);
  if (same === undefined && shapes.test(key.replaceAll("_", "")))
    return fix('Leave it out: a model\'s shapes begin with input(["batch", …]).');
  if (/^(in_?(channels|features)|input_?size|normalized_?shape|num_?features)$/i.test(key))
    return fix("Leave it out: the layer takes it from its input's shape.");
  if (/^batch_?size$/i.test(key) && /(Folder|[dD]ataset)$/.test(calledName(call)))
    return fix(`Leave it out, and batch what ${calledName(call)} gives: samples.batch(32).`);
  if (/^batch_?first$/i.test(key)) return fix("Leave it out: the batch is always the first axis.");
  if (/^num_?layers$/i.test(key))
    return fix("Leave it out, and call a layer for each: lstm(lstm(x, { units, returnSequences: true }), { units }).");
  if (/^mask_?zero$/i.test(key))
    return fix("Leave it out, and give the mask to what reads it: lstm(h, { units, mask: notEqual(ids, 0) }).");
  const name = same ?? nearest(camelCase(key), names);
  if (name === undefined) return fix(`Leave "${key}" out, or write one of those.`);
  if (!left.includes(name)) return fix(`Leave "${key}" out: ${name} is given already.`);
  const edit = ts.isShorthandPropertyAssignment(property)
    ? replace(property, `${name}: ${key}`)
    : replace(property.name!, name);
  if (same !== undefined) return fix(`It is called ${name}:`, edit);
  return { ...fix(`If ${name} is meant:`, edit), isGuess: true };
}

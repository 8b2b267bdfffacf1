import { awaitIt, inWords } from "../src/ir/inWords.js";
import { isTensor, type Node } from "../src/ir/node.js";
import { aRecord, having } from "../src/ir/options.js";
import type { Model } from "../src/model.js";
import { kindOf } from "./kindOf.js";
import type { Program } from "./program.js";

type Parts<T> = { readonly [K in keyof T]?: (part: unknown, whole: T) => boolean };

const isMap = (value: unknown) => value instanceof Map;
const isGraph = (value: unknown) => {
  if (!aRecord.accepts(value)) return false;
  const { nodes, outputs, updates, names } = value as Readonly<Record<string, unknown>>;
  return Array.isArray(nodes) && aRecord.accepts(outputs) && isMap(updates) && isMap(names);
};
const isNode = (value: unknown): value is Node => aRecord.accepts(value) && "op" in (value as object);
const tensors = (value: unknown) => aRecord.accepts(value) && Object.values(value as object).every(isTensor);
const isJudged = (value: unknown) => {
  if (!aRecord.accepts(value)) return false;
  const { name, output, target, signature } = value as Readonly<Record<string, unknown>>;
  return typeof name === "string" && isNode(output) && isNode(target) && aRecord.accepts(signature);
};

/** What the parts of a model have to be, and of a program: those that are read when it is compiled, or opened and run. */
const modelParts: Parts<Model<any, any>> = {
  inputs: tensors,
  output: (value) => isTensor(value) || tensors(value),
  variables: isMap,
  names: isMap,
};
const programParts: Parts<Program> = {
  model: (value) => kindOf(value) === "model" && brokenPart(value as object, modelParts) === undefined,
  optimizer: having("an optimizer", "step").accepts,
  judged: (value, { targetInput }) =>
    Array.isArray(value) && value.every(isJudged) && (value.length > 0 || targetInput === undefined),
  train: isGraph,
  evaluate: isGraph,
  predict: isGraph,
  variables: (value) => isMap(value) && [...(value as Map<unknown, unknown>).values()].every(isNode),
  reported: (value) =>
    having("what is reported", "ofBatch").accepts(value) && isMap((value as { counts?: unknown }).counts),
};

const wanted = {
  model: { from: "model()", instead: "a program, which is compiled already: give it to open()", parts: modelParts },
  program: { from: "compile()", instead: "a model: compile it first", parts: programParts },
} as const;

/** The message for something that is no model, or no program, if it is not, or one of which a part was changed. */
export function checkKind(op: string, value: unknown, kind: keyof typeof wanted): string | undefined {
  const found = kindOf(value);
  const { from, instead, parts } = wanted[kind];
  if (found !== kind)
    return `${op}: takes what ${from} makes, but this is ${found ? instead : inWords(value) + awaitIt(value)}`;
  const broken = brokenPart(value as object, parts);
  if (broken === undefined) return undefined;
  const part = inWords((value as Readonly<Record<string, unknown>>)[broken]);
  return `${op}: the ${kind}'s ${broken} is ${part}; give the ${kind} as ${from} made it`;
}

function brokenPart(value: object, parts: Parts<any>): string | undefined {
  const held = value as Readonly<Record<string, unknown>>;
  return Object.keys(parts).find((name) => !parts[name]!(held[name], held));
}

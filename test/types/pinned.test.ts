import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as shapewright from "shapewright";
import { ts } from "ts-morph";
import { expect, test } from "vitest";
import { template } from "../../runtime/check/template.js";
import { rejectedTables } from "../support/rejected.js";
import { messagesOfFunction } from "./messagesOfFunction.js";

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
  ..."constantInitializer randomUniformInitializer stftInitializer nonNeg unitNorm".split(" "),
  ..."optimizers rates piecewiseConstantDecay".split(" "),
  // What losses and metrics are given is `compile`'s to check, for all of them alike.
  ..."meanAbsoluteError meanAbsolutePercentageError".split(" "),
  ..."meanSquaredLogarithmicError logCosh poisson hinge squaredHinge".split(" "),
  ..."confusionMatrix categoricalAccuracy sparseCategoricalAccuracy".split(" "),
  ..."rootMeanSquaredError".split(" "),
  ..."pearsonCorrelation concordanceCorrelation meanCosineSimilarity metricOf".split(" "),
  // Every tensor is right, and a value that is none is TypeScript's to say.
  ..."stopGradient layerConfigs identity rescaling onesLike zerosLike stepKey".split(" "),
  // What a layer refuses is the layer's to say.
  "parameterCount",
  // Every model is right.
  "trainableVariables",
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

/** The calls whose result has an exact type in a program that must compile: in `expectType<…>(…)` itself, or in what it names. */
function exactlyTyped({ name, text }: (typeof texts)[number]): string[] {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true);
  const made = new Map<string, ts.Expression>();
  const asked: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.initializer) {
      for (const name of node.name.getText().match(/\w+/g)!) made.set(name, node.initializer);
    }
    if (ts.isCallExpression(node) && node.expression.getText() === "expectType") asked.push(...node.arguments);
    ts.forEachChild(node, visit);
  };
  visit(file);
  const named = asked.flatMap((one) => one.getText().match(/\b\w+/g) ?? []).flatMap((name) => made.get(name) ?? []);
  return [...asked, ...named].flatMap((one) => one.getText().match(/\b\w+(?=\()/g) ?? []);
}

test("every function has a result whose exact type is pinned", () => {
  const typed = new Set(texts.filter(({ name }) => name.endsWith(".test-d.ts")).flatMap(exactlyTyped));
  expect(functions.filter((name) => !typed.has(name))).toEqual([]);
});

/** What types of shared rules could say, but of these functions never do: it is said before, or their calls have no place for it. */
const notSaid: readonly (readonly [template: string, functions: string])[] = [
  ["{op}: whether the {n} rows or the {m} columns of {shape} are fewer is not known", "pinv"],
  [
    "{op}: axis {axis} is out of range for {shape} ({range})",
    "categoricalHinge irfft istft klDivergence prelu scatter scatterUpdate",
  ],
  ["{op}: axis {item} does not come in", "depthToSpace spaceToDepth"],
  ["{op}: axis {item} does not go out; reduce() takes axes away", "depthToSpace reduce spaceToDepth"],
  ["{op}: axis {item} is named twice on one side", "depthToSpace spaceToDepth"],
  ["{op}: diagonal {k} is outside of the {n} rows and {m} columns of {shape}", "lstsq matrixRank pinv qr svd"],
  [
    "{op}: takes {allowed}, got {dtype}; use cast() first",
    "block cropping1d cropping2d cropping3d flatten frozen identity normalization parameterCount permute repeatVector rescaling reshape rnnCell sequential spectralNormalization stackedRnnCells timeDistributed",
  ],
  ["{op}: the carry is {here}{place}, but {by} {there}", "cond switchCase"],
  ["{op}: the sizes of {item} are not said; say all but one", "depthToSpace spaceToDepth"],
  [
    "{op}: {a} and {b} differ in rank",
    "additiveAttention attention fft fft2 fold groupQueryAttention ifft ifft2 irfft istft lstsq multiHeadAttention solve triangularSolve",
  ],
  ["{op}: {a} and {b} differ on axis {axis}", "fft fft2 ifft ifft2 irfft istft lstsq solve triangularSolve"],
  ["{op}: {a} and {b} do not broadcast: axis {axis} is {x} and {y}", "einsumDense matmul"],
  ["{op}: {from} does not broadcast to {to}: rank {m} is more than {n}", "cachedGroupQueryAttention"],
  ["{op}: {item} does not name an axis", "depthToSpace spaceToDepth"],
  ["{op}: {item} does not name the axes of {shape}", "depthToSpace spaceToDepth"],
  ["{op}: {item} has no ->", "depthToSpace spaceToDepth"],
  ["{op}: {item} of {shape} is {n}, not {m}", "depthToSpace spaceToDepth"],
  ["{op}: {one} gives {here}{place}, but {other} gives {there}", "foriLoop scan whileLoop"],
  ["{op}: {option} is {given}, but must be {takes}", "cachedMultiHeadAttention"],
  ["{op}: {size} {what} do not divide into {groups} groups", "cachedGroupQueryAttention"],
];

test("every message that a function's types can give is in a program that is refused", () => {
  const tables = [...rejectedTables.values()].flatMap((tables) => Object.values(tables));
  const messages = tables.flatMap((table) => Object.keys(table));
  const unpinned = functions.flatMap((name) =>
    [...messagesOfFunction(name)].flatMap((message) => {
      const read = template(message);
      const isOfName = (one: string) => one.startsWith(`${name}: `) || !message.startsWith("{op}");
      return messages.some((one) => isOfName(one) && read(one)) ? [] : [`${name} says ${message}`];
    }),
  );
  const never = notSaid.flatMap(([message, names]) => names.split(" ").map((name) => `${name} says ${message}`));
  expect(unpinned.sort()).toEqual(never.sort());
});

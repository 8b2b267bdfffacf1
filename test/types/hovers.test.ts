import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import * as language from "../../compiler/language.js";
import { installPackage } from "../support/installPackage.js";
import { newestEditor } from "../support/newestEditor.js";
import { editor } from "../tools/editor.js";
import { unsaidWords } from "./unsaidWords.js";

// What an editor shows where the mouse stands: exact shapes, and no name that only our own types know.

const before = `import { type Dim, type Tensor, ${Object.keys(language).join(", ")} } from "shapewright";
const images = input(["batch", 28, 28, 3]);
const text = input(["batch", "time", 64]);
const rows = input(["batch", 10]);
const words = input(["batch", "time"], "int32");
const heads = input(["batch", "time", 4, 16]);
`;

const hovers = {
  "gru(text, { units: 32 })": 'Tensor<["batch", 32], "float32">',
  "gru(text, { units: 32, returnSequences: true })": 'Tensor<["batch", "time", 32], "float32">',
  "gru(text, { units: 32, returnState: true })":
    '{ readonly output: Tensor<["batch", 32], "float32">; readonly state: Tensor<["batch", 32], "float32">; }',
  "lstm(text, { units: 32, returnState: true })":
    '{ readonly output: Tensor<["batch", 32], "float32">; readonly state: LstmState<["batch", 32]>; }',
  "simpleRnn(text, { units: 32 })": 'Tensor<["batch", 32], "float32">',
  "bidirectional(gru({ units: 32, returnSequences: true }))(text)": 'Tensor<["batch", "time", 64], "float32">',
  "gru({ units: 32 })": 'Layer<RecurrentRule<"gru", 32, false>>',
  "multiHeadAttention(text, { numHeads: 4, keyDim: 16 })": 'Tensor<["batch", "time", 64], "float32">',
  "groupQueryAttention(text, { headDim: 16, numQueryHeads: 4, numKeyValueHeads: 2 })":
    'Tensor<["batch", "time", 64], "float32">',
  "scaledDotProductAttention(heads, heads, heads)": 'Tensor<["batch", "time", 4, 16], "float32">',
  'einsum("btd,bsd->bts", text, text)': 'Tensor<["batch", "time", "time"], "float32">',
  'einsum("b t d, d h -> b t h", text, input([64, 8]))': 'Tensor<["batch", "time", 8], "float32">',
  'rearrange(images, "b h w c -> b (h w) c")': 'Tensor<["batch", 784, 3], "float32">',
  'reduce(images, "b (h a) (w d) c -> b h w c", "mean", { a: 2, d: 2 })': 'Tensor<["batch", 14, 14, 3], "float32">',
  "topK(rows, 3)":
    '{ readonly values: Tensor<["batch", 3], "float32">; readonly indices: Tensor<["batch", 3], "int32">; }',
  "maxPooling2d(images, { poolSize: 3, strides: 2 })": 'Tensor<["batch", 13, 13, 3], "float32">',
  "averagePooling1d(text)": 'Tensor<["batch", "floor(time/2)", 64], "float32">',
  "globalAveragePooling2d(images)": 'Tensor<["batch", 3], "float32">',
  "adaptiveAveragePooling2d(images, { outputSize: 7 })": 'Tensor<["batch", 7, 7, 3], "float32">',
  "conv2d(images, { filters: 8, kernelSize: 3 })": 'Tensor<["batch", 26, 26, 8], "float32">',
  "conv2d({ filters: 8, kernelSize: 3 })": 'Layer<Conv2dRule<8, 3, 1, "valid", 1, 1, true>>',
  "conv1dTranspose(text, { filters: 8, kernelSize: 2, strides: 2 })": 'Tensor<["batch", "time*2", 8], "float32">',
  "layerNormalization(text)": 'Tensor<["batch", "time", 64], "float32">',
  "batchNormalization(images)": 'Tensor<["batch", 28, 28, 3], "float32">',
  "groupNormalization(images, { groups: 3 })": 'Tensor<["batch", 28, 28, 3], "float32">',
  "rmsNormalization(text)": 'Tensor<["batch", "time", 64], "float32">',
  "unitNormalization(text)": 'Tensor<["batch", "time", 64], "float32">',
  "embedding(words, { inputDim: 1000, outputDim: 64 })": 'Tensor<["batch", "time", 64], "float32">',
  'at(images, ":, 1:-1, ::2")': 'Tensor<["batch", 26, 14, 3], "float32">',
  "split(rows, 2, 1)": '[Tensor<["batch", 5], "float32">, Tensor<["batch", 5], "float32">]',
  "concat([text, text], 1)": 'Tensor<["batch", "time*2", 64], "float32">',
  "sequential(images, flatten(), dense({ units: 10 }))": 'Tensor<["batch", 10], "float32">',
  "block(flatten(), dense({ units: 10 }))": "Layer<BlockRule<[FlattenRule, DenseRule<10, true>]>>",
} as const;

/** Within a generic function, of `x: Tensor<[B, H, H, C]>` and `t: Tensor<[B, H, C]>`: sizes that are still open are calculations. */
const generic = {
  "maxPooling2d(x)": 'Tensor<[B, Floor<H, 2>, Floor<H, 2>, C], "float32">',
  "layerNormalization(t)": 'Tensor<[B, H, C], "float32">',
  "gru(t, { units: 8, returnSequences: true })": 'Tensor<[B, H, 8], "float32">',
  "bidirectional(gru({ units: 4 }))(t)": 'Tensor<[B, 8], "float32">',
  "multiHeadAttention(t, { numHeads: 4, keyDim: 16 })": 'Tensor<[B, H, C], "float32">',
  'einsum("bhc,bkc->bhk", t, t)': 'Tensor<[B, H, H], "float32">',
  'rearrange(x, "b h w c -> b w h c")': 'Tensor<[B, H, H, C], "float32">',
  "topK(t, 2)": '{ readonly values: Tensor<[B, H, 2], "float32">; readonly indices: Tensor<[B, H, 2], "int32">; }',
  'conv2d(x, { filters: 8, kernelSize: 3, padding: "same" })': 'Tensor<[B, H, H, 8], "float32">',
} as const;

const named = (expressions: readonly string[], prefix: string) =>
  expressions.map((expression, i) => `const ${prefix}${i} = ${expression};\n`).join("");

const text = `${before}${named(Object.keys(hovers), "v")}
function body<B extends Dim, H extends Dim, C extends number>(x: Tensor<[B, H, H, C]>, t: Tensor<[B, H, C]>) {
  ${named(Object.keys(generic), "g")}}
`;
const file = editor(text);

const typeIn = (hover: string) => hover.replace(/^const \w+: /, "").replaceAll(/\s+/g, " ");
const shown = (name: string) => typeIn(file.hover(`${name} =`));

test.each(Object.entries(hovers).map((entry, i) => [...entry, i] as const))("%s is %s", (_, expected, i) => {
  expect(shown(`v${i}`)).toBe(expected);
});

test.each(Object.entries(generic).map((entry, i) => [...entry, i] as const))("%s is %s, generic", (_, expected, i) => {
  expect(shown(`g${i}`)).toBe(expected);
});

test("the newest TypeScript's language server shows the same, of the package as it is installed", async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "shapewright-hovers-")));
  await installPackage(folder);
  const newest = await newestEditor(text, folder);
  const showing = async (prefix: string, all: object) =>
    Object.fromEntries(
      await Promise.all(
        Object.keys(all).map(async (name, i) => [name, typeIn(await newest.hover(`${prefix}${i} =`))] as const),
      ),
    );
  expect(await showing("v", hovers)).toEqual(hovers);
  expect(await showing("g", generic)).toEqual(generic);
  await newest.quit();
  rmSync(folder, { recursive: true });
});

describe("what is offered", () => {
  const dense = ["units", "activation", "kernelInitializer", "name", "useBias"];
  test.each([
    ["sequential(images, dense({ ", " }))", dense],
    ["sequential(images, flatten(), dense({ ", " }), dense({ units: 10 }))", dense],
    ["dense(rows, { ", " })", dense],
    ["conv2d({ ", " })", ["filters", "kernelSize", "padding", "strides"]],
    ["bidirectional(gru({ ", " }))", ["units", "returnSequences"]],
    ["maxPooling2d({ ", " })", ["poolSize", "strides", "padding"]],
    ["batchNormalization(images, { ", " })", ["momentum", "epsilon"]],
    ["multiHeadAttention({ ", " })", ["numHeads", "keyDim", "dropout"]],
  ])("%s|%s", (head, tail, names) => {
    file.write(`${before}${head}${tail};`);
    expect(file.completions(head)).toEqual(expect.arrayContaining(names));
  });

  test.each([
    ['conv2d({ filters: 8, kernelSize: 3, padding: "', '" })', ["same", "valid"]],
    ['conv2d(images, { filters: 8, kernelSize: 3, padding: "', '" })', ["same", "valid"]],
    ['sequential(images, conv2d({ filters: 8, kernelSize: 3, padding: "', '" }))', ["same", "valid"]],
    ['sequential(images, maxPooling2d({ padding: "', '" }))', ["same", "valid"]],
    ['conv1d({ filters: 8, kernelSize: 3, padding: "', '" })', ["causal", "same", "valid"]],
    ['cast(rows, "', '")', ["bool", "float32", "int32", "uint8"]],
    ['bidirectional(gru({ units: 4 }), { mergeMode: "', '" })', ["ave", "concat", "mul", "sum"]],
  ])("%s|%s", (head, tail, texts) => {
    file.write(`${before}${head}${tail};`);
    expect([...file.completions(head)].sort()).toEqual(texts);
  });
});

test("of an option that is a word, the docs say each that there is: its type is the one that stands there", () => {
  const modules = ["shapewright", "shapewright/runtime", "shapewright/data"];
  file.write(modules.map((name) => `import "${name}";`).join("\n"));
  expect(unsaidWords(file.program())).toEqual([]);
});

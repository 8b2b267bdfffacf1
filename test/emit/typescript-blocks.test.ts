import { expect, test } from "vitest";
import { commonText } from "../../compiler/emit/typescript/blocks/commonText.js";
import { emitPrediction } from "../../compiler/emit/typescript/emitPrediction.js";
import { emitTraining } from "../../compiler/emit/typescript/emitTraining.js";
import {
  adam,
  add,
  array,
  batchNormalization,
  compile,
  dense,
  dropout,
  input,
  layerNormalization,
  meanSquaredError,
  model,
  multiHeadAttention,
  relu,
  type Tensor,
} from "../../compiler/language.js";
import { testedBackends } from "../support/backends.js";
import { checkGenerated } from "../support/checkGenerated.js";
import { importGenerated, type TrainingModule } from "../support/generated.js";
import { type Batch, generatedReports, sessionReports } from "../support/training.js";
import { compilers } from "../tools/compilers.js";

/** An encoder of so many equal blocks, attention and dropout in them. */
const encoder = (blocks: number, named: boolean) =>
  compile(
    model({ words: input(["batch", "time", 8]) }, ({ words }) => {
      let x = words;
      for (let i = 0; i < blocks; i++) {
        const name = (part: string) => (named ? { name: `block${i}_${part}` } : {});
        const attended = multiHeadAttention(layerNormalization(x, name("before")), {
          ...name("attention"),
          numHeads: 2,
          keyDim: 4,
        });
        const seen = add(x, dropout(attended, 0.1));
        x = add(
          seen,
          dense(dense(seen, { ...name("wide"), units: 16, activation: relu }), { ...name("narrow"), units: 8 }),
        );
      }
      return dense(x, { units: 3 });
    }),
    { optimizer: adam({ learningRate: 0.01 }), loss: meanSquaredError() },
  );

const lines = (text: string) => text.split("\n").length;
const options = { name: "encoder", source: "encoder.ts" };

test("equal blocks are one function each way, called once for each, with their weights", () => {
  const text = emitTraining(encoder(5, true), options);
  expect(text.match(/^function \w+/gm)).toEqual([
    "function block_forward",
    "function block_backward",
    "function block",
  ]);
  expect(text.match(/ = block_forward\($/gm)).toHaveLength(5);
  // Nothing asks for the gradient of what the first block reads, and the last one's begins with what that of the layer behind it has made.
  expect(text.match(/ = block_backward\($/gm)).toHaveLength(3);
  // A backward pass is that of one forward pass: it reads nothing of the block before, and gives that its gradient.
  expect(text).toMatch(
    / const d_block_2 = block_backward\(\n {4}d_block_3\.d_total(_\d)?, block_2,\n {4}\{\n {6}block_narrow_kernel/,
  );
  expect(text).toContain("The forward pass of 5 equal blocks: block0_before to ");
  expect(text).toMatch(/^ {4}readonly block_attention_query_kernel: Tensor<\[8, 8\]>;$/m);
  // A block more is its weights, its optimizer's state and three calls.
  const more = lines(emitTraining(encoder(6, true), options)) - lines(text);
  expect(more).toBeLessThan(180);
  expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(120);
});

test("what a block's forward pass gives is handed to its backward pass as one object, whose fields have names", () => {
  // Of three, functions of one forward pass each would be too few.
  const text = emitTraining(encoder(3, false), options);
  expect(text).toContain("interface BlockForward {");
  expect(text).toMatch(/^ {2}block: BlockForward,$/m);
  expect(text).toMatch(/ const d_block_1 = block_backward\(\n +d_block_2\.d_\w+, block_1, block,\n/);
  expect(text).toMatch(/"dense_1\/kernel": d_block_1\.d_dense_kernel(_\d)?,/);
  // What one block reads of the one before it.
  expect(text).toMatch(/ const block_2 = block_forward\(\n +block_1\.\w+, /);
});

test("blocks with ops of several results are functions both ways, and each result has its name", () => {
  const block = (x: Tensor<["batch", 6]>) =>
    relu(batchNormalization(dense(dense(x, { units: 6, activation: relu }), { units: 6, useBias: false })));
  const network = model({ x: input(["batch", 6]) }, ({ x }) =>
    dense(block(block(block(dense(x, { units: 6, activation: relu })))), { units: 2 }),
  );
  const text = emitTraining(compile(network, { optimizer: adam(), loss: meanSquaredError() }), options);
  expect(text.match(/^function \w+/gm)).toEqual([
    "function block_forward",
    "function block_backward",
    "function block",
  ]);
  expect(text.match(/ = block_(forward|backward)\(/g)).toHaveLength(6);
  expect(text).toMatch(
    /^ {2}const \[\n {4}\w+, batchNormalization_mean_of, batchNormalization_variance_of,\n {2}\]: \[Tensor</m,
  );
});

test("layers that have no names give a block none, and a prediction has blocks too", () => {
  const text = emitPrediction(encoder(3, false), options);
  expect(text.match(/^function \w+/gm)).toEqual(["function block"]);
  expect(text.match(/ = block\(/g)).toHaveLength(3);
});

test("code with functions of blocks type-checks", async () => {
  const files = new Map([["encoder.ts", emitTraining(encoder(3, true), options)]]);
  expect(await checkGenerated(compilers.at(-1)!, files)).toEqual([]);
});

test.each(testedBackends)(
  "an encoder of equal blocks trains on %s as the session does, and leaves nothing",
  async (backend) => {
    const program = encoder(3, false);
    const module = await importGenerated<TrainingModule>(emitTraining(program, options));
    const wave = (length: number, step: number) => Float32Array.from({ length }, (__, i) => Math.sin(i * step));
    const batch: Batch = {
      inputs: { words: array(wave(64, 0.7), [2, 4, 8]) },
      target: array(wave(24, 1.3), [2, 4, 3]),
    };
    const batches = Array.from({ length: 5 }, () => batch);
    const wanted = await sessionReports(testedBackends[0]!, program, batches, 3);
    const { reports, tensors, left, variables } = await generatedReports(backend, module, batches, 3);
    for (const [i, { loss }] of wanted.entries()) expect(reports[i]!.loss).toBeCloseTo(loss!, 4);
    expect(wanted.at(-1)!.loss).toBeLessThan(wanted[0]!.loss!);
    expect(new Set(tensors)).toEqual(new Set([variables]));
    expect(left).toBe(0);
  },
);

test.each([
  [["conv2_block2_1/kernel", "conv2_block3_1/kernel"], "conv2_block_1/kernel"],
  [["dense/kernel", "dense_2/kernel", "dense_4/kernel"], "dense/kernel"],
  [["d_total_15", "d_total"], "d_total"],
  [["a", "b"], "a"],
  [["total_3", "total_6"], "total"],
  [["same", "same"], "same"],
])("%j have %j in common", (texts, common) => expect(commonText(texts)).toBe(common));

/**
 * Transfer learning: a network that has learnt to tell the digits from 0 to 5 apart, of thousands of images, is to tell those from 6 to 9
 * apart, of twenty. What it has learnt of lines and corners is loaded, and stays as it is, while the layers above learn. The same network
 * is trained on the twenty images alone, for comparison.
 *
 *     npm run example -- examples/19-transfer.ts             in full
 *     npm run example -- examples/19-transfer.ts --quick     fewer images to learn lines of
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  accuracy,
  adam,
  array,
  compile,
  conv2d,
  dense,
  dropout,
  flatten,
  input,
  maxPooling2d,
  model,
  relu,
  sequential,
  sparseCategoricalCrossentropy,
  type Tensor,
} from "shapewright";
import { open } from "shapewright/runtime";
import { type Digits, loadMnist } from "./data/mnist.js";
import { exampleOptions, isMain } from "./options.js";

type Images = Tensor<["batch", 28, 28, 1]>;

/** What is learnt of an image: 64 numbers. The layers' names are the same in every network that has it. */
const strokes = (image: Images) =>
  sequential(
    image,
    conv2d({ filters: 16, kernelSize: 3, activation: relu, name: "lines" }),
    maxPooling2d({ poolSize: 2 }),
    conv2d({ filters: 32, kernelSize: 3, activation: relu, name: "corners" }),
    maxPooling2d({ poolSize: 2 }),
    flatten(),
    dense({ units: 64, activation: relu, name: "strokes" }),
    dropout(0.3),
  );

/** A network with a head for so many digits. */
const network = <const N extends number>(units: N) =>
  model({ image: input(["batch", 28, 28, 1]) }, ({ image }) => dense(strokes(image), { units, name: "head" }));

const judged = { loss: sparseCategoricalCrossentropy({ fromLogits: true }), metrics: [accuracy()] } as const;

/** Six digits, of thousands of images. */
const many = compile(network(6), { optimizer: adam({ learningRate: 2e-3 }), ...judged });
/** Four others: all of it is trained; and what is above the convolutions alone. */
const four = network(4);
const optimizer = adam({ learningRate: 5e-3 });
export const program = compile(four, { optimizer, ...judged });
const upper = compile(four, { optimizer, trainable: ["strokes", "head"], ...judged });

/** The images of some digits, as many of each as are wanted, with classes from 0 on. */
function only({ images, labels }: Digits<[28, 28, 1]>, digits: readonly number[], ofEach = Infinity) {
  const left = new Map(digits.map((digit) => [digit, ofEach]));
  const rows = [...labels.keys()].filter((i) => {
    const more = left.get(labels[i]!) ?? 0;
    if (more > 0) left.set(labels[i]!, more - 1);
    return more > 0;
  });
  const data = new Float32Array(rows.length * 784);
  rows.forEach((row, i) => {
    data.set(images.data.subarray(row * 784, (row + 1) * 784), i * 784);
  });
  return {
    image: array(data, [rows.length, 28, 28, 1]),
    digit: Int32Array.from(rows, (row) => digits.indexOf(labels[row]!)),
  };
}

if (isMain(import.meta.url)) {
  const { backend, quick, json } = exampleOptions();
  const { train, test } = loadMnist({ imageShape: [28, 28, 1], ...(quick && { limit: 6000, testLimit: 2000 }) });
  const learnt = only(train, [0, 1, 2, 3, 4, 5]);
  const few = only(train, [6, 7, 8, 9], 5);
  const held = only(test, [6, 7, 8, 9]);
  const folder = mkdtempSync(join(tmpdir(), "shapewright-"));
  const file = join(folder, "digits.safetensors");
  const training = { epochs: 40, batchSize: 8, verbose: "silent" } as const;

  using teacher = await open(many, { backend });
  console.log(`Learning lines of ${learnt.digit.length} images of the digits from 0 to 5, backend: ${teacher.backend}`);
  await teacher.fit({ image: learnt.image }, learnt.digit, { epochs: 6, batchSize: 64 });
  await teacher.saveWeights(file);

  using alone = await open(program, { backend });
  await alone.fit({ image: few.image }, few.digit, training);
  const { accuracy: scratch } = await alone.evaluate({ image: held.image }, held.digit);

  using session = await open(upper, { backend });
  // The head is of another shape: it is left out, and begins anew.
  const loaded = await session.loadWeights(file, { skipMismatch: true });
  console.log(`Loaded ${loaded.join(", ")}`);
  await session.fit({ image: few.image }, few.digit, training);
  const { accuracy: transferred } = await session.evaluate({ image: held.image }, held.digit);

  console.log(`The digits from 6 to 9, of ${few.digit.length} images, right on ${held.digit.length} others:`);
  console.log(`  from nothing                    ${(100 * scratch).toFixed(1)} %`);
  console.log(`  from lines and corners loaded   ${(100 * transferred).toFixed(1)} %`);
  rmSync(folder, { recursive: true });
  if (json) console.log(JSON.stringify({ backend: session.backend, loaded, scratch, transferred }));
}

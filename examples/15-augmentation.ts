/**
 * A network learns from a thousand digits, in their places and upright, to read digits that stand askew. While it trains, each step sees
 * the digits turned, moved and zoomed anew; early stopping ends training, and a checkpoint keeps the best weights. Its curves are to be
 * seen live, on a page whose address is printed, and in TensorBoard. The same network without augmentation is what it is compared with.
 *
 *     npm run example -- examples/15-augmentation.ts             in full
 *     npm run example -- examples/15-augmentation.ts --quick     fewer digits and epochs; its logs are not kept
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  accuracy,
  adam,
  array,
  block,
  compile,
  conv2d,
  dense,
  dropout,
  flatten,
  input,
  maxPooling2d,
  model,
  randomContrast,
  randomRotation,
  randomTranslation,
  randomZoom,
  relu,
  sequential,
  sparseCategoricalCrossentropy,
} from "shapewright";
import { earlyStopping, modelCheckpoint, open, tensorBoard } from "shapewright/runtime";
import { loadMnist } from "./data/mnist.js";
import { exampleOptions, isMain } from "./options.js";

/** What all that train here are: layers anew for each call. */
const reader = () =>
  block(
    conv2d({ filters: 16, kernelSize: 3, activation: relu }), // ["batch", 26, 26, 16]
    maxPooling2d({ poolSize: 2 }), // ["batch", 13, 13, 16]
    conv2d({ filters: 32, kernelSize: 3, activation: relu }), // ["batch", 11, 11, 32]
    maxPooling2d({ poolSize: 2 }), // ["batch", 5, 5, 32]
    flatten(),
    dropout(0.3),
    dense({ units: 10 }),
  );

const settings = () => ({
  optimizer: adam({ learningRate: 2e-3 }),
  loss: sparseCategoricalCrossentropy({ fromLogits: true }),
  metrics: [accuracy()],
});

const plain = model({ image: input(["batch", 28, 28, 1]) }, ({ image }) => sequential(image, reader()));

export const augmented = model({ image: input(["batch", 28, 28, 1]) }, ({ image }) =>
  sequential(
    image,
    // In training alone, and for each digit in each step other ones: `evaluate` and `predict` are compiled without these.
    randomTranslation({ heightFactor: 0.2, widthFactor: 0.2, fillMode: "constant" }),
    randomRotation({ factor: 0.08, fillMode: "constant" }), // up to 29 degrees to both sides
    randomZoom({ heightFactor: 0.1, fillMode: "constant" }),
    randomContrast({ factor: 0.2, valueRange: [0, 1] }),
    reader(),
  ),
);

export const program = compile(augmented, settings());

/** Images that stand askew: each moved by up to four pixels and turned by up to 20 degrees, on the host. */
function askew({ data, shape }: ReturnType<typeof loadMnist<[28, 28, 1]>>["test"]["images"]) {
  let state = 5;
  const draw = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (2 * state) / 2 ** 32 - 1;
  };
  const pixels = new Float32Array(data.length);
  for (let first = 0; first < data.length; first += 784) {
    const [down, right, angle] = [4 * draw(), 4 * draw(), (Math.PI / 9) * draw()];
    for (let i = 0; i < 784; i++) {
      const [y, x] = [Math.floor(i / 28) - 13.5 - down, (i % 28) - 13.5 - right];
      const row = Math.round(13.5 + Math.sin(angle) * x + Math.cos(angle) * y);
      const column = Math.round(13.5 + Math.cos(angle) * x - Math.sin(angle) * y);
      const isInside = row >= 0 && row < 28 && column >= 0 && column < 28;
      if (isInside) pixels[first + i] = data[first + 28 * row + column]!;
    }
  }
  return array(pixels, shape);
}

if (isMain(import.meta.url)) {
  const { backend, quick, json } = exampleOptions();
  const { train, test } = loadMnist({ imageShape: [28, 28, 1], limit: quick ? 1000 : 4000, testLimit: 2000 });
  // The first half says when to stop, the second how well the digits are read.
  const images = askew(test.images);
  const half = (from: number) =>
    [
      { image: array(images.data.slice(784 * from, 784 * (from + 1000)), [1000, 28, 28, 1]) },
      test.labels.slice(from, from + 1000),
    ] as const;
  const folder = quick ? mkdtempSync(join(tmpdir(), "shapewright-")) : "runs/augmentation";
  const log = join(folder, "digits.jsonl"); // both runs, beside each other
  const pages: string[] = [];

  const read = async (name: string, compiled: typeof program) => {
    using session = await open(compiled, { backend });
    console.log(`Training ${name} on ${train.labels.length} digits, backend: ${session.backend}`);
    const best = join(folder, `${name}.safetensors`);
    await session.fit({ image: train.images }, train.labels, {
      epochs: quick ? 8 : 40,
      batchSize: 32,
      validationData: half(0),
      callbacks: [
        earlyStopping({ monitor: "val_accuracy", patience: 5 }),
        modelCheckpoint(best, { monitor: "val_accuracy", saveBestOnly: true }),
        tensorBoard(join(folder, "board", name), { histogramFreq: 5 }),
      ],
      watch: {
        log,
        onListening(url) {
          pages.push(url);
          console.log(`To be seen at ${url}`);
        },
      },
    });
    await session.restoreCheckpoint(best);
    const { accuracy: right } = await session.evaluate(...half(1), { batchSize: 500 });
    return right;
  };
  const without = await read("without augmentation", compile(plain, settings()));
  const right = await read("with augmentation", program);
  const [epochs, boards] = [
    readFileSync(log, "utf8").match(/^\{"kind":"epoch"/gm)?.length,
    readdirSync(join(folder, "board")),
  ];
  if (quick) rmSync(folder, { recursive: true });
  else console.log(`shapewright watch ${folder} shows the curves again, and tensorboard --logdir ${folder}/board`);
  console.log("Of 1000 digits that stand askew, and that it has not seen, it reads");
  console.log(`  trained on digits as they are   ${(100 * without).toFixed(1)} %`);
  console.log(`  with augmentation               ${(100 * right).toFixed(1)} %`);
  if (json) console.log(JSON.stringify({ without, right, pages, epochs, boards }));
}

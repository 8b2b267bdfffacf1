/**
 * A siamese network: two images go through one tower, by the same weights, and it learns whether they show the same digit. Then it is asked
 * about images that it has not seen.
 *
 *     npm run example -- examples/11-siamese.ts             in full
 *     npm run example -- examples/11-siamese.ts --quick     fewer pairs
 */
import {
  abs,
  accuracy,
  adam,
  binaryCrossentropy,
  block,
  compile,
  conv2d,
  dense,
  flatten,
  input,
  maxPooling2d,
  model,
  relu,
  subtract,
} from "shapewright";
import { open } from "shapewright/runtime";
import { type Digits, loadMnist } from "./data/mnist.js";
import { exampleOptions, isMain } from "./options.js";

export const twins = model(
  { left: input(["batch", 28, 28, 1]), right: input(["batch", 28, 28, 1]) },
  ({ left, right }) => {
    // A block is one layer: called twice, it has its weights once.
    const tower = block(
      conv2d({ filters: 16, kernelSize: 3, activation: relu }), // ["batch", 26, 26, 16]
      maxPooling2d({ poolSize: 2 }), // ["batch", 13, 13, 16]
      conv2d({ filters: 32, kernelSize: 3, activation: relu }), // ["batch", 11, 11, 32]
      maxPooling2d({ poolSize: 2 }), // ["batch", 5, 5, 32]
      flatten(),
      dense({ units: 64 }),
    );
    const difference = abs(subtract(tower(left), tower(right))); // ["batch", 64]
    return dense(difference, { units: 1 });
  },
);

export const program = compile(twins, {
  optimizer: adam({ learningRate: 2e-3 }),
  loss: binaryCrossentropy({ fromLogits: true }),
  metrics: [accuracy()],
});

const pixels = 784;

/** Pairs of images, of which every second one shows the same digit twice: 1; the others, two different ones: 0. */
function pairs({ images, labels }: Digits<[28, 28, 1]>, count: number, seed: number) {
  let state = seed;
  const draw = (choices: readonly number[]) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return choices[Math.floor((state / 2 ** 32) * choices.length)]!;
  };
  const digits = Array.from({ length: 10 }, (_, digit) => digit);
  const showing = digits.map((digit) => [...labels.keys()].filter((i) => labels[i] === digit));
  const shaped = (size: number) => new Float32Array(count * size);
  const [left, right, same] = [shaped(pixels), shaped(pixels), shaped(1)];
  for (let pair = 0; pair < count; pair++) {
    const isSame = pair % 2 === 0;
    const digit = draw(digits);
    const other = isSame ? digit : draw(digits.filter((each) => each !== digit));
    for (const [side, shown] of [
      [left, digit],
      [right, other],
    ] as const) {
      const image = draw(showing[shown]!);
      side.set(images.data.subarray(image * pixels, (image + 1) * pixels), pair * pixels);
    }
    same[pair] = isSame ? 1 : 0;
  }
  const imagesOf = (data: Float32Array<ArrayBuffer>) => ({
    data,
    shape: [count, 28, 28, 1] as [number, 28, 28, 1],
    dtype: "float32" as const,
  });
  return {
    left: imagesOf(left),
    right: imagesOf(right),
    same: { data: same, shape: [count, 1] as [number, 1], dtype: "float32" as const },
  };
}

/** How often the best bound of the distance of two images, pixel by pixel, tells the pairs apart. */
function rightByPixels({ left, right, same }: ReturnType<typeof pairs>): number {
  const distances = Array.from(same.data, (isSame, pair) => {
    let distance = 0;
    for (let i = pair * pixels; i < (pair + 1) * pixels; i++) distance += (left.data[i]! - right.data[i]!) ** 2;
    return { distance, isSame };
  }).sort((a, b) => a.distance - b.distance);
  // With the bound below all, every pair is told to be a different one.
  let hits = distances.filter(({ isSame }) => isSame === 0).length;
  let best = hits;
  for (const { isSame } of distances) {
    hits += isSame === 1 ? 1 : -1;
    best = Math.max(best, hits);
  }
  return best / distances.length;
}

if (isMain(import.meta.url)) {
  const { backend, quick, json } = exampleOptions();
  const { train, test } = loadMnist({ imageShape: [28, 28, 1], ...(quick && { limit: 6000, testLimit: 2000 }) });
  const session = await open(program, { backend });
  const known = pairs(train, quick ? 8000 : 60_000, 1);
  console.log(`Training on ${known.same.data.length} pairs of images, backend: ${session.backend}`);
  await session.fit({ left: known.left, right: known.right }, known.same, { epochs: quick ? 2 : 5, batchSize: 64 });

  const asked = pairs(test, 2000, 2);
  const data = { left: asked.left, right: asked.right };
  const { accuracy: right } = await session.evaluate(data, asked.same, { batchSize: 500 });
  const byPixels = rightByPixels(asked);
  console.log(`Right about ${(100 * right).toFixed(1)} % of 2000 pairs of images that it has not seen;`);
  console.log(`the best bound of the distance between pixels is right about ${(100 * byPixels).toFixed(1)} %`);
  if (json) console.log(JSON.stringify({ backend: session.backend, right, byPixels }));
  session.dispose();
}

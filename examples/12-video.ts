/**
 * Video: a spot wanders through noise, and a network of convolutions over time, height and width tells where to. A single frame cannot.
 *
 *     npm run example -- examples/12-video.ts             in full
 *     npm run example -- examples/12-video.ts --quick     fewer videos
 */
import {
  accuracy,
  adam,
  array,
  compile,
  conv3d,
  dense,
  globalAveragePooling3d,
  input,
  maxPooling3d,
  model,
  relu,
  sequential,
  sparseCategoricalCrossentropy,
} from "shapewright";
import { open } from "shapewright/runtime";
import { exampleOptions, isMain } from "./options.js";

const frames = 8;
const size = 12;
/** Up, right, down and left: what is added to row and column from frame to frame. */
const directions = [
  [-1, 0],
  [0, 1],
  [1, 0],
  [0, -1],
] as const;

export const wanderer = model({ video: input(["batch", frames, size, size, 1]) }, ({ video }) =>
  sequential(
    video,
    conv3d({ filters: 8, kernelSize: 3, padding: "same", activation: relu }), // ["batch", 8, 12, 12, 8]
    maxPooling3d({ poolSize: [1, 2, 2] }), // ["batch", 8, 6, 6, 8]: what moves is seen in time
    conv3d({ filters: 16, kernelSize: 3, activation: relu }), // ["batch", 6, 4, 4, 16]
    globalAveragePooling3d(), // ["batch", 16]: wherever it was seen
    dense({ units: directions.length }),
  ),
);

export const program = compile(wanderer, {
  optimizer: adam({ learningRate: 5e-3 }),
  loss: sparseCategoricalCrossentropy({ fromLogits: true }),
  metrics: [accuracy()],
});

/** Videos of a spot that leaves at one side and comes back at the other, and the directions that it goes in. */
function videos(count: number, seed: number) {
  let state = seed;
  const draw = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const pixels = new Float32Array(count * frames * size * size).map(() => 0.5 * draw());
  const labels = new Int32Array(count);
  for (let video = 0; video < count; video++) {
    const direction = Math.floor(draw() * directions.length);
    const [down, right] = directions[direction]!;
    const start = [Math.floor(draw() * size), Math.floor(draw() * size)] as const;
    for (let frame = 0; frame < frames; frame++) {
      for (const [y, x] of [
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ] as const) {
        const row = (start[0] + y + frame * (down + size)) % size;
        const column = (start[1] + x + frame * (right + size)) % size;
        pixels[((video * frames + frame) * size + row) * size + column]! += 1;
      }
    }
    labels[video] = direction;
  }
  return { video: array(pixels, [count, frames, size, size, 1]), direction: array(labels, [count]) };
}

/** The same videos with each frame's place taken by the first one: what a picture tells. */
function stills({ data, shape }: ReturnType<typeof videos>["video"]) {
  const [count] = shape;
  const frameSize = size * size;
  const held = data.map((_, i) => data[Math.floor(i / (frames * frameSize)) * frames * frameSize + (i % frameSize)]!);
  return array(held, [count, frames, size, size, 1]);
}

if (isMain(import.meta.url)) {
  const { backend, quick, json } = exampleOptions();
  const session = await open(program, { backend });
  const train = videos(quick ? 3200 : 6400, 1);
  console.log(`Training on ${train.direction.data.length} videos of ${frames} frames, backend: ${session.backend}`);
  await session.fit({ video: train.video }, train.direction, { epochs: quick ? 5 : 8, batchSize: 32 });

  const test = videos(500, 2);
  const { accuracy: right } = await session.evaluate({ video: test.video }, test.direction, { batchSize: 100 });
  const { accuracy: still } = await session.evaluate({ video: stills(test.video) }, test.direction, { batchSize: 100 });
  console.log(`Right about ${(100 * right).toFixed(1)} % of 500 videos that it has not seen;`);
  console.log(
    `of their first frames alone, held for as long, about ${(100 * still).toFixed(1)} %: one in four is chance`,
  );
  if (json) console.log(JSON.stringify({ backend: session.backend, right, still }));
  session.dispose();
}

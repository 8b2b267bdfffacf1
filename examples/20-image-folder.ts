/**
 * Pictures as files, in a folder for each class: JPEG, PNG and WebP of any size. They are listed, split, decoded beside the step, and stay bytes
 * until they are in the graph, which turns and mirrors them anew in each step. What the pictures show, shapes of any colour, is drawn
 * first: a folder of photographs is read alike.
 *
 *     npm run example -- examples/20-image-folder.ts             in full
 *     npm run example -- examples/20-image-folder.ts --quick     fewer pictures and epochs
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  accuracy,
  adam,
  compile,
  conv2d,
  dense,
  globalMaxPooling2d,
  input,
  maxPooling2d,
  model,
  randomFlip,
  randomRotation,
  relu,
  rescaling,
  sequential,
  sparseCategoricalCrossentropy,
} from "shapewright";
import { imageFolder } from "shapewright/data";
import { open } from "shapewright/runtime";
import sharp from "sharp";
import { exampleOptions, isMain } from "./options.js";

const size = 32;

export const shapes = model({ image: input(["batch", size, size, 3], "uint8") }, ({ image }) =>
  sequential(
    image, // ["batch", 32, 32, 3] of bytes
    rescaling({ scale: 1 / 127.5, offset: -1 }), // the same in float32, from -1 to 1
    randomFlip({ mode: "horizontal" }),
    randomRotation({ factor: 0.05 }),
    conv2d({ filters: 16, kernelSize: 3, activation: relu }), // ["batch", 30, 30, 16]
    maxPooling2d({ poolSize: 2 }), // ["batch", 15, 15, 16]
    conv2d({ filters: 32, kernelSize: 3, activation: relu }), // ["batch", 13, 13, 32]
    conv2d({ filters: 64, kernelSize: 3, activation: relu }), // ["batch", 11, 11, 64]
    globalMaxPooling2d(), // ["batch", 64]: wherever it stands
    dense({ units: 4 }),
  ),
);

export const program = compile(shapes, {
  optimizer: adam({ learningRate: 3e-3 }),
  loss: sparseCategoricalCrossentropy({ fromLogits: true }),
  metrics: [accuracy()],
});

/** Shapes within a circle around 0, 0 whose radius is 1. */
const drawings = {
  circle: '<circle r="1"/>',
  cross: '<path d="M-1,-.35h.65v-.65h.7v.65h.65v.7h-.65v.65h-.7v-.65h-.65z"/>',
  square: '<rect x="-.8" y="-.8" width="1.6" height="1.6"/>',
  triangle: '<path d="M0,-1 .87,.5 -.87,.5z"/>',
};

/** Draws so many pictures of each shape into a folder, of other sizes, colours and formats. */
async function draw(folder: string, count: number) {
  let state = 7;
  const between = (low: number, high: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return low + Math.floor((state / 2 ** 32) * (high - low));
  };
  for (const [name, shape] of Object.entries(drawings)) {
    mkdirSync(join(folder, name), { recursive: true });
    for (let i = 0; i < count; i++) {
      const [width, height] = [between(48, 97), between(48, 97)];
      const radius = between(14, 21);
      const at = `translate(${between(radius, width - radius)} ${between(radius, height - radius)})`;
      const hue = between(0, 360);
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
        <rect width="100%" height="100%" fill="hsl(${hue + between(90, 270)} 40% ${between(15, 85)}%)"/>
        <g fill="hsl(${hue} 90% 50%)" transform="${at} rotate(${between(0, 360)}) scale(${radius})">${shape}</g>
      </svg>`;
      const ending = ["jpg", "png", "webp"][i % 3]!;
      await sharp(Buffer.from(svg)).toFile(join(folder, name, `${i}.${ending}`));
    }
  }
}

if (isMain(import.meta.url)) {
  const { backend, quick, json } = exampleOptions();
  const folder = mkdtempSync(join(tmpdir(), "shapewright-"));
  await draw(folder, quick ? 150 : 600);

  // What is not square stands whole between black bars, and is not squeezed.
  const [training, validation] = await imageFolder(folder, {
    imageSize: [size, size],
    padToAspectRatio: true,
    validationSplit: 0.2,
    subset: "both",
  });
  const session = await open(program, { backend });
  const counted = `${training.filePaths.length} pictures of ${training.classNames.join(", ")}`;
  console.log(`Training on ${counted}, backend: ${session.backend}`);
  // So few are kept in memory once they have been decoded, 3 kB each; of more, leave `cache` and `shuffle` out.
  await session.fitBatches(training.cache().shuffle(training.filePaths.length).batch(32).prefetch(2), {
    epochs: quick ? 20 : 40,
    validationBatches: validation.cache().batch(100),
  });
  const { accuracy: right } = await session.evaluateBatches(validation.batch(100));
  console.log(`Right on ${(100 * right).toFixed(1)} % of ${validation.filePaths.length} that it has not seen`);
  if (json) console.log(JSON.stringify({ right }));
  session.dispose();
  rmSync(folder, { recursive: true });
}

/**
 * Saliency: which pixels of an image a network looks at, by the gradient of its answer with respect to the image. That they matter is shown
 * by taking them away.
 *
 *     npm run example -- examples/13-saliency.ts             in full
 *     npm run example -- examples/13-saliency.ts --quick     a few images
 */
import {
  abs,
  accuracy,
  adam,
  array,
  compile,
  constant,
  conv2d,
  dense,
  dropout,
  flatten,
  gradients,
  input,
  max,
  maxPooling2d,
  model,
  multiply,
  relu,
  sequential,
  sparseCategoricalCrossentropy,
  sum,
  type Tensor,
} from "shapewright";
import { eager, open } from "shapewright/runtime";
import { loadMnist } from "./data/mnist.js";
import { exampleOptions, isMain } from "./options.js";

function classify(image: Tensor<["batch", 28, 28, 1]>): Tensor<["batch", 10]> {
  return sequential(
    image,
    conv2d({ filters: 16, kernelSize: 5, activation: relu }), // ["batch", 24, 24, 16]
    maxPooling2d({ poolSize: 2 }), // ["batch", 12, 12, 16]
    conv2d({ filters: 32, kernelSize: 5, activation: relu }), // ["batch", 8, 8, 32]
    maxPooling2d({ poolSize: 2 }), // ["batch", 4, 4, 32]
    flatten(),
    dropout(0.3),
    dense({ units: 10 }),
  );
}

export const classifier = model({ image: input(["batch", 28, 28, 1]) }, ({ image }) => classify(image));

export const program = compile(classifier, {
  optimizer: adam({ learningRate: 2e-3 }),
  loss: sparseCategoricalCrossentropy({ fromLogits: true }),
  metrics: [accuracy()],
});

/**
 * How much each pixel has to do with the answer: |image · ∂ best score / ∂ image|. The sum over the samples is of scores that depend on one
 * sample each, so its gradient has that of each sample in its place.
 */
export const saliency = model({ image: input(["batch", 28, 28, 1]) }, ({ image }) => {
  const best = max(classify(image), { axis: -1 }); // ["batch"]
  return abs(multiply(image, gradients(sum(best), { image }).image)); // ["batch", 28, 28, 1]
});

const pixels = 784;
const taken = 40;

/** The images without some of their inked pixels: those of the highest ranks. */
function without(images: Float32Array, rank: (pixel: number) => number): Float32Array<ArrayBuffer> {
  const left = Float32Array.from(images);
  for (let start = 0; start < images.length; start += pixels) {
    const inked = Array.from({ length: pixels }, (_, i) => start + i).filter((pixel) => images[pixel]! > 0);
    inked.sort((a, b) => rank(b) - rank(a));
    for (const pixel of inked.slice(0, taken)) left[pixel] = 0;
  }
  return left;
}

/** A number for each pixel that says nothing. */
function arbitrary(pixel: number): number {
  return Math.imul(pixel + 1, 2654435761) >>> 0;
}

if (isMain(import.meta.url)) {
  const { backend, quick, json } = exampleOptions();
  const { train, test } = loadMnist({ imageShape: [28, 28, 1], testLimit: 1000, ...(quick && { limit: 6400 }) });
  const session = await open(program, { backend });
  console.log(`Training on ${train.labels.length} images, backend: ${session.backend}`);
  await session.fit({ image: train.images }, train.labels, { epochs: quick ? 2 : 3, batchSize: 64 });

  // The saliency's layers are the classifier's, by their names.
  using tf = await eager({ backend });
  const look = tf.model(saliency);
  for (const [name, variable] of Object.entries(look.variables)) variable.assign(constant(session.getWeight(name)));
  const { data: images, shape } = test.images;
  const found = tf.value(look({ image: constant(test.images) })).data;

  const rightOn = async (data: Float32Array<ArrayBuffer>) => {
    const { accuracy: right } = await session.evaluate({ image: array(data, shape) }, test.labels, { batchSize: 500 });
    return right;
  };
  const right = await rightOn(Float32Array.from(images));
  const withoutSalient = await rightOn(without(images, (pixel) => found[pixel]!));
  const withoutOthers = await rightOn(without(images, arbitrary));
  console.log(`Right on ${(100 * right).toFixed(1)} % of 1000 images that it has not seen;`);
  console.log(
    `without the ${taken} pixels of ink that have most to do with its answer, on ${(100 * withoutSalient).toFixed(1)} %,`,
  );
  console.log(`without ${taken} others, as they come, on ${(100 * withoutOthers).toFixed(1)} %`);
  if (json) console.log(JSON.stringify({ backend: session.backend, right, withoutSalient, withoutOthers }));
  session.dispose();
}

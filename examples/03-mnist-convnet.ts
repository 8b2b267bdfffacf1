/**
 * Handwritten digits with convolutions: Keras's MNIST convnet, layer by layer.
 *
 *     npm run example -- examples/03-mnist-convnet.ts             in full
 *     npm run example -- examples/03-mnist-convnet.ts --quick     a few images, one epoch
 */
import {
  accuracy,
  adam,
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
} from "shapewright";
import { open } from "shapewright/runtime";
import { loadMnist } from "./data/mnist.js";
import { exampleOptions, isMain } from "./options.js";

// What goes from layer to layer is checked while you write: put `flatten()` first, and conv2d is underlined.
export const convnet = model({ image: input(["batch", 28, 28, 1]) }, ({ image }) =>
  sequential(
    image,
    conv2d({ filters: 32, kernelSize: 3, activation: relu }), // ["batch", 26, 26, 32]
    maxPooling2d({ poolSize: 2 }), // ["batch", 13, 13, 32]
    conv2d({ filters: 64, kernelSize: 3, activation: relu }), // ["batch", 11, 11, 64]
    maxPooling2d({ poolSize: 2 }), // ["batch", 5, 5, 64]
    flatten(), // ["batch", 1600]
    dropout(0.5), // in training alone: `evaluate` and `predict` are compiled without it
    dense({ units: 10 }), // ["batch", 10]
  ),
);

export const program = compile(convnet, {
  optimizer: adam(),
  loss: sparseCategoricalCrossentropy({ fromLogits: true }),
  metrics: [accuracy()],
});

// The compiler's own commands load this file for its model and program; it trains only where it is what is run.
if (isMain(import.meta.url)) {
  const { backend, quick, json } = exampleOptions();
  const limits = quick ? { limit: 3840, testLimit: 1000 } : {};
  const { train, test } = loadMnist({ imageShape: [28, 28, 1], ...limits });
  const session = await open(program, { backend });
  console.log(`Training on ${train.labels.length} images, backend: ${session.backend}`);

  const start = performance.now();
  const { steps } = await session.fit({ image: train.images }, train.labels, {
    epochs: quick ? 1 : 12,
    batchSize: 128,
  });
  const trainSeconds = (performance.now() - start) / 1000;

  const { accuracy: testAccuracy } = await session.evaluate({ image: test.images }, test.labels, { batchSize: 500 });
  const stepsPerSecond = steps / trainSeconds;
  console.log(`${steps} steps in ${trainSeconds.toFixed(1)} s: ${stepsPerSecond.toFixed(1)} steps a second`);
  console.log(`Right on ${(100 * testAccuracy).toFixed(2)} % of ${test.labels.length} images that it has not seen`);

  if (json) console.log(JSON.stringify({ backend: session.backend, testAccuracy, trainSeconds, stepsPerSecond }));
  session.dispose();
}

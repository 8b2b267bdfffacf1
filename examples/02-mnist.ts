/**
 * Handwritten digits: two dense layers, trained on 60,000 images and tested on 10,000 others.
 *
 *     npm start                         in full: 5 epochs
 *     npm start -- --quick              a few images, one epoch
 *     npm start -- --backend wasm       on another backend
 *     npm start -- --json               the figures as JSON, on the last line
 */
import { accuracy, compile, dense, input, model, relu, rmsprop, sparseCategoricalCrossentropy } from "shapewright";
import { open } from "shapewright/runtime";
import { loadMnist } from "./data/mnist.js";
import { exampleOptions, isMain } from "./options.js";

export const digits = model({ image: input(["batch", 784]) }, ({ image }) => {
  const h = dense(image, { units: 512, activation: relu }); // Tensor<["batch", 512], "float32">
  return dense(h, { units: 10 }); // Tensor<["batch", 10], "float32">
});

export const program = compile(digits, {
  optimizer: rmsprop({ learningRate: 1e-3 }),
  loss: sparseCategoricalCrossentropy({ fromLogits: true }),
  metrics: [accuracy()],
});

// The compiler's own commands load this file for its model and program; it trains only where it is what is run.
if (isMain(import.meta.url)) {
  const { backend, quick, json } = exampleOptions();
  const { train, test } = loadMnist(quick ? { limit: 6400, testLimit: 1000 } : {});
  const session = await open(program, { backend });
  console.log(`Training on ${train.labels.length} images, backend: ${session.backend}`);

  const start = performance.now();
  const { steps } = await session.fit({ image: train.images }, train.labels, { epochs: quick ? 1 : 5, batchSize: 128 });
  const trainSeconds = (performance.now() - start) / 1000;

  const { accuracy: testAccuracy } = await session.evaluate({ image: test.images }, test.labels, { batchSize: 500 });
  const stepsPerSecond = steps / trainSeconds;
  console.log(`${steps} steps in ${trainSeconds.toFixed(1)} s: ${stepsPerSecond.toFixed(0)} steps a second`);
  console.log(`Right on ${(100 * testAccuracy).toFixed(2)} % of ${test.labels.length} images that it has not seen`);

  if (json) console.log(JSON.stringify({ backend: session.backend, testAccuracy, trainSeconds, stepsPerSecond }));
  session.dispose();
}

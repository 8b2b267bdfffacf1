/**
 * An autoencoder: images of digits go through 16 numbers, and what comes out is to be what went in. So the 16 numbers learn to say what
 * there is to say of a digit.
 *
 *     npm run example -- examples/10-autoencoder.ts             in full
 *     npm run example -- examples/10-autoencoder.ts --quick     a few images
 */
import {
  adam,
  compile,
  conv2d,
  conv2dTranspose,
  dense,
  flatten,
  input,
  meanSquaredError,
  model,
  relu,
  reshape,
  sequential,
  sigmoid,
  type Tensor,
} from "shapewright";
import { open } from "shapewright/runtime";
import { loadMnist } from "./data/mnist.js";
import { exampleOptions, isMain } from "./options.js";

const codeSize = 16;

/** Images as few numbers. */
function encode(image: Tensor<["batch", 28, 28, 1]>): Tensor<["batch", 16]> {
  return sequential(
    image,
    conv2d({ filters: 16, kernelSize: 3, strides: 2, padding: "same", activation: relu }), // ["batch", 14, 14, 16]
    conv2d({ filters: 32, kernelSize: 3, strides: 2, padding: "same", activation: relu }), // ["batch", 7, 7, 32]
    flatten(), // ["batch", 1568]
    dense({ units: codeSize }),
  );
}

/** Images of these numbers: the way back, layer by layer. That it ends at 28 × 28 is seen while it is written. */
function decode(code: Tensor<["batch", 16]>): Tensor<["batch", 28, 28, 1]> {
  return sequential(
    code,
    dense({ units: 7 * 7 * 32, activation: relu }),
    reshape(["batch", 7, 7, 32]),
    conv2dTranspose({ filters: 16, kernelSize: 3, strides: 2, padding: "same", activation: relu }), // ["batch", 14, 14, 16]
    conv2dTranspose({ filters: 1, kernelSize: 3, strides: 2, padding: "same", activation: sigmoid }),
  );
}

export const autoencoder = model({ image: input(["batch", 28, 28, 1]) }, ({ image }) => decode(encode(image)));

export const program = compile(autoencoder, { optimizer: adam({ learningRate: 2e-3 }), loss: meanSquaredError() });

/** Rows of an image, two pixels one above the other as one character. */
function drawn(pixels: Float32Array): string[] {
  const shades = " .:-=+*#%@";
  return Array.from({ length: 14 }, (_, row) =>
    Array.from({ length: 28 }, (_, column) => {
      const grey = (pixels[2 * row * 28 + column]! + pixels[(2 * row + 1) * 28 + column]!) / 2;
      return shades[Math.min(9, Math.floor(grey * 10))];
    }).join(""),
  );
}

/** The mean squared error of one image in the place of all: what is known of digits without looking at them. */
function errorOfMean(known: Float32Array, asked: Float32Array): number {
  const mean = new Float64Array(784);
  known.forEach((value, i) => {
    mean[i % 784]! += value / (known.length / 784);
  });
  return asked.reduce((sum, value, i) => sum + (value - mean[i % 784]!) ** 2, 0) / asked.length;
}

if (isMain(import.meta.url)) {
  const { backend, quick, json } = exampleOptions();
  const limits = quick ? { limit: 5120, testLimit: 1000 } : {};
  const { train, test } = loadMnist({ imageShape: [28, 28, 1], ...limits });
  const session = await open(program, { backend });
  console.log(`Training on ${train.labels.length} images, backend: ${session.backend}`);
  await session.fit({ image: train.images }, train.images, { epochs: quick ? 6 : 10, batchSize: 64 });

  const { loss: error } = await session.evaluate({ image: test.images }, test.images, { batchSize: 500 });
  const meanError = errorOfMean(train.images.data, test.images.data);
  const shown = {
    data: test.images.data.slice(0, 3 * 784),
    shape: [3, 28, 28, 1] as [number, 28, 28, 1],
    dtype: "float32" as const,
  };
  const found = await session.predict({ image: shown });
  for (let i = 0; i < 3; i++) {
    const [left, right] = [shown, found].map(({ data }) => drawn(data.slice(i * 784, (i + 1) * 784)));
    console.log(left!.map((line, row) => `${line}  |  ${right![row]}`).join("\n"));
  }
  console.log(`${codeSize} numbers in the place of 784 pixels: a mean squared error of ${error.toFixed(4)} on images`);
  console.log(`that it has not seen; the mean of all images in the place of each has one of ${meanError.toFixed(4)}`);
  if (json) console.log(JSON.stringify({ backend: session.backend, error, meanError }));
  session.dispose();
}

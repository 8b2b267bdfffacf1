import { spawnSync } from "node:child_process";
import { beforeAll, describe, expect, test } from "vitest";
import { compileOurs } from "../../runtime/native/build.js";
import { type LoadedTfjsNode, loadTfjsNode } from "../../runtime/native/load.js";
import { thisMachine } from "../../runtime/native/machine.js";
import { hasKernels } from "../../runtime/native/own-kernels.js";
import { testedBackends } from "../support/backends.js";

/** Convolutions that take several blocks of places, channels and filters: input, filter, stride, padding, dilation. */
const cases = [
  [[2, 40, 40, 17], [3, 3, 17, 35], 1, "same", 1],
  [[3, 21, 18, 13], [5, 2, 13, 70], 2, "same", 1],
  [[2, 33, 30, 20], [3, 3, 20, 33], 1, "valid", 3],
  [[1, 70, 65, 8], [3, 3, 8, 16], 3, "valid", 1],
  [[4, 64, 64, 3], [7, 7, 3, 20], 2, "same", 1],
  [[9, 1, 1, 150], [3, 3, 150, 200], 1, "same", 1],
  [[5, 4, 4, 600], [1, 1, 600, 48], 2, "same", 1],
  [[1, 9, 9, 5], [2, 2, 5, 4], 4, "valid", 1],
] as const;

const script = `
  import { loadTfjsNode } from "./runtime/native/load.js";
  const { tf } = loadTfjsNode();
  const random = (shape, seed) => tf.randomUniform(shape, -1, 1, "float32", seed);
  for (const [x, filter, stride, padding, dilation] of ${JSON.stringify(cases)}) {
    const [images, kernel] = [random(x, 1), random(filter, 2)];
    const convolve = (a, b) => tf.conv2d(a, b, stride, padding, "NHWC", dilation);
    const y = convolve(images, kernel);
    const found = [y, ...(dilation === 1 ? tf.grads(convolve)([images, kernel], random(y.shape, 3)) : [])];
    console.log(JSON.stringify(found.map((tensor) => Array.from(tensor.dataSync()))));
  }`;

function computed(kernels: string): number[][][] {
  const command = ["--import", "tsx", "--conditions=shapewright-source", "--input-type=module", "-e", script];
  const { TF_CPP_MIN_LOG_LEVEL: _, ...own } = process.env;
  const env = { ...own, SHAPEWRIGHT_KERNELS: kernels };
  const { stdout, stderr } = spawnSync(process.execPath, command, { encoding: "utf8", env, maxBuffer: 1 << 30 });
  expect(stderr).toBe("");
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

describe.skipIf(!testedBackends.includes("tensorflow"))("kernels of our own", () => {
  const machine = thisMachine();
  const { folder } = testedBackends.includes("tensorflow") ? (loadTfjsNode() as LoadedTfjsNode) : { folder: "" };
  // As `doctor --fix` does, which a test that is run alone does not begin with.
  beforeAll(() => compileOurs(folder, machine));

  test("convolutions and their gradients have TensorFlow's numbers", () => {
    expect(hasKernels(folder, machine)).toBe(true);
    const [own, tensorflow] = [computed(""), computed("tensorflow")];
    expect(own).toHaveLength(cases.length);
    own.forEach((results, index) => {
      results.forEach((values, result) => {
        const others = tensorflow[index]![result]!;
        expect(values).toHaveLength(others.length);
        const size = Math.max(1, ...others.slice(0, 1000).map(Math.abs));
        const worst = values.reduce((most, value, i) => Math.max(most, Math.abs(value - others[i]!)), 0);
        expect([index, result, worst < 2e-5 * size]).toEqual([index, result, true]);
      });
    });
  });
});

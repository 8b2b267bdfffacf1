import { expect } from "vitest";
import { elementCount, generate, type NdArray } from "../../src/ir/array.js";
import type { Node } from "../../src/ir/node.js";
import { random } from "../../src/ir/random.js";
import { builder as b } from "../../src/ops/builder.js";
import { callReference, computationFor } from "./computation.js";

/** How far each input is moved: a compromise between float32's rounding and the curvature of the functions. */
const step = 4e-3;

/** How far a slope may be from that of differences, absolute below 1 and relative above. */
export const slopeTolerance = 4e-3;

/** Σ output · random weights: a scalar that every element of the output has its own part in. */
export function projected(output: Node, seed: number): Node {
  const generator = random(seed, "projection");
  const weights = generate(output.shape as number[], "float32", () => generator.normal());
  const product = b.op("multiply", [output, b.constant(weights)]);
  return b.op("sum", [product], { axes: output.shape.map((_, axis) => axis), keepDims: false });
}

/** The value of a scalar node for arrays of its inputs, on the reference kernels. */
export function evaluatorOf(y: Node, inputs: readonly Node[]): (arrays: readonly NdArray[]) => number {
  const computation = computationFor(inputs, { y });
  return (arrays) => callReference(computation, arrays).y!.data[0] as number;
}

/** (f(x + h) - f(x - h)) / 2h, for each element of one input. */
export function centralDifferences(
  f: (inputs: readonly NdArray[]) => number,
  inputs: readonly NdArray[],
  which: number,
): number[] {
  const moved = (index: number, by: number) =>
    f(
      inputs.map((x, i) =>
        i === which ? { ...x, data: x.data.map((v: number, j: number) => (j === index ? v + by : v)) } : x,
      ),
    );
  const count = elementCount(inputs[which]!.shape);
  return Array.from({ length: count }, (_, i) => (moved(i, step) - moved(i, -step)) / (2 * step));
}

/** Asserts that slopes are those that differences gave. */
export function expectSlopes(actual: NdArray, wanted: readonly number[], what: string): void {
  wanted.forEach((slope, i) => {
    const error = Math.abs((actual.data[i] as number) - slope);
    if (!(error <= slopeTolerance * Math.max(1, Math.abs(slope)))) {
      expect.fail(`${what}, element ${i}: the rule says ${actual.data[i]}, differences say ${slope}`);
    }
  });
}

import type { NdArray } from "../../ir/array.js";

/** Samples of an op without attributes: the inputs of each. */
export function plainSamples(...inputs: readonly (readonly NdArray[])[]) {
  return inputs.map((inputs) => ({ inputs, attributes: {} }));
}

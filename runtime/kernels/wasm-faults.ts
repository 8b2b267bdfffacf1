import type { TensorInfo } from "../../src/ir/tfjs-lowering.js";

type Inputs = Readonly<Record<string, TensorInfo | readonly TensorInfo[]>>;
type Attributes = Readonly<Record<string, unknown>>;

/**
 * Kernels of tfjs's wasm backend (4.22) that give wrong numbers, and when. The cpu backend's are run in their place;
 * the tests of kernels fail on each of these without it.
 */
const faults: Readonly<Record<string, (inputs: Inputs, attributes: Attributes) => boolean>> = {
  // Adds the wrong bias to every row but the first when an operand is read transposed.
  _FusedMatMul: (_, { transposeA, transposeB }) => Boolean(transposeA || transposeB),
  // Writes four bytes for each boolean, past the end of its memory.
  Select: ({ t }) => (t as TensorInfo).dtype === "bool",
  // Reads four bytes for each boolean.
  Reverse: ({ x }) => (x as TensorInfo).dtype === "bool",
  // Takes an integer by way of float32, and NaN for a value that it has had before.
  PadV2({ x }, { constantValue }) {
    const [value, { dtype }] = [constantValue as number, x as TensorInfo];
    return Number.isNaN(value) || (dtype === "int32" && Math.fround(value) !== value);
  },
  // Of numbers below 1e-6 the sine has the wrong sign, or is 0; of large ones both are other angles'.
  Sin: () => true,
  Cos: () => true,
  // Adds 1 and takes the logarithm: of a small number nothing is left.
  Log1p: () => true,
};

/** Axes beyond these, the kernels of most ops leave out, or read other memory. Products of no elements are what memory holds, too. */
const mostAxes = 6;

/** Whether the wasm backend's kernel gives wrong numbers here. */
export function isFaulty(kernel: string, inputs: Inputs, attributes: Attributes): boolean {
  const tensors = Object.values(inputs).flat() as TensorInfo[];
  if (kernel !== "Reshape" && tensors.some(({ shape }) => shape.length > mostAxes || shape.includes(0))) return true;
  return faults[kernel]?.(inputs, attributes) ?? false;
}

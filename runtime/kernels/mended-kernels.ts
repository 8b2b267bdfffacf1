import type { DType } from "../../src/ir/dtype.js";
import type { TensorInfo } from "../../src/ir/tfjs-lowering.js";
import { power } from "../../src/ops/shared/power.js";
import { toInt32 } from "../../src/ops/shared/toInt32.js";
import type { Attributes, Inputs, Mended } from "./mended/mended.js";
import { fusedOnWasm, hasNaN, keepingNaN, passingOverNaN } from "./mended/not-a-number.js";
import { negative, ofIntegers, scalar, step } from "./mended/numbers.js";
import { onHost } from "./mended/onHost.js";
import { averagingAll, largestAll } from "./mended/pools.js";
import { longMean, longSum, ofNothing } from "./mended/reductions.js";
import type { PlainRunner } from "./plain-runner.js";

/**
 * Kernels of tfjs's portable backends (4.22) that give other numbers than TensorFlow's, and what is computed in their place. What the
 * cpu backend's kernel does right in the wasm backend's place is in `wasm-faults.ts`. tfjs-node's kernels are TensorFlow's.
 */
export const mendedKernels: Readonly<Record<string, Readonly<Record<string, Mended>>>> = {
  wasm: {
    // Taking the larger of two, wasm's instructions keep a NaN only of the first, and some do so by its sign.
    Relu: (k, { x }) => (hasNaN(k, x!) ? k.plain("Maximum", { a: x!, b: scalar(k, 0) }) : undefined),
    Relu6(k, { x }) {
      if (!hasNaN(k, x!)) return undefined;
      return k.plain("Minimum", { a: k.plain("Maximum", { a: x!, b: scalar(k, 0) }), b: scalar(k, 6) });
    },
    Maximum: (k, { a, b }) => keepingNaN(k, "Maximum", a!, b!),
    Minimum: (k, { a, b }) => keepingNaN(k, "Minimum", a!, b!),
    _FusedMatMul: fusedOnWasm("_FusedMatMul"),
    FusedConv2D: fusedOnWasm("FusedConv2D"),
    // 0 from -1e-7 to 1e-7, and of NaN.
    Sign: (k, { x }) =>
      ofIntegers(x!, () => onHost(k, [x!], Math.sign)) ??
      k.plain("Sub", { a: step(k, x!), b: step(k, k.plain("Neg", { x: x! })) }),
    // By way of float32.
    Abs: (k, { x }) => ofIntegers(x!, () => k.plain("Maximum", { a: x!, b: negative(k, x!) })),
    Neg: (k, { x }) => ofIntegers(x!, () => negative(k, x!)),
    // One number is added to another until it is too large for the next to count.
    Sum: (k, { x }, attributes) => ofNothing(k, x!, attributes, 0) ?? longSum(k, x!, attributes),
    Mean: (k, { x }, attributes) => ofNothing(k, x!, attributes, Number.NaN) ?? longMean(k, x!, attributes),
    Max: (k, { x }, attributes) => ofNothing(k, x!, attributes, Number.NEGATIVE_INFINITY),
    ArgMax: passingOverNaN,
    AvgPool: averagingAll,
    MaxPool: largestAll,
    PadV2: withMinusZero,
    Cast: wholeNumbers,
  },
  cpu: {
    Mean: (k, { x }, attributes) => ofNothing(k, x!, attributes, Number.NaN),
    Max: (k, { x }, attributes) => ofNothing(k, x!, attributes, Number.NEGATIVE_INFINITY),
    Sign: (k, { x }) => onHost(k, [x!], (value) => Math.sign(value) + 0),
    Abs: (k, { x }) => ofIntegers(x!, () => onHost(k, [x!], Math.abs)),
    Square: (k, { x }) => ofIntegers(x!, () => onHost(k, [x!], (value) => Math.imul(value, value))),
    Multiply: (k, { a, b }) => ofIntegers(a!, () => onHost(k, [a!, b!], Math.imul)),
    Pow: (k, { a, b }) => onHost(k, [a!, b!], power),
    // The same array under the name of another dtype.
    Cast(k, { x }, { dtype }) {
      if (dtype === "bool") return undefined;
      return wholeNumbers(k, { x: x! }, { dtype }) ?? k.tensor(k.read(x!), x!.shape, dtype as DType);
    },
    ArgMax: passingOverNaN,
    MaxPool: largestAll,
    PadV2: withMinusZero,
  },
};

/** What int32 has no place for, JavaScript's arrays wrap around. */
function wholeNumbers(k: PlainRunner, { x }: Inputs, { dtype }: Attributes): TensorInfo | undefined {
  if (dtype !== "int32" || x!.dtype !== "float32") return undefined;
  const from = k.read(x!);
  const to = new Int32Array(from.length);
  // Int32Array.from with a function goes through an iterator, which takes many times as long.
  for (let i = 0; i < to.length; i++) to[i] = toInt32(from[i]!);
  return k.tensor(to, x!.shape, "int32");
}

/** Of 0 and -0, tfjs's kernels pad with 0. */
function withMinusZero(k: PlainRunner, { x }: Inputs, attributes: Attributes): TensorInfo | undefined {
  if (!Object.is(attributes.constantValue, -0) || x!.dtype !== "float32") return undefined;
  const negated = k.plain("PadV2", { x: k.plain("Neg", { x: x! }) }, { ...attributes, constantValue: 0 });
  return k.plain("Neg", { x: negated });
}

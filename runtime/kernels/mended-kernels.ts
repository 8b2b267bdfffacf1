import { backend_util } from "@tensorflow/tfjs-core";
import { elementCount } from "../../src/ir/array.js";
import { allocate, type DType } from "../../src/ir/dtype.js";
import type { KernelRunner, TensorInfo } from "../../src/ir/tfjs-lowering.js";
import { power } from "../../src/ops/shared/power.js";
import { broadcastIndex } from "../../src/ops/shared/strides.js";
import type { PlainRunner } from "./plain-runner.js";
import { sumInParts } from "./sumInParts.js";

type Inputs = Readonly<Record<string, TensorInfo>>;
type Attributes = Readonly<Record<string, unknown>>;

/** What stands in for a kernel; `undefined` where the kernel itself is right. */
type Mended = (k: PlainRunner, inputs: Inputs, attributes: Attributes) => TensorInfo | undefined;

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
    Sign: (k, { x }) => k.plain("Sub", { a: step(k, x!), b: step(k, k.plain("Neg", { x: x! })) }),
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
    Cast: (k, { x }, { dtype }) => (dtype === "bool" ? undefined : k.tensor(k.read(x!), x!.shape, dtype as DType)),
    ArgMax: passingOverNaN,
    MaxPool: largestAll,
    PadV2: withMinusZero,
  },
};

function scalar(k: KernelRunner, value: number): TensorInfo {
  return k.tensor([value], [], "float32");
}

/** For int32 alone. */
function ofIntegers(x: TensorInfo, compute: () => TensorInfo): TensorInfo | undefined {
  return x.dtype === "int32" ? compute() : undefined;
}

/** -x, wrapped around as int32 is. */
function negative(k: PlainRunner, x: TensorInfo): TensorInfo {
  return k.plain("Sub", { a: k.tensor([0], [], "int32"), b: x });
}

/** Whether there is a NaN among some numbers. It takes about as long as a kernel for their sum. */
function hasNaN(k: PlainRunner, x: TensorInfo): boolean {
  return Number.isNaN(largestIn(k, x));
}

/** The largest of some float32 numbers, NaN where there is one; 0 of no numbers. */
function largestIn(k: PlainRunner, x: TensorInfo): number {
  const count = elementCount(x.shape);
  if (x.dtype !== "float32" || count === 0) return 0;
  const largest = k.plain("Max", { x: k.reshape(x, [count]) }, { reductionIndices: [0], keepDims: false });
  return k.read(largest)[0]!;
}

/** 1 for what is above 0, and 0 for what is not. */
function step(k: PlainRunner, x: TensorInfo): TensorInfo {
  return k.plain("Step", { x }, { alpha: 0 });
}

/** The larger or the smaller of two, with the NaNs of b, which the kernel passes over. */
function keepingNaN(
  k: PlainRunner,
  kernel: "Maximum" | "Minimum",
  a: TensorInfo,
  b: TensorInfo,
): TensorInfo | undefined {
  if (!hasNaN(k, b)) return undefined;
  const chosen = k.plain(kernel, { a, b });
  const wide = k.broadcast(b, chosen.shape);
  return k.plain("Select", { condition: k.plain("Equal", { a: wide, b: wide }), t: chosen, e: wide });
}

/**
 * A fused kernel takes a bias by the shape of its memory, so one that was reshaped is copied; and where the activation hides a
 * NaN, it runs after the kernel.
 */
function fusedOnWasm(kernel: string): Mended {
  return (k, inputs, attributes) => {
    const { bias } = inputs;
    const own = k.shapeOfMemory(bias!).length === 1 ? bias : k.plain("Slice", { x: bias! }, { begin: [0], size: [-1] });
    const after = { relu: "Relu", relu6: "Relu6" }[attributes.activation as string];
    if (!after && own === bias) return undefined;
    const y = k.plain(kernel, { ...inputs, bias: own! }, { ...attributes, ...(after && { activation: "linear" }) });
    return after ? k.run(after, { x: y }) : y;
  };
}

/** A reduction of no elements. The wasm backend reads what is beyond them. */
function ofNothing(k: KernelRunner, x: TensorInfo, attributes: Attributes, value: number): TensorInfo | undefined {
  if (!x.shape.includes(0)) return undefined;
  const axes = (attributes.axis ?? attributes.reductionIndices) as readonly number[];
  const shape = withoutAxes(x.shape, axes, attributes.keepDims);
  // There is no infinite integer: the least stands for it.
  const filled = x.dtype === "int32" ? Math.max(value, -(2 ** 31)) : value;
  return k.tensor(Array(elementCount(shape)).fill(filled), shape, x.dtype);
}

function withoutAxes(shape: readonly number[], axes: readonly number[], keepDims: unknown): number[] {
  return shape.flatMap((size, axis) => (!axes.includes(axis) ? size : keepDims ? 1 : []));
}

function longSum(k: PlainRunner, x: TensorInfo, { axis, keepDims }: Attributes): TensorInfo | undefined {
  const axes = axis as readonly number[];
  const total = sumInParts(k, x, axes);
  return total && keepDims ? k.reshape(total, withoutAxes(x.shape, axes, true)) : total;
}

function longMean(k: PlainRunner, x: TensorInfo, attributes: Attributes): TensorInfo | undefined {
  const total = longSum(k, x, attributes);
  const count = (attributes.axis as readonly number[]).reduce((product, axis) => product * x.shape[axis]!, 1);
  return total && k.plain("RealDiv", { a: total, b: scalar(k, count) });
}

/** Of 0 and -0, tfjs's kernels pad with 0. */
function withMinusZero(k: PlainRunner, { x }: Inputs, attributes: Attributes): TensorInfo | undefined {
  if (!Object.is(attributes.constantValue, -0) || x!.dtype !== "float32") return undefined;
  const negated = k.plain("PadV2", { x: k.plain("Neg", { x: x! }) }, { ...attributes, constantValue: 0 });
  return k.plain("Neg", { x: negated });
}

/** TensorFlow's ArgMax passes NaN over; tfjs's stop at one that comes first. */
function passingOverNaN(k: PlainRunner, { x }: Inputs, attributes: Attributes): TensorInfo | undefined {
  if (!hasNaN(k, x!)) return undefined;
  const least = k.broadcast(scalar(k, Number.NEGATIVE_INFINITY), x!.shape);
  const numbers = k.plain("Select", { condition: k.plain("Equal", { a: x!, b: x! }), t: x!, e: least });
  return k.plain("ArgMax", { x: numbers }, attributes);
}

/**
 * The wasm backend's means are held between the least and the largest number, which makes a number of NaN, and of ∞ - ∞. The means
 * of what is above 0 and of what is below add up to theirs.
 */
function averagingAll(k: PlainRunner, { x }: Inputs, attributes: Attributes): TensorInfo | undefined {
  if (Number.isFinite(largestIn(k, x!))) return undefined;
  const zero = k.broadcast(scalar(k, 0), x!.shape);
  const numbers = k.plain("Select", { condition: k.plain("Equal", { a: x!, b: x! }), t: x!, e: zero });
  const [above, below] = ["Maximum", "Minimum"].map((half) =>
    k.plain("AvgPool", { x: k.plain(half, { a: numbers, b: zero }) }, attributes),
  ) as [TensorInfo, TensorInfo];
  return withNaNs(k, x!, attributes, k.plain("Add", { a: above, b: below }));
}

/** tfjs's kernels pass NaN over, and wasm's takes the least number for a window that begins with one. */
function largestAll(k: PlainRunner, { x }: Inputs, attributes: Attributes): TensorInfo | undefined {
  if (!hasNaN(k, x!)) return undefined;
  const least = k.broadcast(scalar(k, Number.NEGATIVE_INFINITY), x!.shape);
  const numbers = k.plain("Select", { condition: k.plain("Equal", { a: x!, b: x! }), t: x!, e: least });
  return withNaNs(k, x!, attributes, k.plain("MaxPool", { x: numbers }, attributes));
}

/** What was pooled, but NaN for the windows in which there is one. */
function withNaNs(k: PlainRunner, x: TensorInfo, attributes: Attributes, pooled: TensorInfo): TensorInfo {
  const [zero, one] = [0, 1].map((value) => k.broadcast(scalar(k, value), x.shape)) as [TensorInfo, TensorInfo];
  const hidden = k.plain("Select", { condition: k.plain("Equal", { a: x, b: x }), t: zero, e: one });
  const share = k.plain("AvgPool", { x: hidden }, attributes);
  const nan = k.broadcast(scalar(k, Number.NaN), pooled.shape);
  return k.plain("Select", { condition: k.plain("Greater", { a: share, b: scalar(k, 0) }), t: nan, e: pooled });
}

/** A function of elements, with broadcasting, in JavaScript. The result has the operands' dtype. */
function onHost(k: KernelRunner, operands: readonly TensorInfo[], f: (...elements: number[]) => number): TensorInfo {
  const shape = operands.map((x) => x.shape).reduce(backend_util.assertAndGetBroadcastShape);
  const dtype = operands[0]!.dtype;
  const data = allocate(
    dtype,
    shape.reduce((product, size) => product * size, 1),
  );
  const elements = operands.map((x) => {
    const values = k.read(x);
    if (values.length === data.length) return (i: number) => values[i]!;
    const index = broadcastIndex(x.shape, shape);
    return (i: number) => values[index(i)]!;
  });
  const [first, second] = elements;
  for (let i = 0; i < data.length; i++) data[i] = second ? f(first!(i), second(i)) : f(first!(i));
  return k.tensor(data, shape, dtype);
}

import { elementCount, type NdArray } from "../../ir/array.js";
import type { Builder } from "../../ir/builder.js";
import type { Node, Signature } from "../../ir/node.js";
import { refuse } from "../../ir/refuse.js";
import type { TensorflowLowering, TensorRef } from "../../ir/tensorflow-lowering.js";
import type { KernelRunner, TensorInfo } from "../../ir/tfjs-lowering.js";
import type { Dim } from "../../types/dim.js";
import { checkDType } from "../../types/dtype.js";
import { fill } from "../../types/message.js";
import { show } from "../../types/show.js";

/** The attributes that batch normalization and its gradient share. */
export interface Epsilon {
  /** Added to the variance, so that nothing is divided by 0. */
  readonly epsilon: number;
}

export const noChannels = "{op}: takes an input with a batch axis and channels, got {shape}";

/** The message where vectors do not have a number for each channel, the last axis of x. */
function checkChannels(op: string, x: readonly Dim[], vectors: readonly (readonly Dim[])[]): string | undefined {
  if (x.length < 2) return fill(noChannels, { op, shape: show(x) });
  const wrong = vectors.find((shape) => shape.length !== 1 || shape[0] !== x.at(-1));
  return wrong && `${op}: ${show(wrong)} is no vector with a number for each channel of ${show(x)}`;
}

/** Refuses what is no input of a normalization: x, and vectors with a number for each channel. */
export function checkNormalized(op: string, x: Signature, vectors: readonly Signature[]): void {
  for (const { dtype } of [x, ...vectors]) refuse("SW_DTYPE", op, checkDType(op, dtype, ["float32"]));
  const shapes = vectors.map(({ shape }) => shape);
  refuse("SW_SHAPE", op, checkChannels(op, x.shape, shapes));
}

/** All axes but the channels'. */
export function axesOf({ shape }: { readonly shape: readonly unknown[] }): number[] {
  return shape.slice(1).map((_, axis) => axis);
}

/** Arithmetic on nodes whose last axis is the channels'. */
export function channelwise(b: Builder, like: Node) {
  const axes = axesOf(like);
  return {
    plus: (x: Node, y: Node) => b.op("add", [x, y]),
    minus: (x: Node, y: Node) => b.op("subtract", [x, y]),
    times: (...factors: readonly Node[]) => factors.reduce((product, factor) => b.op("multiply", [product, factor])),
    over: (x: Node, y: Node) => b.op("divide", [x, y]),
    /** Σ over all that a channel has. */
    sum: (x: Node) => b.op("sum", [x], { axes, keepDims: false }),
    /** 1 / √(variance + ε). */
    inverse: (variance: Node, epsilon: number) =>
      b.op("divide", [b.scalar(1), b.op("sqrt", [b.op("add", [variance, b.scalar(epsilon)])])]),
    /** How many numbers a channel has. */
    count: b.size(like.shape.slice(0, -1)),
  };
}

const float = { type: "float32" } as const;

/** x as TensorFlow's fused op takes it, with four axes. */
export function asImages(t: TensorflowLowering, x: TensorRef, shape: readonly Dim[]): TensorRef {
  return shape.length === 4 ? x : t.reshape(x, [t.product(shape.slice(0, -1)), 1, 1, shape.at(-1)!]);
}

/** TensorFlow's fused normalization; its outputs are y, mean, variance, and what its gradient is handed. */
export function fusedBatchNorm(
  t: TensorflowLowering,
  [x, gamma, beta, mean, variance]: readonly TensorRef[],
  { epsilon }: Epsilon,
  training: boolean,
): TensorRef {
  const attributes = { T: float, U: float, epsilon: { float: epsilon }, is_training: { bool: training } };
  return t.op("FusedBatchNormV3", [x!, gamma!, beta!, mean!, variance!], attributes, 6);
}

/** γ · (x - mean) / √(variance + ε) + β, by tfjs's kernel. */
export function normalizedByTfjs(k: KernelRunner, inputs: readonly TensorInfo[], { epsilon }: Epsilon): TensorInfo {
  const [x, scale, offset, mean, variance] = inputs;
  const images = k.reshape(x!, [rowsOf(x!), 1, 1, x!.shape.at(-1)!]);
  const given = { x: images, scale: scale!, offset: offset!, mean: mean!, variance: variance! };
  return k.reshape(k.run("FusedBatchNorm", given, { varianceEpsilon: epsilon }), x!.shape);
}

/** How many numbers each channel has. */
export function rowsOf({ shape }: { readonly shape: readonly number[] }): number {
  return elementCount(shape.slice(0, -1));
}

/** For each channel, the sum of a function of the index of each of its elements. */
export function sumsOf({ shape, data }: NdArray, term: (index: number, channel: number) => number): number[] {
  const channels = shape.at(-1)!;
  const sums: number[] = Array(channels).fill(0);
  for (let i = 0; i < data.length; i++) sums[i % channels]! += term(i, i % channels);
  return sums;
}

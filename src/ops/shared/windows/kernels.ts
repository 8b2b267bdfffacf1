import type { Dim } from "../../../types/dim.js";

/** A value of some target with its shape. */
export interface Sized<V> {
  readonly value: V;
  readonly shape: readonly Dim[];
}

/** Windows as the targets' own kernels take them: without numbers for the padding, dilated where the kernel can be. */
export interface KernelWindow {
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly padding: "same" | "valid";
}

/** The same for a pool. */
export interface KernelPool {
  readonly poolSize: readonly number[];
  readonly strides: readonly number[];
  readonly padding: "same" | "valid";
}

/** The kernels for moving numbers that windows of any kind are put together with. */
export interface MovingKernels<V> {
  reshape(x: Sized<V>, shape: readonly Dim[]): Sized<V>;
  transpose(x: Sized<V>, permutation: readonly number[]): Sized<V>;
  pad(x: Sized<V>, paddings: readonly (readonly [number, number])[], value: number): Sized<V>;
  slice(x: Sized<V>, begin: readonly number[], size: readonly Dim[]): Sized<V>;
  reverse(x: Sized<V>, axes: readonly number[]): Sized<V>;
  /** Along each axis the first place, and then one of so many. */
  everyNth(x: Sized<V>, strides: readonly number[]): Sized<V>;
  concat(parts: readonly Sized<V>[], axis: number): Sized<V>;
}

/** A target's kernels for convolutions: over two axes, and over three without dilations. */
export interface ConvolutionKernels<V> extends MovingKernels<V> {
  convolve(x: Sized<V>, filter: Sized<V>, window: KernelWindow): Sized<V>;
  /** Without dilations. */
  inputGradient(dy: Sized<V>, filter: Sized<V>, inputShape: readonly Dim[], window: KernelWindow): Sized<V>;
  /** Without dilations. */
  filterGradient(x: Sized<V>, dy: Sized<V>, filterShape: readonly Dim[], window: KernelWindow): Sized<V>;
  /** Over two axes with one stride and without dilations; the filter is [height, width, channels, filters of each]. So are its gradients. */
  depthwise: Omit<ConvolutionKernels<V>, "depthwise" | keyof MovingKernels<V>>;
}

/** A target's kernels for pools over two axes. */
export interface PoolKernels<V> extends MovingKernels<V> {
  maxPool(x: Sized<V>, pool: KernelPool): Sized<V>;
  maxPoolGradient(x: Sized<V>, y: Sized<V>, dy: Sized<V>, pool: KernelPool): Sized<V>;
  /** The elements of `values` that stand where x has each window's maximum. */
  maxPoolGather(x: Sized<V>, values: Sized<V>, pool: KernelPool): Sized<V>;
  averagePool(x: Sized<V>, pool: KernelPool): Sized<V>;
  averagePoolGradient(dy: Sized<V>, inputShape: readonly Dim[], pool: KernelPool): Sized<V>;
  ones(shape: readonly Dim[]): Sized<V>;
  divide(a: Sized<V>, b: Sized<V>): Sized<V>;
}

/** A convolution and its two gradients. */
export interface Convolution<V> {
  forward(x: Sized<V>, filter: Sized<V>): Sized<V>;
  inputGradient(dy: Sized<V>, filter: Sized<V>, inputShape: readonly Dim[]): Sized<V>;
  filterGradient(x: Sized<V>, dy: Sized<V>, filterShape: readonly Dim[]): Sized<V>;
}

import type { FloorDivideDims, Plus, Times } from "../types/arithmetic.js";
import type { LastDim } from "../types/axis.js";
import type { Shape } from "../types/dim.js";

// How many numbers the weights of layers hold, as types. Where a size is not known, `number`.

/** A size that is counted: of one with a name it is not known how much that is. */
type Counted<N> = N extends number ? N : number;

/** The sum of two counts. */
export type Sum<A, B> = Counted<Plus<Counted<A>, Counted<B>>>;

/** The product of two counts. */
export type Product<A, B> = Counted<Times<Counted<A>, Counted<B>>>;

/** So many numbers, if there are any. */
export type If<Has, N> = boolean extends Has ? number : Has extends true ? N : 0;

/** A kernel from the last axis of a shape to so many units, and a bias. */
export type KernelAndBias<S, Units, HasBias> = S extends Shape
  ? Sum<Product<LastDim<S>, Units>, If<HasBias, Units>>
  : number;

/** A convolution's filters, each of which sees the channels of its group, and their biases. */
export type ConvolutionWeights<S, Places, Filters, Groups extends number, HasBias> = S extends Shape
  ? Sum<Product<Product<Places, FloorDivideDims<LastDim<S>, Groups>>, Filters>, If<HasBias, Filters>>
  : number;

/** How many places a window of `Rank` axes has: of one size along all axes, or of one for each. */
export type PlacesOf<Size, Rank extends 1 | 2 | 3> = Size extends number
  ? { 1: Size; 2: Product<Size, Size>; 3: Product<Size, Product<Size, Size>> }[Rank]
  : Size extends readonly [infer A]
    ? A
    : Size extends readonly [infer A, infer B]
      ? Product<A, B>
      : Size extends readonly [infer A, infer B, infer C]
        ? Product<A, Product<B, C>>
        : number;

/** As many numbers for each channel, the last axis, as are asked for. */
export type ForChannels<S, N> = S extends Shape ? Product<LastDim<S>, N> : number;

import type { DType } from "../../ir/dtype.js";
import type { Tensor } from "../../ir/tensor.js";
import { floorDivideDims, type PartOf, type SubtractDims, subtractDims } from "../../types/arithmetic.js";
import { type DimAt, dimAt, type ReplaceAxis } from "../../types/axis.js";
import type { Add, Compare, Divide } from "../../types/digits.js";
import type { Dim, IsUnknown, Same, SameBeside, Shape } from "../../types/dim.js";
import { fill, type Message } from "../../types/message.js";
import { type Show, type ShowDim, show } from "../../types/show.js";
import type { IsNoSize } from "./windows/sizes.js";

/** How an axis is split: the number of equal parts, or the size of each, of which one may be -1 for what the others leave. */
export type Parts = number | readonly number[];

/** The parts of a tensor, as a tuple where their number is known. */
export type Split<S extends Shape, D extends DType, P, A extends number> = P extends number
  ? Repeat<P, Tensor<ReplaceAxis<S, A, PartOf<DimAt<S, A>, P>>, D>>
  : P extends readonly unknown[]
    ? PartsOf<S, D, A, Filled<DimAt<S, A>, P>>
    : never;

/** Runtime twin of `Split`: the sizes along the axis. */
export function partSizes(dim: Dim, parts: Parts): Dim[] {
  if (typeof parts === "number") return Array.from({ length: parts }, () => floorDivideDims(dim, parts));
  const rest = parts.reduce<Dim>((left, size) => (size === -1 ? left : subtractDims(left, size)), dim);
  return parts.map((size) => (size === -1 ? rest : size));
}

/** More parts than this are a list, not a tuple. */
type MostParts = 128;

/** So many of one kind, as a tuple where their number is known and not large. */
export type Repeat<N extends number, X, Done extends X[] = []> =
  IsUnknown<N> extends true
    ? X[]
    : Done["length"] extends N
      ? Done
      : Done["length"] extends MostParts
        ? X[]
        : Repeat<N, X, [...Done, X]>;

type PartsOf<S extends Shape, D extends DType, A extends number, Z> = {
  -readonly [I in keyof Z]: Tensor<ReplaceAxis<S, A, { n: Z[I] } extends { n: infer N extends Dim } ? N : number>, D>;
};

/** The sizes with what is left in the place of -1, which no type parameter is. */
type Filled<D extends Dim, P extends readonly unknown[]> = number extends P["length"]
  ? number[]
  : FillRest<P, Rest<D, P>>;

type FillRest<P extends readonly unknown[], R> = {
  -readonly [I in keyof P]: SameBeside<P[I], -1, P> extends true ? R : P[I];
};

type Rest<D extends Dim, P> = P extends readonly [infer N extends number, ...infer Others]
  ? Rest<N extends -1 ? D : SubtractDims<D, N>, Others>
  : D;

export const noParts = "split: {n} is not a number of parts; give a positive integer";
export const noSizes = "split: sizes {to} must be positive integers, of which one may be -1";
export const unequalParts = "{op}: axis {axis} of {shape} does not divide into {n} parts";
export const nothingLeft = "split: sizes {to} leave nothing of axis {axis} of {shape}";
export const otherTotal = "split: sizes {to} add up to {m}, axis {axis} of {shape} is {n}";

/** `unknown` where the axis comes apart in so many equal parts, else the message. `Now` settles it within generic functions. */
export type CheckEqualParts<Op extends string, S extends Shape, P extends number, A extends number, Now> =
  SameBeside<HasRest<DimAt<S, A>, P>, "yes", Now> extends true
    ? Message<typeof unequalParts, { op: Op; axis: A; shape: Show<S>; n: P }>
    : unknown;

/** Runtime twin of `CheckEqualParts`, for an axis that `checkAxis` has accepted. */
export function checkEqualParts(op: string, shape: readonly Dim[], parts: number, axis: number): string | undefined {
  const dim = dimAt(shape, axis);
  if (typeof dim !== "number" || dim % parts === 0) return undefined;
  return fill(unequalParts, { op, axis, shape: show(shape), n: parts });
}

/** `unknown` where the axis comes apart so, else the message. `Now` settles it within generic functions. */
export type CheckSplit<S extends Shape, P, A extends number, Now> = P extends number
  ? SameBeside<IsNoSize<P>, true, Now> extends true
    ? Message<typeof noParts, { n: P }>
    : CheckEqualParts<"split", S, P, A, Now>
  : P extends readonly []
    ? Message<typeof noSizes, { to: "[]" }>
    : SameBeside<FaultOf<P, DimAt<S, A>>, "nothing left", Now> extends true
      ? Message<typeof nothingLeft, { to: Show<Mutable<P>>; axis: A; shape: Show<S> }>
      : SameBeside<FaultOf<P, DimAt<S, A>>, "other total", Now> extends true
        ? Message<
            typeof otherTotal,
            { to: Show<Mutable<P>>; m: Total<P>; axis: A; shape: Show<S>; n: ShowDim<DimAt<S, A>> }
          >
        : unknown;

/** What is wrong with the sizes of parts. */
type FaultOf<P, D> = P extends readonly number[]
  ? number extends P["length"] | P[number]
    ? "unknown"
    : -1 extends P[number]
      ? Fills<Total<P>, D> extends "yes"
        ? "nothing left"
        : "none"
      : Differs<Total<P>, D> extends "yes"
        ? "other total"
        : "none"
  : "unknown";

/** The message for parts that no axis has, if there is one. */
export function checkParts(parts: Parts): string | undefined {
  if (typeof parts === "number") return isCount(parts) ? undefined : fill(noParts, { n: parts });
  const known = parts.filter((size) => size !== -1);
  const areSizes = parts.length > 0 && parts.length - known.length <= 1 && known.every(isCount);
  return areSizes ? undefined : fill(noSizes, { to: show(parts) });
}

/** Runtime twin of `CheckSplit`, for parts that `checkParts` and an axis that `checkAxis` has accepted. */
export function checkSplit(shape: readonly Dim[], parts: Parts, axis: number): string | undefined {
  const dim = dimAt(shape, axis);
  if (typeof parts === "number") return checkEqualParts("split", shape, parts, axis);
  const known = parts.filter((size) => size !== -1);
  const total = known.reduce((sum, size) => sum + size, 0);
  if (known.length < parts.length) {
    const fits = typeof dim !== "number" || total < dim;
    return fits ? undefined : fill(nothingLeft, { to: show(parts), axis, shape: show(shape) });
  }
  if (typeof dim !== "number" || total === dim) return undefined;
  return fill(otherTotal, { to: show(parts), m: total, axis, shape: show(shape), n: dim });
}

function isCount(size: number): boolean {
  return Number.isInteger(size) && size > 0;
}

type Mutable<P> = { -readonly [I in keyof P]: P[I] };

type Total<P, Done extends number = 0> = P extends readonly [infer N extends number, ...infer Others]
  ? Total<Others, N extends -1 ? Done : Add<Done, N>>
  : Done;

type HasRest<D, P extends number> = D extends number
  ? true extends IsUnknown<D> | IsUnknown<P>
    ? "unknown"
    : Divide<D, P> extends [number, 0]
      ? "no"
      : "yes"
  : "unknown";

type Differs<N extends number, D> = D extends number
  ? IsUnknown<D> extends true
    ? "unknown"
    : Same<N, D> extends true
      ? "no"
      : "yes"
  : "unknown";

type Fills<N extends number, D> = D extends number
  ? IsUnknown<D> extends true
    ? "unknown"
    : Compare<N, D> extends "less"
      ? "no"
      : "yes"
  : "unknown";

import { type SubtractDims, subtractDims } from "../../types/arithmetic.js";
import { type DimAt, dimAt } from "../../types/axis.js";
import type { Compare } from "../../types/digits.js";
import type { Batched, Dim, IsUnknown, Same, SameBeside, Shape } from "../../types/dim.js";
import { fill, type Message } from "../../types/message.js";
import type { RemoveAxes } from "../../types/reduce.js";
import { type Show, type ShowDim, show } from "../../types/show.js";

/** The shape without two axes, and with their K-th diagonal as the last one. */
export type Diagonal<S extends Shape, K extends number, A extends number, B extends number> = Batched<
  RemoveAxes<S, [A, B]>,
  [DiagonalSize<DimAt<S, A>, DimAt<S, B>, K>]
>;

/** How long the K-th diagonal of N rows and M columns is. */
export type DiagonalSize<N extends Dim, M extends Dim, K extends number> =
  IsUnknown<K> extends true
    ? number
    : Same<N, M> extends true
      ? SubtractDims<N, SizeOf<K>>
      : true extends IsUnknown<N> | IsUnknown<M>
        ? number
        : `${K}` extends `-${infer L extends number}`
          ? Shorter<SubtractDims<N, L>, M>
          : Shorter<N, SubtractDims<M, K>>;

export function diagonalSize(n: Dim, m: Dim, k: number): Dim {
  if (n === m) return subtractDims(n, Math.abs(k));
  return Math.min(...(k < 0 ? [(n as number) + k, m as number] : [n as number, (m as number) - k]));
}

/** The number without its sign. */
export type SizeOf<K extends number> = `${K}` extends `-${infer L extends number}` ? L : K;

type Shorter<N, M> = N extends number ? (M extends number ? (Compare<N, M> extends "less" ? N : M) : number) : number;

export const outsideMatrix = "{op}: diagonal {k} is outside of the {n} rows and {m} columns of {shape}";
export const noShorter = "{op}: whether the {n} rows or the {m} columns of {shape} are fewer is not known";

/** `unknown` where there is such a diagonal, else the message. `Now` settles it within generic functions. */
export type CheckDiagonal<
  Op extends string,
  S extends Shape,
  K extends number,
  A extends number,
  B extends number,
  Now,
> = DiagonalFault<Place<DimAt<S, A>, DimAt<S, B>, K>, Op, S, K, DimAt<S, A>, DimAt<S, B>, Now>;

type DiagonalFault<P, Op extends string, S extends Shape, K extends number, N, M, Now> =
  SameBeside<P, "outside", Now> extends true
    ? Message<typeof outsideMatrix, { op: Op; k: K; n: ShowDim<N>; m: ShowDim<M>; shape: Show<S> }>
    : SameBeside<P, "open", Now> extends true
      ? Message<typeof noShorter, { op: Op; n: ShowDim<N>; m: ShowDim<M>; shape: Show<S> }>
      : unknown;

type Place<N, M, K extends number> = true extends IsUnknown<N> | IsUnknown<M> | IsUnknown<K>
  ? "unknown"
  : `${K}` extends `${string}.${string}`
    ? "unknown"
    : N extends number
      ? M extends number
        ? Compare<SizeOf<K>, `${K}` extends `-${string}` ? N : M> extends "less"
          ? "inside"
          : "outside"
        : "open"
      : Same<N, M> extends true
        ? "inside"
        : "open";

/** Runtime twin of `CheckDiagonal`. For axes that `checkAxes` has accepted. */
export function checkDiagonal(op: string, shape: readonly Dim[], k: number, a: number, b: number): string | undefined {
  const [n, m] = [dimAt(shape, a), dimAt(shape, b)];
  const fields = { op, n, m, shape: show(shape) };
  if (typeof n === "number" && typeof m === "number") {
    return Math.abs(k) < (k < 0 ? n : m) ? undefined : fill(outsideMatrix, { ...fields, k });
  }
  return n === m ? undefined : fill(noShorter, fields);
}

import type { Dim, IsUnknown, SameNow, SplitFirst } from "./dim.js";

/**
 * A shape as text, for messages. A size that the compiler does not know is `?`, and so is an unknown rank, `[...]`.
 *
 * @example type Text = Show<["batch", 512]>; // "[batch, 512]"
 */
export type Show<S> =
  SplitFirst<S> extends infer Split
    ? Split extends [infer First, infer Rest]
      ? ShowRest<Rest, ShowDim<First, S>, S>
      : Split extends []
        ? "[]"
        : "[...]"
    : never;

/** The same text from a shape at hand: `show(["batch", 512])` is `"[batch, 512]"`. */
export function show(shape: readonly Dim[]): string {
  return `[${shape.join(", ")}]`;
}

/**
 * A single size as text. Within a generic function a type parameter stands for itself, `${N}`, as soon as `Now` is known: a shape is when
 * its rank is.
 */
export type ShowDim<D, Now = D> =
  SameNow<IsUnknown<D>, true, Now> extends true
    ? "?"
    : { d: D } extends { d: infer Known extends Dim }
      ? `${Known}`
      : "?";

type ShowRest<S, Before extends string, Now> =
  SplitFirst<S> extends infer Split
    ? Split extends [infer D, infer Rest]
      ? ShowRest<Rest, `${Before}, ${ShowDim<D, Now>}`, Now>
      : Split extends []
        ? `[${Before}]`
        : "[...]"
    : never;

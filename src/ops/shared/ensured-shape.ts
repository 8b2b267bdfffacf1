import type { Dim, IsUnknown, Same, SameBeside, Shape, SplitFirst } from "../../types/dim.js";
import { fill, type Message } from "../../types/message.js";
import { type Show, show } from "../../types/show.js";

export const neverThatShape = "ensureShape: {from} cannot be {to}";

/** `unknown` where a shape may turn out to be another one, else the message. `Now` settles it within generic functions. */
export type CheckEnsured<S extends Shape, T extends Shape, Now> =
  Differ<S, T, Now> extends true ? Message<typeof neverThatShape, { from: Show<S>; to: Show<T> }> : unknown;

type Differ<S, T, Now> =
  SplitFirst<S> extends infer A
    ? SplitFirst<T> extends infer B
      ? A extends [infer D, infer RestS]
        ? B extends [infer E, infer RestT]
          ? SameBeside<AreNumbers<D, E>, "different", Now> extends true
            ? true
            : Differ<RestS, RestT, Now>
          : B extends []
            ? true
            : false
        : A extends []
          ? B extends [unknown, unknown]
            ? true
            : false
          : false
      : never
    : never;

type AreNumbers<D, E> = D extends number
  ? E extends number
    ? true extends IsUnknown<D> | IsUnknown<E>
      ? "unknown"
      : Same<D, E> extends true
        ? "same"
        : "different"
    : "unknown"
  : "unknown";

/** Runtime twin of `CheckEnsured`. */
export function checkEnsured(shape: readonly Dim[], to: readonly Dim[]): string | undefined {
  const mayBe =
    shape.length === to.length &&
    shape.every((dim, axis) => dim === to[axis] || typeof dim === "string" || typeof to[axis] === "string");
  return mayBe ? undefined : fill(neverThatShape, { from: show(shape), to: show(to) });
}

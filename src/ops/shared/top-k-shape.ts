import { ShapewrightError } from "../../ir/errors.js";
import type { LastDim } from "../../types/axis.js";
import type { Compare } from "../../types/digits.js";
import type { Dim, IsUnknown, SameNow } from "../../types/dim.js";
import { fill, type Message } from "../../types/message.js";
import { type Show, show } from "../../types/show.js";

export const moreThanThereAre = "topK: {n} are more than the last axis of {shape} has";

/** `unknown` where the last axis has K elements, or may have them, else the message. `Now` settles it within generic functions. */
export type CheckTopK<S, K extends number, Now> =
  SameNow<Exceeds<K, LastDim<S>>, "yes", Now> extends true
    ? Message<typeof moreThanThereAre, { n: K; shape: Show<S> }>
    : unknown;

type Exceeds<K extends number, D> = D extends number
  ? true extends IsUnknown<D> | IsUnknown<K>
    ? "unknown"
    : Compare<K, D> extends "greater"
      ? "yes"
      : "no"
  : "unknown";

/** Runtime twin of `CheckTopK`. */
export function checkTopK(shape: readonly Dim[], k: Dim): string | undefined {
  const last = shape.at(-1)!;
  const exceeds = typeof k === "number" && typeof last === "number" && k > last;
  return exceeds ? fill(moreThanThereAre, { n: k, shape: show(shape) }) : undefined;
}

/** The same of an axis of which TensorFlow says how long it is. */
export function tooFew(size: number, k: number): ShapewrightError {
  return new ShapewrightError("SW_SHAPE", `topK: ${k} are more than the ${size} that the last axis has`, "topK");
}

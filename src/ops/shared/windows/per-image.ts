import type { Compatible, CompatibleShapes } from "../../../types/compatible.js";
import type { Dim, Shape } from "../../../types/dim.js";
import { fill, type Message } from "../../../types/message.js";
import { sameShape } from "../../../types/same-shape.js";
import { type Show, show } from "../../../types/show.js";

export const notPerImage = "{op}: {what} is {a}, or {b}: one for each image, got {shape}";

/** `unknown` where a tensor is one of some shape for all images, or has one for each, else the message. */
export type CheckPerImage<
  Op extends string,
  What extends string,
  S extends Shape,
  T extends Shape,
  One extends Shape,
> = number extends T["length"]
  ? unknown
  : Compatible<T, One> extends true
    ? unknown
    : { s: S } extends { s: [infer B extends Dim, ...unknown[]] }
      ? CompatibleShapes<T, [B, ...One]> extends true
        ? unknown
        : Message<typeof notPerImage, { op: Op; what: What; a: Show<One>; b: Show<[B, ...One]>; shape: Show<T> }>
      : unknown;

/** Runtime twin of `CheckPerImage`. */
export function checkPerImage(
  op: string,
  what: string,
  images: readonly Dim[],
  shape: readonly Dim[],
  one: readonly Dim[],
): string | undefined {
  const each = [images[0]!, ...one];
  if (sameShape(shape, one) || sameShape(shape, each)) return undefined;
  return fill(notPerImage, { op, what, a: show(one), b: show(each), shape: show(shape) });
}

import type { Dim } from "../../../types/dim.js";
import type { PoolAttributes } from "./attributes.js";
import { convolved } from "./convolved.js";

/** The shape after a pool: that of a convolution with windows of its size, which leaves the channels as they are. */
export function pooled(x: readonly Dim[], { poolSize, ...window }: PoolAttributes): Dim[] {
  return convolved(x, [...poolSize, x.at(-1)!], window);
}

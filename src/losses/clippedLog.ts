import type { Tensor } from "../ir/tensor.js";
import { clip } from "../ops/clip.js";
import { log } from "../ops/log.js";
import type { Shape } from "../types/dim.js";
import { margin } from "./loss.js";

/** ln p, with p kept a margin away from 0 and 1. */
export function clippedLog<S extends Shape>(p: Tensor<S>): Tensor<S> {
  return log(clip(p, margin, 1 - margin));
}

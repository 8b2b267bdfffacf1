import type { Tensor } from "../../../ir/tensor.js";
import { add } from "../../add.js";
import { at } from "../../at.js";
import { divide } from "../../divide.js";
import { equal } from "../../equal.js";
import { expandDims } from "../../expandDims.js";
import { multiply } from "../../multiply.js";
import { select } from "../../select.js";
import type { Any } from "../composite.js";
import { pixels } from "./pixels.js";
import { type Sampling, sampled } from "./sampled.js";

/**
 * Images of which each pixel comes from where a transform of its place says: x' = (a₀x + a₁y + a₂) / k and y' = (a₃x + a₄y + a₅) / k, with
 * k = a₆x + a₇y + 1; of no place, where k is 0, the value that fills.
 *
 * @param transform [8], or [batch, 8]
 */
export function projected(images: Any, transform: Any, sampling: Sampling): Any {
  const { x, y } = pixels(images);
  /** One number of the transform beside [height, width], or one for each image. */
  const a = (i: number): Any => {
    const number = at(transform, `..., ${i}` as never) as Any;
    return transform.rank === 1 ? number : (expandDims(expandDims(number, -1), -1) as Any);
  };
  const along = (i: number): Any => add(multiply(a(i), x) as Any, multiply(a(i + 1), y) as Any);
  const k: Any = add(along(6), 1);
  const isNowhere: Tensor<any, "bool"> = equal(k, 0);
  const by: Any = select(isNowhere, 1, k);
  const origin = (i: number): Any => divide(add(along(i), a(i + 2)) as Any, by);
  const found = sampled(images, { x: origin(0), y: origin(3) }, sampling);
  return select(expandDims(isNowhere, -1) as Tensor<any, "bool">, sampling.fillValue, found) as Any;
}

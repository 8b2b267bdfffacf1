import type { DType } from "../ir/dtype.js";
import { tensorOf } from "../ir/node.js";
import type { Tensor } from "../ir/tensor.js";
import type { Dim, Shape } from "../types/dim.js";
import type { OrMessage } from "./shared/orMessage.js";
import type { CheckPattern } from "./shared/pattern.js";
import type {
  CheckAxisSizes,
  CheckPatternSizes,
  CheckRearranged,
  PatternSizes,
  Rearranged,
} from "./shared/pattern-shape.js";
import { rearranged } from "./shared/rearranged.js";

/**
 * Axes in another order, taken apart and put together, as a pattern says: einops' `rearrange`.
 *
 * Before the arrow stand the axes of x, behind it those of the result: names, `1`, a group such as `(h w)` for an axis whose size is the
 * product of theirs, or `...` for all axes that are not named, in a group that goes out, too. Of a group that comes in, all sizes but one are said.
 *
 * @param x any dtype
 * @param pattern what comes in, `->`, and what goes out
 * @param sizes sizes of axes that the pattern names
 * @throws SW_VALUE when the pattern cannot be read, or leaves an axis out; SW_SHAPE when x has not these axes, or one does not divide so: of
 * a named size, when the program runs
 * @example
 * const x = input(["batch", "time", 512]);
 * rearrange(x, "b t (h d) -> b h t d", { h: 8 }); // Tensor<["batch", 8, "time", 64], "float32">
 * const images = input(["batch", 224, 224, 3]);
 * rearrange(images, "b (h p) (w q) c -> b (h w) (p q c)", { p: 16, q: 16 }); // Tensor<["batch", 196, 768], "float32">
 */
export function rearrange<
  const S extends Shape,
  D extends DType,
  const P extends string,
  const O extends PatternSizes = Record<never, Dim>,
  Now = "now",
>(
  x: Tensor<S, D> & CheckRearranged<"rearrange", P, S, O, Now>,
  pattern: OrMessage<P, CheckPattern<"rearrange", P>>,
  sizes?: OrMessage<O, CheckPatternSizes<"rearrange", P, O>> & CheckAxisSizes<"rearrange", NoInfer<O>>,
): Tensor<Rearranged<P, S, O>, D> {
  return tensorOf(rearranged("rearrange", x, pattern as string, (sizes === undefined ? {} : sizes) as PatternSizes));
}

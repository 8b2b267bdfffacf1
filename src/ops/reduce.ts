import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { type Node, nodeOf, tensorOf } from "../ir/node.js";
import { checkOption, oneOf, required } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Dim, Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { maxOp } from "./max.js";
import { meanOp } from "./mean.js";
import { minOp } from "./min.js";
import type { FirstMessage } from "./shared/firstMessage.js";
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
import { sumOp } from "./sum.js";

const reductions = { mean: meanOp, sum: sumOp, max: maxOp, min: minOp } as const;
type Reduction = keyof typeof reductions;

/**
 * A tensor without some axes, which may be parts of axes, as a pattern says: einops' `reduce`. The pattern is as `rearrange` takes it; the
 * axes that it names before the arrow alone are taken away.
 *
 * @param x float32; int32 too, but for means
 * @param pattern what comes in, `->`, and what goes out
 * @param by what is made of the elements along the axes that go: their `"mean"`, `"sum"`, `"max"` or `"min"`
 * @param sizes sizes of axes that the pattern names
 * @throws SW_VALUE when the pattern cannot be read; SW_SHAPE when x has not these axes, or one does not divide so: of a named size, when
 * the program runs; SW_DTYPE when x has a dtype that has no such reduction
 * @example
 * const x = input(["batch", 224, 224, 3]);
 * reduce(x, "b h w c -> b c", "mean");                               // Tensor<["batch", 3], "float32">
 * reduce(x, "b (h p) (w q) c -> b h w c", "max", { p: 2, q: 2 });    // Tensor<["batch", 112, 112, 3], "float32">
 */
export function reduce<
  const S extends Shape,
  D extends DType,
  const P extends string,
  const By extends Reduction,
  const O extends PatternSizes = Record<never, Dim>,
  Now = "now",
>(
  x: Tensor<S, D> &
    FirstMessage<
      CheckDType<"reduce", D, By extends "mean" ? "float32" : "float32" | "int32">,
      CheckRearranged<"reduce", P, S, O, Now>
    >,
  pattern: OrMessage<P, CheckPattern<"reduce", P>>,
  by: By,
  sizes?: OrMessage<O, CheckPatternSizes<"reduce", P, O>> & CheckAxisSizes<"reduce", NoInfer<O>>,
): Tensor<Rearranged<P, S, O>, D> {
  checkOption("reduce", "by", by, required(oneOf(Object.keys(reductions))));
  refuse("SW_DTYPE", "reduce", checkDType("reduce", nodeOf(x, "reduce").dtype, reductionDTypes(by)));
  const reduced = (apart: Node, axes: number[]) => makeNode(reductions[by], [apart], { axes, keepDims: false });
  const given = (sizes === undefined ? {} : sizes) as PatternSizes;
  return tensorOf(rearranged("reduce", x, pattern as string, given, reduced));
}

function reductionDTypes(by: Reduction): ("float32" | "int32")[] {
  return by === "mean" ? ["float32"] : ["float32", "int32"];
}

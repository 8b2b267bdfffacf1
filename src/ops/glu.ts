import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { axisRule, checkOption } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { floorDivideDims, type PartOf } from "../types/arithmetic.js";
import {
  type CheckDefaultAxis,
  type CheckGivenAxis,
  checkAxis,
  type DimAt,
  dimAt,
  normalizeAxis,
  type ReplaceAxis,
} from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import { multiplyOp } from "./multiply.js";
import { resultsOf } from "./result.js";
import { taken } from "./shared/composite.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import type { OrMessage } from "./shared/orMessage.js";
import { type CheckEqualParts, checkEqualParts } from "./shared/split-shape.js";
import { sigmoidOp } from "./sigmoid.js";
import { splitOp } from "./split.js";

/**
 * The gated linear unit a · σ(b), where a and b are the halves of x along an axis (Dauphin et al., "Language modeling with gated
 * convolutional networks", 2017).
 *
 * @param x an even size on the axis; float32
 * @param axis the last unless said otherwise; negative ones count from the end
 * @returns half the size on the axis
 * @throws SW_SHAPE when the axis has no halves: of a named size, when the program runs; SW_VALUE when the axis is out of range
 * @example
 * const y = glu(input(["batch", 64])); // Tensor<["batch", 32], "float32">
 */
export function glu<const S extends Shape, D extends DType, const A extends number = -1, Now = "now">(
  x: Tensor<S, D> &
    FirstMessage<
      CheckDType<"glu", D, "float32">,
      FirstMessage<CheckDefaultAxis<"glu", S, A, D>, CheckEqualParts<"glu", S, 2, A, Now>>
    >,
  axis?: OrMessage<A, CheckGivenAxis<"glu", S, A>>,
): Tensor<ReplaceAxis<S, A, PartOf<DimAt<S, A>, 2, Now>>, D> {
  const node = nodeOf(taken("glu", x, "float32"));
  checkOption("glu", "axis", axis, axisRule);
  const along = (axis as number | undefined) ?? -1;
  refuse("SW_VALUE", "glu", checkAxis("glu", node.shape, along));
  refuse("SW_SHAPE", "glu", checkEqualParts("glu", node.shape, 2, along));
  const half = floorDivideDims(dimAt(node.shape, along), 2);
  const sizes = [half, half];
  const check = { rule: "split", shape: node.shape, given: { parts: 2, axis: along } } as const;
  return calling(
    "glu",
    () => {
      const [linear, gate] = resultsOf(makeNode(splitOp, [node], { axis: normalizeAxis(node.shape, along), sizes }));
      return tensorOf(makeNode(multiplyOp, [linear!, makeNode(sigmoidOp, [gate!], {})], {}));
    },
    check,
  );
}

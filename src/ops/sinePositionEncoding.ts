import { generate } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { tensorOf } from "../ir/node.js";
import { checkOptions } from "../ir/options.js";
import { calling } from "../ir/place.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { broadcastToOp } from "./broadcastTo.js";
import { constantOp } from "./constant.js";
import { cosOp } from "./cos.js";
import { selectOp } from "./select.js";
import { angles, type CheckTurned, type TurningOptions, turnedNode, turningRules } from "./shared/turned-places.js";
import { sinOp } from "./sin.js";

const name = "sinePositionEncoding";

/**
 * Waves that say where a place stands, to be added to what stands there: sin(place · base^(−c / channels)) in even channels c, and in each
 * odd one the cosine of the same angle as its neighbour before it. KerasHub's `SinePositionEncoding`.
 * Source: Vaswani et al., "Attention is all you need" (2017), section 3.5.
 *
 * @param x [..., time, channels], float32, of which only the shape is read
 * @param options `base` (10000) and `offset` (0), the number of the first place
 * @returns the same shape: the same waves for every sample
 * @throws SW_SHAPE when x has less than two axes, or its channels have a name for a size; SW_DTYPE when x is not float32; SW_VALUE when an
 *   option is out of range
 * @example
 * const words = input(["batch", "time", 64]);
 * const placed = add(words, sinePositionEncoding(words)); // Tensor<["batch", "time", 64], "float32">
 */
export function sinePositionEncoding<const S extends Shape, D extends DType, Now = "now">(
  x: Tensor<S, D> & CheckTurned<typeof name, S, D, Now>,
  options: TurningOptions = {},
): Tensor<S, D> {
  checkOptions(name, options, turningRules);
  const { base = 10000, offset = 0 } = options;
  const { node, time, channels } = turnedNode(name, x);
  const frequencies = Array.from({ length: channels }, (_, c) => base ** (((c % 2) - c) / channels));
  return calling(name, () => {
    const angle = angles(time, offset, frequencies);
    const isEven = makeNode(constantOp, [], { value: generate([channels], "bool", (c) => c % 2 === 0) });
    const waves = makeNode(selectOp, [isEven, makeNode(sinOp, [angle], {}), makeNode(cosOp, [angle], {})], {});
    return tensorOf(makeNode(broadcastToOp, [waves], { shape: node.shape }));
  });
}

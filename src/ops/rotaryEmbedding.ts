import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { type Node, tensorOf } from "../ir/node.js";
import { checkOptions, flag } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { addOp } from "./add.js";
import { concatOp } from "./concat.js";
import { cosOp } from "./cos.js";
import { multiplyOp } from "./multiply.js";
import { reshapeOp } from "./reshape.js";
import { resultsOf } from "./result.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { type CheckEqualParts, checkEqualParts } from "./shared/split-shape.js";
import { angles, type CheckTurned, type TurningOptions, turnedNode, turningRules } from "./shared/turned-places.js";
import { sinOp } from "./sin.js";
import { splitOp } from "./split.js";
import { subtractOp } from "./subtract.js";

const name = "rotaryEmbedding";

/** Options of `rotaryEmbedding`. */
export interface RotaryEmbeddingOptions extends TurningOptions {
  /** Whether neighbours are turned together, as in RoFormer and GPT-J, or the two halves, as in Llama and KerasHub. @default false */
  readonly interleaved?: boolean;
}

/**
 * Turns pairs of channels by angles that grow with the place, so that products of queries and keys tell how far apart their places are:
 * (a, b) becomes (a cos φ − b sin φ, b cos φ + a sin φ) with φ = place · base^(−2i / channels) for the i-th pair. A pair is a channel of the
 * first half with that of the second, or, `interleaved`, two neighbours.
 * Source: Su et al., "RoFormer: enhanced transformer with rotary position embedding" (2021).
 *
 * @param x [..., time, channels], an even number of them; float32: queries or keys, in heads or not
 * @param options `base` (10000), `offset` (0), the number of the first place, and `interleaved` (false)
 * @returns the same shape
 * @throws SW_SHAPE when x has less than two axes, or its channels have a name for a size or no halves; SW_DTYPE when x is not float32;
 *   SW_VALUE when an option is out of range
 * @example
 * const query = rotaryEmbedding(input(["batch", 8, "time", 64])); // Tensor<["batch", 8, "time", 64], "float32">
 * const place = input([], "int32");
 * const next = rotaryEmbedding(input(["batch", 8, 1, 64]), { offset: place }); // one place of a sequence that is being made
 */
export function rotaryEmbedding<const S extends Shape, D extends DType, Now = "now">(
  x: Tensor<S, D> & FirstMessage<CheckTurned<typeof name, S, D, Now>, CheckEqualParts<typeof name, S, 2, -1, Now>>,
  options: RotaryEmbeddingOptions = {},
): Tensor<S, D> {
  checkOptions(name, options, { ...turningRules, interleaved: flag });
  const { base = 10000, offset = 0, interleaved = false } = options;
  const { node, time, channels } = turnedNode(name, x);
  refuse("SW_SHAPE", name, checkEqualParts(name, node.shape, 2, -1));
  const frequencies = Array.from({ length: channels / 2 }, (_, i) => base ** ((-2 * i) / channels));
  return calling(name, () => {
    const angle = angles(time, offset, frequencies);
    if (!interleaved) return tensorOf(turned(node, angle));
    const pairs = makeNode(reshapeOp, [node], { shape: [...node.shape.slice(0, -1), channels / 2, 2] });
    const each = makeNode(reshapeOp, [angle], { shape: [time, channels / 2, 1] });
    return tensorOf(makeNode(reshapeOp, [turned(pairs, each)], { shape: node.shape }));
  });
}

/** The two halves of the last axis, turned by an angle each. */
function turned(x: Node, angle: Node): Node {
  const axis = x.rank - 1;
  const half = (x.shape[axis] as number) / 2;
  const [a, b] = resultsOf(makeNode(splitOp, [x], { axis, sizes: [half, half] })) as [Node, Node];
  const [c, s] = [makeNode(cosOp, [angle], {}), makeNode(sinOp, [angle], {})];
  const times = (one: Node, other: Node) => makeNode(multiplyOp, [one, other], {});
  const first = makeNode(subtractOp, [times(a, c), times(b, s)], {});
  return makeNode(concatOp, [first, makeNode(addOp, [times(b, c), times(a, s)], {})], { axis });
}

import { makeNode } from "../ir/makeNode.js";
import type { Node } from "../ir/node.js";
import { places } from "../ops/arange.js";
import { builder as b } from "../ops/builder.js";
import { reshapeOp } from "../ops/reshape.js";
import { selectOp } from "../ops/select.js";
import { type Offset, placesFrom } from "../ops/shared/turned-places.js";
import { wholeSize } from "../ops/shared/wholeSize.js";
import type { Dim } from "../types/dim.js";

/** The keys and values of all places that a sequence may have, [batch, heads, length, channels], and the number of the next one. */
export interface Cache {
  readonly key: Node;
  readonly value: Node;
  readonly offset: Offset;
}

const column = (x: Node) => makeNode(reshapeOp, [x], { shape: [x.shape[0]!, 1] });

/** A cache with those of further places in it, [batch, heads, time, channels], from the offset on. */
export function written(cache: Node, further: Node, offset: Offset): Node {
  const [length, time] = [cache.shape[2]!, further.shape[2]!];
  const zero = b.scalar(0, "int32");
  const place = b.op("subtract", [places(length), placesFrom(1, offset)]);
  const last = b.op("subtract", [wholeSize(time), b.scalar(1, "int32")]);
  const isOne = time === 1;
  const isFurther = isOne
    ? b.op("equal", [place, zero])
    : b.op("logicalAnd", [b.op("greaterEqual", [place, zero]), b.op("lessEqual", [place, last])]);
  const nearest = () => b.op("minimum", [b.op("maximum", [place, zero]), last]);
  const each = isOne ? further : b.op("gather", [further, nearest()], { axis: 2, batchDims: 0 });
  return makeNode(selectOp, [column(isFurther), each, cache], {});
}

/** What each place from the offset on sees of a cache: its own place and those before it, where a mask says so. */
export function seenUpTo({ key, offset }: Cache, time: Dim, mask: Node | undefined): Node {
  const seen = b.op("lessEqual", [places(key.shape[2]!), column(placesFrom(time, offset))]);
  return mask ? b.op("logicalAnd", [mask, seen]) : seen;
}

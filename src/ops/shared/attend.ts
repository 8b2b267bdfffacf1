import { makeNode } from "../../ir/makeNode.js";
import type { Node } from "../../ir/node.js";
import { addOp } from "../add.js";
import { scalarNode } from "../constant.js";
import { dropoutOp } from "../dropout.js";
import { greaterEqualOp } from "../greaterEqual.js";
import { matmulOp } from "../matmul.js";
import { multiplyOp } from "../multiply.js";
import { selectOp } from "../select.js";
import { softmaxOp } from "../softmax.js";
import { rowAndColumn } from "./triangle.js";

/** How a place looks at others. */
export interface Attention {
  /** What is added to the scores. */
  readonly bias?: Node | undefined;
  readonly mask?: Node | undefined;
  readonly isCausal: boolean;
  /** The share of weights that are dropped in training. @default 0 */
  readonly dropout?: number;
}

/** What takes the place of a score that is not to be seen: Keras's number. Where a row has nothing else, its softmax is even. */
const unseen = -1e9;

/** softmax(scale · query · keyᵀ + bias) · value, over the last two axes. The query is scaled: it is smaller than the scores, mostly. */
export function attend(
  query: Node,
  key: Node,
  value: Node,
  { scale, ...seen }: Attention & { readonly scale: number | Node },
): Node {
  const scaled = makeNode(multiplyOp, [query, typeof scale === "number" ? scalarNode(scale) : scale], {});
  return weightedBy(makeNode(matmulOp, [scaled, key], { transposeB: true }), value, seen);
}

/** softmax(scores + bias) · value, over the last two axes. */
export function weightedBy(given: Node, value: Node, { bias, mask, isCausal, dropout = 0 }: Attention): Node {
  let scores = bias ? makeNode(addOp, [given, bias], {}) : given;
  if (mask) scores = makeNode(selectOp, [mask, scores, scalarNode(unseen)], {});
  if (isCausal) scores = makeNode(selectOp, [causalMask(scores), scores, scalarNode(unseen)], {});
  const weights = makeNode(softmaxOp, [scores], {});
  const kept = dropout > 0 ? makeNode(dropoutOp, [weights], { rate: dropout }) : weights;
  return makeNode(matmulOp, [kept, value], {});
}

/** [time, source]: whether a key is at a place's own place, or before it. */
function causalMask(scores: Node): Node {
  const { row, column } = rowAndColumn(scores);
  return makeNode(greaterEqualOp, [row, column], {});
}

import { show } from "../types/show.js";
import { ShapewrightError } from "./errors.js";
import { inWords } from "./inWords.js";
import { isTensor, type Node, nodeOf } from "./node.js";
import type { TensorLike } from "./tensor.js";

/** What a function that somebody wrote by hand has to return, in words, and as a test of the node. */
export interface Wanted {
  /** After "must return": "a tensor". */
  readonly takes: string;
  readonly accepts?: (node: Node) => boolean;
}

/**
 * The node that a function written by hand returned.
 *
 * @param what the function, as a message names it: `the loss "mine"`
 * @throws SW_VALUE when it returned no tensor, or another than is wanted
 */
export function returnedNode(op: string, what: string, value: unknown, { takes, accepts = () => true }: Wanted): Node {
  const node = isTensor(value) ? nodeOf(value) : undefined;
  if (node && accepts(node)) return node;
  throw wronglyReturned(op, what, node ? `${node.dtype} ${show(node.shape)}` : inWords(value), takes);
}

/** The error for a function written by hand that returned something else than it must. */
export function wronglyReturned(op: string, what: string, found: string, takes: string): ShapewrightError {
  return new ShapewrightError("SW_VALUE", `${op}: ${what} returns ${found}, but must return ${takes}`, op);
}

/** The node of what a function written by hand returned. What is no tensor, `returnedNode` refuses later, where it knows whose it is. */
export function asNode(value: TensorLike): Node {
  return isTensor(value) ? nodeOf(value) : (value as never);
}

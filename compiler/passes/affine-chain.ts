import { isOp, type Node } from "../../src/ir/node.js";
import { sameShape } from "../../src/types/same-shape.js";

/** One affine map of a chain: x · W, or x · W + b. */
export interface AffineMap {
  readonly x: Node;
  readonly W: Node;
  readonly bias?: Node;
}

/** A node as an affine map with a matrix W that is a parameter: a variable, or a constant where variables are frozen. */
export function affineMapOf(node: Node): AffineMap | undefined {
  if (isOp(node, "add")) {
    const place = node.inputs.findIndex((input) => productOf(input));
    const bias = node.inputs[1 - place];
    const product = place < 0 ? undefined : productOf(node.inputs[place]!);
    // A number that is added to every column is no row of them, and one that makes columns is no bias.
    const isBias = product && isParameter(bias!) && sameShape(bias!.shape, product.W.shape.slice(1));
    return isBias ? { ...product, bias: bias! } : undefined;
  }
  if (isOp(node, "affine")) return node.attributes.activation === undefined ? beforeActivation(node) : undefined;
  return productOf(node);
}

/** What a node computes before its activation, as `affineMapOf` has it. */
export function beforeActivation(node: Node<"affine">): AffineMap | undefined {
  const [x, W, bias] = node.inputs;
  return !isTurned(node) && isParameter(W!) && isParameter(bias!) ? { x: x!, W: W!, bias: bias! } : undefined;
}

function productOf(node: Node): AffineMap | undefined {
  if (!isOp(node, "dot") || isTurned(node)) return undefined;
  const [x, W] = node.inputs;
  return isParameter(W!) && W!.rank === 2 ? { x: x!, W: W! } : undefined;
}

function isTurned({ attributes }: Node<"dot"> | Node<"affine">): boolean {
  return Boolean(attributes.transposeA || attributes.transposeB);
}

function isParameter(node: Node): boolean {
  return isOp(node, "variable") || isOp(node, "constant");
}

/**
 * Whether x · (W₁ · W₂) takes no more multiplications than (x · W₁) · W₂. Where it takes more, as with a narrow layer between
 * wide ones, the chain is a factorisation that somebody meant.
 */
export function isCheaperAsOne(first: AffineMap, second: AffineMap): boolean {
  const [rows, middle] = first.W.shape as number[];
  const columns = second.W.shape[1] as number;
  return rows! * columns <= rows! * middle! + middle! * columns;
}

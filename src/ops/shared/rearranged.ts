import { makeNode } from "../../ir/makeNode.js";
import { type Node, nodeOf } from "../../ir/node.js";
import { anyText, aRecord, checkOption, required } from "../../ir/options.js";
import { calling } from "../../ir/place.js";
import { refuse } from "../../ir/refuse.js";
import type { TensorLike } from "../../ir/tensor.js";
import type { Dim } from "../../types/dim.js";
import { productOf } from "../../types/product.js";
import { sameShape } from "../../types/same-shape.js";
import { ensureShapeOp } from "../ensureShape.js";
import { reshapeOp } from "../reshape.js";
import { transposeOp } from "../transpose.js";
import { checkDims } from "./checkDims.js";
import { checkPattern } from "./pattern.js";
import { type Parts, type PatternSizes, partsOf } from "./pattern-shape.js";

/** A tensor's axes taken apart, put into another order and together again, as a pattern says. `reduced` takes axes away in between. */
export function rearranged(
  op: string,
  x: TensorLike,
  pattern: string,
  sizes: PatternSizes,
  reduced: (apart: Node, axes: number[]) => Node = (apart) => apart,
): Node {
  const node = nodeOf(x, op);
  checkOption(op, "pattern", pattern, required(anyText));
  checkOption(op, "sizes", sizes, required({ ...aRecord, takes: "a record of sizes" }));
  refuse("SW_VALUE", op, checkDims(op, Object.values(sizes)) ?? checkPattern(op, pattern));
  const parts = partsOf(op, pattern, node.shape, sizes);
  if (typeof parts === "string") refuse("SW_SHAPE", op, parts);
  const check = { rule: "rearranged", shape: node.shape, given: { pattern, sizes } } as const;
  return calling(op, () => follow(node, parts as Parts, reduced), check);
}

function follow(x: Node, { sides, env, dots, whole }: Parts, reduced: (apart: Node, axes: number[]) => Node): Node {
  const dotted = dots.map((_, i) => `...${i}`);
  const namesIn = (items: Parts["sides"]["in"]) =>
    items.flat().flatMap((word) => (word === "..." ? dotted : word === "1" ? [] : [word]));
  const sizeOf = (name: string): Dim => env.get(name) ?? dots[dotted.indexOf(name)]!;
  const [coming, going] = [namesIn(sides.in), namesIn(sides.out)];

  const apart = reshaped(ensured(x, whole), coming.map(sizeOf));
  const gone = coming.flatMap((name, axis) => (going.includes(name) ? [] : [axis]));
  const kept = coming.filter((name) => going.includes(name));
  const fewer = gone.length === 0 ? apart : reduced(apart, gone);
  const permutation = going.map((name) => kept.indexOf(name));
  const isInOrder = permutation.every((axis, i) => axis === i);
  const ordered = isInOrder ? fewer : makeNode(transposeOp, [fewer], { permutation });
  const sizesOf = (word: string) => (word === "..." ? dots : [word === "1" ? 1 : sizeOf(word)]);
  const together = sides.out.flatMap((item) =>
    typeof item === "string" ? sizesOf(item) : [productOf(item.flatMap(sizesOf))],
  );
  return reshaped(ordered, together);
}

/** Of a named axis that is taken apart, that nothing is left over is known when the program runs. */
function ensured(x: Node, shape: readonly Dim[]): Node {
  return sameShape(x.shape, shape) ? x : makeNode(ensureShapeOp, [x], { shape });
}

function reshaped(x: Node, shape: readonly Dim[]): Node {
  return sameShape(x.shape, shape) ? x : makeNode(reshapeOp, [x], { shape });
}

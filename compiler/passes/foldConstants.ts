import { elementCount } from "../../src/ir/array.js";
import { isOp, type Node } from "../../src/ir/node.js";
import { builder as b } from "../../src/ops/builder.js";
import { mapDims } from "../../src/ops/mapDims.js";
import { hasTrait } from "../../src/ops/registry.js";
import { evaluateConstant } from "./evaluateConstant.js";
import type { Pass } from "./pass.js";
import { rewrite } from "./rewrite.js";

/** Results larger than this are computed at run time: a constant is carried in the program. */
const largestFolded = 256;

/** Computes at compile time what depends on constants alone. */
export const foldConstants: Pass = {
  name: "foldConstants",
  summary: "nodes whose inputs are all constants become constants",
  run: (graph) => rewrite(graph, (node) => (isFoldable(node) ? b.constant(evaluateConstant(node)) : undefined)),
};

function isFoldable(node: Node): boolean {
  if (node.inputs.length === 0 || !node.inputs.every((x) => isOp(x, "constant"))) return false;
  if (node.results || hasTrait(node, "draws")) return false;
  const known = node.shape.every((dim) => typeof dim === "number");
  const isSmall = known && elementCount(node.shape as number[]) <= largestFolded;
  return isSmall && hasLiteralDims(node);
}

/** A shape may be literal where names cancel: a pad by n before and 2 - n behind. */
function hasLiteralDims(node: Node): boolean {
  return mapDims(node, (dim) => (typeof dim === "number" ? dim : 0)) === node.attributes;
}

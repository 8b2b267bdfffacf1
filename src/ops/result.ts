import { internalError } from "../ir/errors.js";
import { makeNode } from "../ir/makeNode.js";
import type { Node } from "../ir/node.js";
import type { ValueOpDefinition } from "../ir/op.js";
import { noFlops } from "./shared/flops.js";

const taken = () => {
  throw internalError("a result is taken from what its op gave, not computed");
};

export const resultOp: ValueOpDefinition<"result"> = {
  name: "result",
  // Of what its op is given.
  traits: ["keepsFinite"],
  infer([node], { index }) {
    const found = node?.results?.[index];
    if (!found) throw internalError(`there is no result ${index}`);
    return found;
  },
  // The driver of differentiation gathers what the results of an op receive, and asks the rule of that op.
  gradient: { notDifferentiable: "differentiated with the op that it is a result of" },
  tensorflow: taken,
  tfjs: taken,
  reference: taken,
  flops: noFlops,
};

/** The results of the node of an op that has several. */
export function resultsOf(node: Node): Node[] {
  if (!node.results) throw internalError(`${node.op} has one result`);
  return node.results.map((_, index) => makeNode(resultOp, [node], { index }, node.scope));
}

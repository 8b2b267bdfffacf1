import type { Node } from "../../src/ir/node.js";

/** What an activation is applied to: the one tensor that a node takes besides constants, where it keeps its shape. */
export function activated({ inputs, shape }: Node): Node | undefined {
  const [only, ...others] = inputs.filter((input) => input.op !== "constant");
  return only && others.length === 0 && only.shape.join() === shape.join() ? only : undefined;
}

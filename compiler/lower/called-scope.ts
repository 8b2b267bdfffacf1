import type { Node } from "../../src/ir/node.js";

/** The name scope, within a graph, of what a function of that name made. */
export function calledScope(call: string): string {
  return `in.${call}`;
}

/** The call that made the node of which TensorFlow says that it failed, by the scope in the node's name. */
export function calledIn(error: unknown): Pick<Node, "call"> {
  const name = /\{\{node [^}]*\bin\.(\w+)\/[^}]*\}\}/.exec(String(error))?.[1];
  return name === undefined ? {} : { call: { name, checks: [] } };
}

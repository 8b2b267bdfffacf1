import { isOp, type Names, type Node } from "../../src/ir/node.js";

/** What an output is computed by last: what only gives it another shape is looked through. */
export function lastOf(output: Node): Node {
  return isOp(output, "reshape") ? lastOf(output.inputs[0]!) : output;
}

/** The layer that a value comes from, as its weights tell, or "the output" where there is none. */
export function lastLayer(output: Node, names: Names): string {
  for (let node: Node | undefined = output; node; node = node.inputs[0]) {
    const scope = [node, ...node.inputs.slice(1)].find(({ scope }) => scope)?.scope;
    const name = scope && names.get(scope);
    if (name !== undefined) return name;
  }
  return "the output";
}

import type { NodeDef } from "../saved-model/generated/tensorflow_pb.js";
import type { TensorRef } from "./frames.js";

/** The nodes that some of them are made of, in their order: sizes that nothing asks for are left out, and what only they need. */
export function reaching(nodes: readonly NodeDef[], ends: readonly TensorRef[]): NodeDef[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const found = new Set<string>();
  for (const waiting = ends.map(({ node }) => node); waiting.length > 0; ) {
    const name = waiting.pop()!;
    if (found.has(name)) continue;
    found.add(name);
    // An input is "node", "node:output" or, where it is only waited for, "^node".
    for (const input of byName.get(name)!.input) waiting.push(input.replace(/^\^|:\d+$/g, ""));
  }
  return nodes.filter(({ name }) => found.has(name));
}

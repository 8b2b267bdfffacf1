import type { Node } from "../../../src/ir/node.js";
import { controlOf } from "../../../src/ops/registry.js";
import { callOf, type Writing } from "./call.js";
import { writeControl } from "./control.js";
import type { Identifiers } from "./identifiers.js";
import { callStatement, resultsStatement } from "./layout.js";
import { tensorType } from "./literals.js";

/** What results are written with. */
export interface ResultSurroundings {
  readonly identifiers: Identifiers;
  readonly writing: Writing;
  /** Notes that a function or a type of the helper is used. */
  helper(name: string): void;
  /** The identifier of a result. */
  identifier(result: Node): string;
}

/**
 * Writes an op of several results: one constant for each; one that nothing reads is freed at once.
 *
 * @param results those that are read
 */
export function writeResults(
  node: Node,
  results: readonly Node<"result">[],
  { identifiers, writing, helper, identifier }: ResultSurroundings,
): string[] {
  const read = new Map(results.map((result) => [result.attributes.index, identifier(result)]));
  const names = node.results!.map((_, index) => read.get(index));
  const control = controlOf(node);
  if (control) {
    const surroundings = { identifiers, size: writing.size, helper };
    return writeControl(control, { node, inputs: node.inputs.map(writing.value), names, surroundings, indent: "  " });
  }
  const all = names.map((name) => name ?? identifiers.unique("unused"));
  const unread = all.filter((_, index) => names[index] === undefined);
  const types = node.results!.map(tensorType);
  const call = callOf(node, writing);
  for (const name of ["Tensor", call.helper, ...(unread.length > 0 ? ["dispose"] : [])]) helper(name);
  return [
    ...resultsStatement(all, types, call, "  "),
    ...(unread.length > 0 ? callStatement("", { helper: "dispose", arguments: unread }, "  ") : []),
  ];
}

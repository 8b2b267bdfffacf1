import type { Node } from "../../../src/ir/node.js";
import { type Call, callOf, type Writing } from "./call.js";
import { callStatement } from "./layout.js";
import { tensorType } from "./literals.js";
import { type ResultSurroundings, writeResults } from "./results.js";

/** What statements are written with. */
export interface StatementSurroundings extends ResultSurroundings {
  /** The results that are read of ops that have several. */
  readonly results: ReadonlyMap<Node, readonly Node<"result">[]>;
  /** The scalars that are numbers. */
  readonly plain: ReadonlySet<Node>;
  /** Whether a node is a tensor that the function makes. */
  isHeld(node: Node): boolean;
  tensor(node: Node): string;
}

/** The statement that computes a node: one constant, or one for each result. */
export function nodeStatement(node: Node, surroundings: StatementSurroundings): string[] {
  if (node.results) return writeResults(node, surroundings.results.get(node)!, surroundings);
  const { writing, plain, helper, identifier } = surroundings;
  const call = calls(node, writing, plain);
  for (const name of ["Tensor", call.helper]) helper(name);
  return callStatement(`const ${identifier(node)}: ${tensorType(node)} = `, call, "  ");
}

/** Frees those of some values that the function made. */
export function disposal(values: readonly Node[], { isHeld, tensor, helper }: StatementSurroundings): string[] {
  const held = values.filter((value) => isHeld(value)).map((value) => tensor(value));
  if (held.length === 0) return [];
  helper("dispose");
  return callStatement("", { helper: "dispose", arguments: held }, "  ");
}

/** Scalars that cannot stay numbers become tensors. */
function calls(node: Node, writing: Writing, plain: ReadonlySet<Node>): Call {
  const isNumber = node.rank === 0 && node.inputs.length > 0 && node.inputs.every((input) => plain.has(input));
  if (isNumber) return { helper: "tensor", arguments: [`[${writing.number(node)}]`, "[]"] };
  return callOf(node, writing);
}

import type { Node } from "../../../src/ir/node.js";
import { type Identifiers, key } from "./identifiers.js";
import { tensorType } from "./literals.js";

/** How a function ends, and the type of what it returns. */
export interface Returned {
  readonly type: string;
  readonly statements: readonly string[];
}

/** What ends of functions are written with. */
export interface ReturnSurroundings {
  readonly identifiers: Identifiers;
  /** Notes that a function or a type of the helper is used. */
  helper(name: string): void;
  /** The tensor of a node, as it is written. */
  tensor(node: Node): string;
  /** Whether a node is a tensor that the function makes. */
  isHeld(node: Node): boolean;
}

/** Returns outputs as numbers, by their names. Those that are one node are read once. */
export function returnNumbers(outputs: readonly [string, Node][], surroundings: ReturnSurroundings): Returned {
  const { identifiers, helper, tensor } = surroundings;
  helper("take");
  const statements = [""];
  const read = new Map<Node, string>();
  const seen = new Set<Node>();
  for (const [, node] of outputs) {
    if (seen.has(node) && !read.has(node)) {
      const name = identifiers.unique(`${tensor(node)}_value`);
      statements.push(`  const ${name} = take(${tensor(node)});`);
      read.set(node, name);
    }
    seen.add(node);
  }
  const entries = outputs.map(([name, node]) => `${key(name)}: ${read.get(node) ?? `take(${tensor(node)})`}`);
  return { type: "Report", statements: [...statements, `  return { ${entries.join(", ")} };`] };
}

/**
 * Returns outputs as tensors: the only one, or several by their names. An input or a variable belongs to the caller, and what is
 * returned twice would be one tensor: of these, a copy is returned.
 */
export function returnTensors(outputs: readonly [string, Node][], surroundings: ReturnSurroundings): Returned {
  const { helper, tensor, isHeld } = surroundings;
  const given = new Set<Node>();
  const tensors = outputs.map(([name, node]) => {
    const own = isHeld(node) && !given.has(node);
    given.add(node);
    helper("Tensor");
    return { name: key(name), value: own ? tensor(node) : copyOf(node, surroundings), type: tensorType(node) };
  });
  if (outputs.length === 1 && outputs[0]![0] === "output") {
    return { type: tensors[0]!.type, statements: ["", `  return ${tensors[0]!.value};`] };
  }
  const entries = tensors.map(({ name, value }) => `    ${name}: ${value},`);
  const types = tensors.map(({ name, type }) => `${name}: ${type}`);
  return { type: `{ ${types.join("; ")} }`, statements: ["", "  return {", ...entries, "  };"] };
}

function copyOf(output: Node, { helper, tensor }: ReturnSurroundings): string {
  helper("copy");
  return `copy(${tensor(output)})`;
}

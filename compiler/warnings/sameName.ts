import type { Node } from "../../src/ir/node.js";
import { isOptimizerState } from "../../src/optimizerState.js";
import type { CompileWarning } from "./warning.js";

/**
 * Layers of programs that are opened together, to which the user gave one name and weights of one size, and which are not one layer: what
 * one learns, the other does not.
 */
export function sameName(
  programs: readonly { readonly variables: ReadonlyMap<string, Node<"variable">> }[],
): CompileWarning[] {
  const told = new Set<string>();
  return programs.flatMap(({ variables }, i) =>
    [...variables].flatMap(([full, node]) => {
      const name = isOptimizerState(full) ? undefined : nameGiven(node);
      const other = programs.findIndex((program, k) => k > i && isTwin(node, program.variables.get(full)));
      if (name === undefined || other < 0 || told.has(name)) return [];
      told.add(name);
      const what = node.scope ? "layers" : "variables";
      const message =
        `openTogether: two ${what} are named "${name}", one of program ${i + 1} and one of program ${other + 1}: each has weights of its own, ` +
        `and what one learns, the other does not. Names share nothing: call one layer in both, or give each its own name`;
      return { code: "SW_WARN_SAME_NAME" as const, message };
    }),
  );
}

/** Whether another program has a variable of this name and size that is not this one. */
function isTwin(node: Node<"variable">, other: Node<"variable"> | undefined): boolean {
  if (other === undefined || other === node || nameGiven(other) === undefined) return false;
  return other.dtype === node.dtype && other.shape.join() === node.shape.join();
}

/** The name that the user gave: the layer's, or the variable's own. */
function nameGiven({ scope, attributes }: Node<"variable">): string | undefined {
  return scope ? scope.name : attributes.name;
}

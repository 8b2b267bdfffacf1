import { appendTo } from "./ir/appendTo.js";
import { elementCount } from "./ir/array.js";
import { topologicalOrder } from "./ir/graph.js";
import { isOp, type Node } from "./ir/node.js";

/** How many numbers the variables hold that something depends on. */
export function parametersOf(output: Node): number {
  return total(topologicalOrder([output]).filter((node) => isOp(node, "variable")));
}

function total(variables: Iterable<Node<"variable">>): number {
  return [...variables].reduce((sum, { shape }) => sum + elementCount(shape as readonly number[]), 0);
}

/** The message where variables hold another number of parameters than is expected, with those of each layer. */
export function checkParameters(
  variables: ReadonlyMap<string, Node<"variable">>,
  expected: number,
): string | undefined {
  const found = total(variables.values());
  if (found === expected) return undefined;
  const layers = new Map<string, Node<"variable">[]>();
  for (const [name, node] of variables) appendTo(layers, name.replace(/\/[^/]*$/, ""), node);
  const rows = [...layers].map(([name, own]) => [name, written(total(own))] as const);
  const width = rows.reduce((most, [name]) => Math.max(most, name.length), 0);
  const digits = rows.reduce((most, [, count]) => Math.max(most, count.length), 0);
  const table = rows.map(([name, count]) => `\n  ${name.padEnd(width)}  ${count.padStart(digits)}`).join("");
  return `model: has ${written(found)} parameters, not ${written(expected)}:${table || " it has no variables"}`;
}

function written(count: number): string {
  return count.toLocaleString("en");
}

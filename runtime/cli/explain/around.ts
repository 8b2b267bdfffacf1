import { createTwoFilesPatch, diffArrays } from "diff";
import type { Graph } from "../../../src/ir/graph.js";
import type { Node } from "../../../src/ir/node.js";
import { labelsOf, printGraph, printNode } from "../../../src/ir/print.js";
import type { Terminal } from "../terminal.js";

/**
 * Two printouts of a graph, before and after a change, in which what stayed the same is called the same: numbered each by
 * itself, a single node more would change the name of every later one.
 */
export function printAlike(before: Graph, after: Graph): [before: string, after: string] {
  const labels = labelsOf(before);
  const [old, current] = [before, after].map((graph) => {
    const named = labelsOf(graph);
    return graph.nodes.filter((node) => named.has(node));
  }) as [Node[], Node[]];
  const renamed = new Map<Node, string>();
  let [i, j] = [0, 0];
  for (const { added, removed, count } of diffArrays(old.map(withoutLabels), current.map(withoutLabels))) {
    for (let n = 0; n < count; n++) {
      if (removed) i++;
      else if (added) j++;
      else renamed.set(current[j++]!, labels.get(old[i++]!)!);
    }
  }
  let next = labels.size;
  for (const node of current) {
    if (renamed.has(node)) continue;
    const name = after.names.get(node);
    renamed.set(node, `%${name ?? next++}`);
  }
  // In the order of the nodes, as they are printed.
  const inOrder = new Map(current.map((node) => [node, renamed.get(node)!]));
  return [printGraph(before, labels), printGraph(after, inOrder)];
}

/** A node as it is printed, apart from what it and its inputs are called. */
function withoutLabels(node: Node): string {
  return printNode(node, () => "%");
}

/** What changed from one graph to another, as a unified diff. */
export function diffOf(before: Graph, after: Graph, title: string, style: Terminal["style"]): string {
  const [old, current] = printAlike(before, after);
  const patch = createTwoFilesPatch(`before ${title}`, `after ${title}`, old, current, undefined, undefined, {
    context: 3,
  });
  const lines = patch.trimEnd().split("\n");
  // The library begins with a line of equals signs, for files.
  return lines
    .slice(lines[0]!.startsWith("===") ? 1 : 0)
    .filter((line) => !line.startsWith("\\"))
    .map((line) => styled(line, style))
    .join("\n");
}

function styled(line: string, style: Terminal["style"]): string {
  if (line.startsWith("---") || line.startsWith("+++")) return style("bold", line);
  if (line.startsWith("@@")) return style("cyan", line);
  if (line.startsWith("-")) return style("red", line);
  return line.startsWith("+") ? style("green", line) : line;
}

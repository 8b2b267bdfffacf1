import { visible } from "../../src/ir/checkName.js";
import { inBytes, inPrefixes, inThousands } from "../units.js";
import type { Diagram, DiagramNode } from "./diagram/diagram.js";
import type { Kind } from "./diagram/kinds.js";

/** Colours of boxes, light enough for black text on them. */
const fills: Readonly<Record<Kind, string>> = {
  input: "#d4ecd6",
  variable: "#fbe7b2",
  constant: "#e8e8e8",
  forward: "#d3e3fb",
  backward: "#fbdcc7",
  update: "#e7d9f7",
  output: "#c9ebe9",
};

/**
 * A diagram in Graphviz's language: a cluster for each layer, the shape of what flows on each edge, on each node what it
 * costs.
 *
 * @param name the graph's name
 */
export function dot(name: string, diagram: Diagram): string {
  return [
    `digraph ${quote(name)} {`,
    "  rankdir=TB;",
    '  node [shape=box, style="rounded,filled", fontname="Helvetica", fontsize=11];',
    '  edge [fontname="Helvetica", fontsize=9, color="#666666"];',
    ...groupLines(diagram, undefined, "  "),
    ...diagram.nodes.flatMap((node, index) => edgeLines(node, index, diagram)),
    "}",
  ].join("\n");
}

/** The nodes of a group, and its clusters within; at the top, those of no group. */
function groupLines(diagram: Diagram, group: number | undefined, indent: string): string[] {
  const lines = diagram.nodes.flatMap((node, index) => (node.group === group ? [indent + nodeLine(node, index)] : []));
  diagram.groups.forEach((inner, index) => {
    if (inner.parent !== group) return;
    lines.push(
      `${indent}subgraph ${quote(`cluster_${index}`)} {`,
      `${indent}  label=${quote(inner.times === undefined ? inner.name : `${inner.name} × ${inner.times}`)};`,
      `${indent}  style="rounded"; color="#aaaaaa"; fontname="Helvetica"; fontsize=12;`,
      ...groupLines(diagram, index, `${indent}  `),
      `${indent}}`,
    );
  });
  return lines;
}

function nodeLine(node: DiagramNode, index: number): string {
  const label = [node.name === undefined ? node.op : `${node.name}\n${node.op}`, node.type, ...costs(node)].join("\n");
  const tooltip = node.attributes.map(([name, value]) => `${name} = ${value}`).join("\n");
  const attributes = [`label=${quote(label)}`, `fillcolor=${quote(fills[node.kind])}`];
  if (tooltip) attributes.push(`tooltip=${quote(tooltip)}`);
  return `n${index} [${attributes.join(", ")}];`;
}

function costs({ parameters, flops, bytes }: DiagramNode): string[] {
  if (parameters !== undefined) return [`${inThousands(parameters)} parameters`];
  return flops > 0 ? [`${inPrefixes(flops, "FLOP")}, ${inBytes(bytes)}`] : [];
}

function edgeLines({ inputs }: DiagramNode, index: number, { nodes }: Diagram): string[] {
  return inputs.flatMap((input) => {
    if (typeof input === "string") return [];
    return [`  n${input} -> n${index} [label=${quote(nodes[input]!.type)}];`];
  });
}

/** A string of Graphviz's: quotes and backslashes escaped, so that none begins an escape of its own, and `\n` for a new line. */
function quote(text: string): string {
  const lines = text.split("\n").map((line) => visible(line).replaceAll("\\", "\\\\").replaceAll('"', '\\"'));
  return `"${lines.join("\\n")}"`;
}

import { show } from "../types/show.js";
import type { NdArray } from "./array.js";
import { exactText } from "./attributes.js";
import { Body, bodiesOf } from "./body.js";
import { visible } from "./checkName.js";
import { isOp, type Names, type Node } from "./node.js";

/** What is printed of a graph. */
export interface PrintableGraph {
  readonly name: string;
  readonly outputs: Readonly<Record<string, Node>>;
  readonly updates?: ReadonlyMap<Node, Node>;
  readonly nodes: readonly Node[];
  readonly names: Names;
  readonly gradientOf?: ReadonlyMap<Node, readonly Node[]>;
}

/**
 * A graph as text, a node a line, inputs before users:
 *
 *     %4: float32[batch, 512] = affine(%image, %dense/kernel, %dense/bias) activation="relu"
 */
export function printGraph(graph: PrintableGraph, labels = labelsOf(graph)): string {
  const label = (node: Node) => labels.get(node) ?? printConstant((node as Node<"constant">).attributes.value);
  const remark = (node: Node) => {
    const scope = node.scope && graph.names.get(node.scope);
    // What a pass has fused away has no label any more.
    const of = graph.gradientOf?.get(node)?.flatMap((forward) => labels.get(forward) ?? []) ?? [];
    const gradient = of.length > 0 ? [`gradient of ${of.join(", ")}`] : [];
    // A gradient is seen to be backward, and an update to be one; loss and metrics are named by their scopes.
    const part = node.part === "state" || (node.part === "backward" && of.length === 0) ? [node.part] : [];
    const remarks = [...(scope ? [scope] : []), ...part, ...gradient];
    return remarks.length > 0 ? `  # ${remarks.join("; ")}` : "";
  };
  const shown = graph.nodes.filter((node) => labels.has(node));
  const lines = shown.flatMap((node) => [
    `  ${printNode(node, label)}${remark(node)}`,
    ...bodiesOf(node).flatMap(([name, body]) => printBody(name, body, graph.names)),
  ]);
  const outputs = Object.entries(graph.outputs).map(([name, node]) => `  return ${name} = ${label(node)}`);
  const updates = [...(graph.updates ?? [])].map(([variable, next]) => `  ${label(variable)} := ${label(next)}`);
  return [`graph ${graph.name} {`, ...lines, ...updates, ...outputs, "}"].join("\n");
}

/** A body below the node that has it. Its parameters stand in its head, in order. */
function printBody(name: string, { parameters, nodes, results }: Body, names: Names): string[] {
  const all = [...new Set([...parameters, ...nodes])];
  const labels = labelsOf({ nodes: all, names });
  const outputs = Object.fromEntries(results.entries());
  const printed = printGraph({ name, outputs, nodes: all, names }, labels);
  return printed.split("\n").map((line) => `    ${line.replace(/^graph /, "")}`);
}

/** What nodes are called in print: by name, or by a number. A constant scalar is printed where it is read. */
export function labelsOf({ nodes, names }: Pick<PrintableGraph, "nodes" | "names">): Map<Node, string> {
  const labels = new Map<Node, string>();
  const taken = new Set<string>();
  for (const node of nodes) {
    if (isOp(node, "constant") && node.rank === 0) continue;
    const name = `%${names.get(node) ?? labels.size}`;
    // An input and a variable may have one name, and a name may be a number.
    let label = name;
    for (let i = 1; taken.has(label); i++) label = `${name}'${i}`;
    taken.add(label);
    labels.set(node, label);
  }
  return labels;
}

/** A node as it is printed, in its graph. */
export function printNode(node: Node, label: (node: Node) => string): string {
  const head = `${label(node)}: ${printSignature(node)}`;
  if (isOp(node, "input")) return `${head} = input`;
  if (isOp(node, "variable")) return `${head} = variable, starts as ${visible(node.attributes.initializer.name)}`;
  if (isOp(node, "constant")) return `${head} = constant ${printConstant(node.attributes.value)}`;
  // A flag that is not set is not worth a reader's time, and a function cannot be read.
  const said = Object.entries(node.attributes).filter(
    ([, value]) => value !== false && typeof value !== "function" && !(value instanceof Body),
  );
  const attributes = said.map(([name, value]) => ` ${name}=${exactText(value, () => "…")}`);
  return `${head} = ${node.op}(${node.inputs.map(label).join(", ")})${attributes.join("")}`;
}

/** `float32[batch, 512]`; of several results all. */
export function printSignature({ results, dtype, shape }: Node): string {
  if (!results) return `${dtype}${show(shape)}`;
  return `(${results.map((result) => `${result.dtype}${show(result.shape)}`).join(", ")})`;
}

/** The number of a scalar; the first numbers of what is larger. */
export function printConstant({ shape, data }: NdArray): string {
  const numbers = [...data.subarray(0, 8)].map((value) =>
    Object.is(value, -0) ? "-0" : String(Number(value.toPrecision(7))),
  );
  if (shape.length === 0) return numbers[0]!;
  return `[${numbers.join(", ")}${data.length > 8 ? ", …" : ""}]`;
}

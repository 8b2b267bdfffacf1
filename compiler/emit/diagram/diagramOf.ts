import type { Graph } from "../../../src/ir/graph.js";
import { isOp, type Node } from "../../../src/ir/node.js";
import { printConstant } from "../../../src/ir/print.js";
import { show } from "../../../src/types/show.js";
import type { Diagram, DiagramGroup, DiagramNode } from "./diagram.js";
import { type Kind, kindsOf } from "./kinds.js";
import { layersOf } from "./layers.js";

/** What running a node once costs. */
export interface Cost {
  /** Floating-point operations. */
  readonly flops: number;
  /** Bytes read and written. */
  readonly bytes: number;
}

/**
 * What is drawn of a graph. Each output becomes a node of its own, after what it gives; a scalar constant does not: it is
 * written where it is read.
 *
 * @param costOf what a node costs to run
 */
export function diagramOf(graph: Graph, costOf: (node: Node) => Cost): Diagram {
  const kinds = kindsOf(graph);
  const layers = layersOf(graph, kinds);
  const groups = new Groups();
  const drawn = graph.nodes.filter((node) => !isScalarConstant(node));
  const indices = new Map(drawn.map((node, index) => [node, index]));
  const nodes = drawn.map((node): DiagramNode => {
    const layer = layers.get(node);
    const name = graph.names.get(node);
    return {
      kind: kinds.get(node)!,
      op: node.op,
      ...(name !== undefined && { name }),
      ...(layer !== undefined && { group: groups.indexOf(layer) }),
      inputs: node.inputs.map((input) => indices.get(input) ?? constantText(input)),
      type: typeOf(node),
      attributes: attributesOf(node),
      ...parametersOf(node),
      ...costOf(node),
    };
  });
  const outputs = Object.entries(graph.outputs).map(([name, node]) => outputNode(name, node, indices.get(node)));
  return { nodes: [...nodes, ...outputs], groups: groups.list };
}

function outputNode(name: string, node: Node, index: number | undefined): DiagramNode {
  const kind: Kind = "output";
  const inputs = [index ?? constantText(node)];
  return { kind, op: kind, name, inputs, type: typeOf(node), attributes: [], flops: 0, bytes: 0 };
}

/** `float32[batch, 512]`. */
function typeOf({ dtype, shape }: Node): string {
  return `${dtype}${show(shape)}`;
}

function attributesOf(node: Node): [string, string][] {
  if (isOp(node, "constant")) return [["value", printConstant(node.attributes.value)]];
  if (isOp(node, "input")) return [];
  if (isOp(node, "variable")) {
    const { initializer, trainable } = node.attributes;
    return [
      ["starts as", initializer.name],
      ["trainable", String(trainable)],
    ];
  }
  return Object.entries(node.attributes).map(([name, value]) => [name, textOf(value)]);
}

function parametersOf(node: Node): { parameters?: number } {
  if (!isOp(node, "variable") || !node.attributes.trainable) return {};
  return { parameters: node.attributes.shape.reduce((product, size) => product * size, 1) };
}

function isScalarConstant(node: Node): boolean {
  return isOp(node, "constant") && node.rank === 0;
}

function constantText(node: Node): string {
  return printConstant((node as Node<"constant">).attributes.value);
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join(", ")}]`;
  return typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
}

/** Groups by their names, "block/conv" within "block". */
class Groups {
  readonly list: DiagramGroup[] = [];
  readonly #indices = new Map<string, number>();

  indexOf(name: string): number {
    const known = this.#indices.get(name);
    if (known !== undefined) return known;
    const slash = name.lastIndexOf("/");
    const parent = slash > 0 ? this.indexOf(name.slice(0, slash)) : undefined;
    this.list.push({ name, ...(parent !== undefined && { parent }) });
    this.#indices.set(name, this.list.length - 1);
    return this.list.length - 1;
  }
}

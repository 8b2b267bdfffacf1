import { exactText } from "../../../src/ir/attributes.js";
import { type Graph, usersOf } from "../../../src/ir/graph.js";
import { isOp, type Node } from "../../../src/ir/node.js";
import { printConstant, printType } from "../../../src/ir/print.js";
import { nodeCost } from "../../analysis/cost.js";
import type { DimSizes } from "../../analysis/sizes.js";
import { blocksOf } from "./blocks.js";
import type { Diagram, DiagramGroup, DiagramNode } from "./diagram.js";
import { type Kind, kindsOf } from "./kinds.js";
import { layersOf } from "./layers.js";

/**
 * What is drawn of a graph. Each output becomes a node of its own, after what it gives; a scalar constant does not: it is
 * written where it is read.
 *
 * @param dims the size of every named dim, for the costs
 */
export function diagramOf(graph: Graph, dims: DimSizes): Diagram {
  const kinds = kindsOf(graph);
  const layers = layersOf(graph, kinds);
  const groups = new Groups(blocksOf(graph, kinds, layers));
  const { nextOf, hidden } = nextValuesOf(graph);
  const drawn = graph.nodes.filter((node) => !isScalarConstant(node) && !hidden.has(node));
  const indices = new Map(drawn.map((node, index) => [node, index]));
  const nodes = drawn.map((node): DiagramNode => {
    const layer = layers.get(node);
    const name = graph.names.get(node);
    // What a pass has fused away is not drawn any more.
    const gradientOf = graph.gradientOf.get(node)?.flatMap((value) => indices.get(value) ?? []) ?? [];
    return {
      kind: kinds.get(node)!,
      op: node.op,
      ...(name !== undefined && { name }),
      ...(layer !== undefined && { group: groups.indexOf(layer) }),
      inputs: node.inputs.map((input) => indices.get(input) ?? constantText(input)),
      ...(gradientOf.length > 0 && { gradientOf }),
      type: printType(node),
      attributes: [...attributesOf(node), ...(nextOf.get(node) ?? [])],
      ...parametersOf(node),
      ...nodeCost(node, dims),
    };
  });
  const outputs = Object.entries(graph.outputs).map(([name, node]) => outputNode(name, node, indices.get(node)));
  return { nodes: [...nodes, ...outputs], groups: groups.list };
}

function outputNode(name: string, node: Node, index: number | undefined): DiagramNode {
  const kind: Kind = "output";
  const inputs = [index ?? constantText(node)];
  return { kind, op: kind, name, inputs, type: printType(node), attributes: [], flops: 0, bytes: 0 };
}

/**
 * Of which variables nodes give the next values, as attributes. A result that is nothing but that is not drawn: it is said of the
 * op that has it.
 */
function nextValuesOf(graph: Graph) {
  const users = usersOf(graph);
  const outputs = new Set(Object.values(graph.outputs));
  const hidden = new Set<Node>();
  const nextOf = new Map<Node, [string, string][]>();
  for (const [variable, next] of graph.updates) {
    const isHidden = isOp(next, "result") && users.get(next)!.length === 0 && !outputs.has(next);
    if (isHidden) hidden.add(next);
    const from = isHidden ? next.inputs[0]! : next;
    const name = graph.names.get(variable) ?? variable.attributes.name;
    nextOf.set(from, [...(nextOf.get(from) ?? []), ["next value of", name]]);
  }
  return { nextOf, hidden };
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
  // A function cannot be read: a custom gradient's rule.
  const said = Object.entries(node.attributes).filter(([, value]) => typeof value !== "function");
  return said.map(([name, value]) => [name, textOf(value)]);
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
  return typeof value === "string" ? value : exactText(value, String);
}

/** Groups by their names: "stage/conv" stands in "stage", and this in its block, where it has one. */
class Groups {
  readonly list: DiagramGroup[] = [];
  readonly #indices = new Map<string, number>();

  constructor(readonly blocks: ReadonlyMap<string, string>) {}

  indexOf(layer: string): number {
    return this.#index(`layer ${layer}`, layer, () => {
      const slash = layer.lastIndexOf("/");
      if (slash > 0) return this.indexOf(layer.slice(0, slash));
      const block = this.blocks.get(layer);
      return block === undefined ? undefined : this.#index(`block ${block}`, block, () => undefined);
    });
  }

  #index(key: string, name: string, parentOf: () => number | undefined): number {
    const known = this.#indices.get(key);
    if (known !== undefined) return known;
    const parent = parentOf();
    this.list.push({ name, ...(parent !== undefined && { parent }) });
    this.#indices.set(key, this.list.length - 1);
    return this.list.length - 1;
  }
}

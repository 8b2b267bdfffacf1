import { bodiesOf } from "../../../src/ir/body.js";
import { firstParameter } from "../../../src/ir/control.js";
import { type Graph, usersOf } from "../../../src/ir/graph.js";
import { isOp, type Node } from "../../../src/ir/node.js";
import { printSignature } from "../../../src/ir/print.js";
import { controlOf } from "../../../src/ops/registry.js";
import { isOptimizerState } from "../../../src/optimizerState.js";
import { type Cost, costOfBodies, nodeCost, roundsOf } from "../../analysis/cost.js";
import type { DimSizes } from "../../analysis/sizes.js";
import { attributesOf, constantText, isScalarConstant, parametersOf } from "./attributesOf.js";
import { blocksOf } from "./blocks.js";
import type { Diagram, DiagramNode } from "./diagram.js";
import { Groups } from "./groups.js";
import { type Kind, kindsOf } from "./kinds.js";
import { layersOf } from "./layers.js";
import { overBatch } from "./overBatch.js";
import { wordsOf } from "./wordsOf.js";

/** What else is said of nodes, where it is known. */
export interface DiagramOptions {
  /** The number of the place in the user's files that a node comes from. */
  readonly sourceOf?: (node: Node) => number | undefined;
  /** The named dim that counts samples: then costs say how they grow with it. */
  readonly batch?: string | undefined;
}

/**
 * What is drawn of a graph. Each output becomes a node of its own, after what it gives; a scalar constant does not: it is
 * written where it is read.
 *
 * @param dims the size of every named dim, for the costs
 * @param roles what inputs are for, where they are not all the model's
 */
export function diagramOf(
  graph: Graph,
  dims: DimSizes,
  roles: ReadonlyMap<Node, string> = new Map(),
  { sourceOf, batch }: DiagramOptions = {},
): Diagram {
  const words = wordsOf(graph);
  const kinds = kindsOf(graph);
  const layers = layersOf(graph, kinds);
  const groups = new Groups(blocksOf(graph, kinds, layers));
  const { nextOf, hidden } = nextValuesOf(graph);
  const nodes: DiagramNode[] = [];
  const indices = new Map<Node, number>();
  for (const node of graph.nodes.filter((one) => !isScalarConstant(one) && !hidden.has(one))) {
    const layer = layers.get(node);
    const name = graph.names.get(node);
    const kind = kinds.get(node)!;
    const operands = node.inputs.map((input) => indices.get(input) ?? constantText(input));
    const within = drawBodies(node, operands, {
      kind,
      group: `${layer ?? node.op}/body`,
      nodes,
      groups,
      dims,
      batch,
      times: () => 1,
    });
    const source = sourceOf?.(node);
    indices.set(node, nodes.length);
    nodes.push({
      kind,
      op: node.op,
      ...(name !== undefined && { name }),
      ...words(node),
      ...roleOf(node, name, roles),
      ...(layer !== undefined && { group: groups.indexOf(layer) }),
      inputs: within ?? operands,
      type: printSignature(node),
      attributes: [...attributesOf(node), ...(nextOf.get(node) ?? [])],
      ...parametersOf(node),
      ...(source !== undefined && { source }),
      ...overBatch((sizes) => ownCost(node, sizes), dims, batch),
    });
  }
  const outputs = Object.entries(graph.outputs).map(([name, node]) => outputNode(name, node, indices.get(node)));
  return { nodes: [...withGradients(nodes, graph, indices), ...outputs], groups: groups.list };
}

function roleOf(node: Node, name: string | undefined, roles: ReadonlyMap<Node, string>): { role?: string } {
  const known = roles.get(node);
  if (known !== undefined) return { role: known };
  if (!isOp(node, "variable")) return {};
  if (name !== undefined && isOptimizerState(name)) return { role: "of the optimizer" };
  return node.attributes.trainable ? {} : { role: "not trained" };
}

/** The nodes with what they are gradients of. What a pass has fused away is not drawn any more. */
function withGradients(nodes: readonly DiagramNode[], { gradientOf }: Graph, indices: ReadonlyMap<Node, number>) {
  const found = new Map<number, number[]>();
  for (const [gradient, values] of gradientOf) {
    const of = values.flatMap((value) => indices.get(value) ?? []);
    if (of.length > 0) found.set(indices.get(gradient)!, of);
  }
  return nodes.map((node, index): DiagramNode => {
    const of = found.get(index);
    return of ? { ...node, gradientOf: of } : node;
  });
}

/** What running a node costs but for its bodies, which are drawn by themselves. */
function ownCost(node: Node, dims: DimSizes): Cost {
  const [cost, inner] = [nodeCost(node, dims), costOfBodies(node, dims)];
  return { flops: cost.flops - inner.flops, bytes: cost.bytes - inner.bytes };
}

/** Where bodies are drawn. */
interface BodySurroundings {
  readonly kind: Kind;
  /** The name of the group; of the second that would have it, with a number. */
  readonly group: string;
  readonly nodes: DiagramNode[];
  readonly groups: Groups;
  readonly dims: DimSizes;
  readonly batch: string | undefined;
  /** How often the node runs that has them. */
  readonly times: (dims: DimSizes) => number;
}

/**
 * Draws the bodies of a node as a group within its layer, between what the node reads and the node itself; costs are those of all
 * rounds.
 *
 * @returns what the node itself then reads: by what it chooses, and the bodies' results; none for a node without bodies
 */
function drawBodies(node: Node, operands: readonly (number | string)[], surroundings: BodySurroundings) {
  const bodies = bodiesOf(node);
  if (bodies.length === 0) return undefined;
  const { kind, nodes, groups, dims, batch } = surroundings;
  const control = controlOf(node)!;
  const times = (sizes: DimSizes) => surroundings.times(sizes) * roundsOf(control, sizes);
  const first = firstParameter(control);
  const results = bodies.flatMap(([, body]) => {
    const group = groups.unused(surroundings.group);
    const indices = new Map<Node, number>();
    const draw = (one: Node, drawn: Pick<DiagramNode, "op" | "inputs" | "flops" | "bytes" | "perBatch">) => {
      indices.set(one, nodes.length);
      nodes.push({
        kind,
        group,
        type: printSignature(one),
        attributes: attributesOf(one),
        ...drawn,
      });
    };
    for (const [i, parameter] of body.parameters.entries()) {
      if (!body.nodes.includes(parameter)) continue;
      draw(parameter, { op: "parameter", inputs: [operands[first + i]!], flops: 0, bytes: 0 });
    }
    const read = (input: Node) => indices.get(input) ?? constantText(input);
    for (const one of body.nodes) {
      if (indices.has(one) || isScalarConstant(one)) continue;
      const inputs = one.inputs.map(read);
      const within = drawBodies(one, inputs, {
        ...surroundings,
        group: `${groups.list[group]!.name}/${one.op}`,
        times,
      });
      const inAllRounds = (sizes: DimSizes): Cost => {
        const { flops, bytes } = ownCost(one, sizes);
        return { flops: times(sizes) * flops, bytes: times(sizes) * bytes };
      };
      draw(one, { op: one.op, inputs: within ?? inputs, ...overBatch(inAllRounds, dims, batch) });
    }
    return [...new Set(body.results.map(read))];
  });
  return [...operands.slice(0, first), ...results];
}

function outputNode(name: string, node: Node, index: number | undefined): DiagramNode {
  const kind: Kind = "output";
  const inputs = [index ?? constantText(node)];
  return { kind, op: kind, name, inputs, type: printSignature(node), attributes: [], flops: 0, bytes: 0 };
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

import { descendants, type Graph, topologicalOrder, usersOf } from "../../../src/ir/graph.js";
import { isOp, type Node } from "../../../src/ir/node.js";
import { isUpdate } from "../../../src/ir/op.js";
import { definitionOf } from "../../../src/ops/registry.js";

/** The nodes of a step in the order of a reader: each list may use what stands before it. */
export interface Sections {
  /** From the inputs to the model's output. */
  readonly forward: readonly Node[];
  /** The loss and the metrics. */
  readonly loss: readonly Node[];
  readonly backward: readonly Node[];
  /** Updates of variables, and what is computed for them alone. */
  readonly update: readonly Node[];
}

/** Sorts a graph's nodes into sections. Inputs and variables are in none. */
export function sectionsOf(graph: Graph, target: Node | undefined): Sections {
  const computed = graph.nodes.filter((node) => !isOp(node, "input") && !isOp(node, "variable"));
  const reported = new Set(topologicalOrder(Object.values(graph.outputs)));
  const judged = descendants(graph, (node) => node === target);
  const given = descendants(graph, (node) => isOp(node, "input"));
  // The model's output and what is before it: gradients flow through them. A metric's own computations have none.
  const trained = [...graph.gradientOf.values()].flat().filter((node) => !judged.has(node));
  const before = trained.length > 0 ? new Set(topologicalOrder(trained)) : reported;
  const users = usersOf(graph);

  const sections: Record<keyof Sections, Node[]> = { forward: [], loss: [], backward: [], update: [] };
  const section = new Map<Node, keyof Sections>();
  for (const node of computed.toReversed()) section.set(node, sectionOf(node));
  for (const node of computed) sections[section.get(node)!].push(node);
  return { ...sections, update: readersFirst(sections.update) };

  function sectionOf(node: Node): keyof Sections {
    if (reported.has(node)) return judged.has(node) || !before.has(node) || isForMetrics(node) ? "loss" : "forward";
    if (isUpdate(definitionOf(node.op))) return "update";
    return graph.gradientOf.has(node) || given.has(node) || !isForUpdates(node) ? "backward" : "update";
  }

  /** Whether a node is a class or an answer, as a metric compares it with the target: no gradient flows through these. */
  function isForMetrics(node: Node): boolean {
    if (node.dtype === "float32") return false;
    const readers = users.get(node)!;
    return readers.length > 0 && readers.every((user) => section.get(user) === "loss");
  }

  /** Whether a node depends on nothing that a batch has a part in, and updates alone use it: the next count of steps. */
  function isForUpdates(node: Node): boolean {
    return users
      .get(node)!
      .every((user) => isUpdate(definitionOf(user.op)) || (!given.has(user) && isForUpdates(user)));
  }
}

/**
 * Updates one after another see the values from before any of them, if each stands after all that read what it writes.
 * What is computed for updates comes first.
 */
function readersFirst(nodes: readonly Node[]): Node[] {
  const written = (node: Node) => node.inputs.slice(0, writesOf(node));
  const order = nodes.filter((node) => writesOf(node) === 0);
  let waiting = nodes.filter((node) => writesOf(node) > 0);
  while (waiting.length > 0) {
    const ready = waiting.filter((node) =>
      waiting.every((other) => other === node || !other.inputs.some((input) => written(node).includes(input))),
    );
    // Updates that read each other's variables do not exist: optimizers update each variable by itself.
    const next = ready.length > 0 ? ready : waiting;
    order.push(...next);
    waiting = waiting.filter((node) => !next.includes(node));
  }
  return order;
}

/** How many variables a node writes: its first inputs. */
export function writesOf(node: Node): number {
  const definition = definitionOf(node.op);
  return isUpdate(definition) ? definition.writes : 0;
}

import { descendants, finalValues, type Graph } from "../../src/ir/graph.js";
import { isOp, type Node } from "../../src/ir/node.js";
import { hasResults, type InPlace } from "../../src/ir/op.js";
import { definitionOf } from "../../src/ops/registry.js";

/** Which optimizers' rules of a graph change their variables where they are. */
export interface InPlaceUpdates {
  readonly nodes: ReadonlySet<Node>;
  /** These nodes, and all that is computed from the new values. Nothing of it reads an old value of what they change. */
  readonly late: ReadonlySet<Node>;
}

/**
 * The rules that can be done in place: every result is the next value of the variable that it was made from, and whoever else reads
 * what they change can do so before: nothing that is computed from new values does, nor another rule, nor what the graph gives.
 */
export function updatesInPlace(graph: Graph): InPlaceUpdates {
  const nodes = new Set<Node>();
  const changedBy = new Map<Node, Node>();
  for (const node of graph.nodes) {
    if (!inPlaceRulesOf(node) || !goesHome(node, graph)) continue;
    nodes.add(node);
    for (const variable of variablesChanged(node)) changedBy.set(variable, node);
  }
  const late = descendants(graph, (node) => nodes.has(node));
  const spoil = (variable: Node) => {
    const rule = changedBy.get(variable);
    if (rule) nodes.delete(rule);
  };
  finalValues(graph).forEach(spoil);
  for (const node of late) {
    // Of a rule itself, what it changes is no reader.
    node.inputs.slice(nodes.has(node) ? node.results!.length : 0).forEach(spoil);
  }
  return { nodes, late: descendants(graph, (node) => nodes.has(node)) };
}

/** How a node is done in place, if it can be. */
export function inPlaceRulesOf(node: Node): InPlace<Node["op"]> | undefined {
  const definition = definitionOf(node.op);
  return hasResults(definition) ? definition.inPlace : undefined;
}

/** The variables that a rule changes in place: its first inputs. */
export function variablesChanged(rule: Node): readonly Node[] {
  return rule.inputs.slice(0, rule.results!.length);
}

/** The variable whose new value a node is, where this is the result of a rule that is done in place. */
export function newValueOf(node: Node, { nodes }: InPlaceUpdates): Node | undefined {
  if (!isOp(node, "result")) return undefined;
  const [rule] = node.inputs;
  return nodes.has(rule!) ? rule!.inputs[node.attributes.index] : undefined;
}

function goesHome(node: Node, { updates }: Graph): boolean {
  return node.results!.every((_, i) => {
    const variable = node.inputs[i]!;
    const next = isOp(variable, "variable") ? updates.get(variable) : undefined;
    return next && isOp(next, "result") && next.inputs[0] === node && next.attributes.index === i;
  });
}

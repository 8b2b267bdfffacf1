import type { Graph } from "../../../src/ir/graph.js";
import { isOp, type Node } from "../../../src/ir/node.js";
import { optimizerState } from "../../../src/optimizerState.js";
import { inPlaceRulesOf, variablesChanged } from "../../analysis/in-place.js";
import { literal } from "./literals.js";

/** An optimizer's rule for several weights, one after another, which differ in nothing but their gradients: one call. */
export interface Update {
  /** The rules of the weights. Their first is where the call stands. */
  readonly rules: readonly Node[];
  /** What is kept for each weight, by the ends of the names: `meanSquare`. */
  readonly slots: readonly string[];
}

/** The variables that a rule changes and that have a name in generated code, where what is never read is not kept. */
export function variablesKept(rule: Node): readonly Node[] {
  const unread = unreadPlaces(rule);
  return variablesChanged(rule).filter((_, place) => !unread.includes(place));
}

/** The variables that rules write and that nothing reads. */
export function variablesLeftOut(rules: Iterable<Node>): Set<Node> {
  return new Set([...rules].flatMap((rule) => unreadPlaces(rule).map((place) => variablesChanged(rule)[place]!)));
}

/** What is given to a rule beside its variables, the gradient last. */
export function operandsOf(rule: Node): readonly Node[] {
  return rule.inputs.slice(variablesChanged(rule).length);
}

/** The gradient that a rule is given. */
export function gradientFor(rule: Node): Node {
  return rule.inputs.at(-1)!;
}

/**
 * Puts rules together that stand one after another with the same settings and scalars. One by itself, or one that is given more
 * than scalars and a gradient, is in none.
 *
 * @param nodes a section's, in their order
 * @param rules those of them that are done in place
 * @param isNumber whether a node is written as a number, which no entry of the gradients is
 */
export function updatesOf(
  graph: Graph,
  nodes: readonly Node[],
  rules: ReadonlySet<Node>,
  isNumber: (node: Node) => boolean,
): Update[] {
  const updates: { key: string; scalars: readonly Node[]; rules: Node[]; slots: readonly string[] }[] = [];
  let last: (typeof updates)[number] | undefined;
  for (const node of nodes) {
    if (isOp(node, "result")) continue;
    const slots = rules.has(node) && !isNumber(gradientFor(node)) ? slotsOf(node, graph) : undefined;
    const scalars = rules.has(node) ? operandsOf(node).slice(0, -1) : [];
    if (slots === undefined || scalars.some(({ rank }) => rank > 0)) {
      last = undefined;
      continue;
    }
    const key = `${node.op} ${literal(node.attributes)} ${slots}`;
    if (last?.key === key && last.scalars.every((one, i) => one === scalars[i])) last.rules.push(node);
    else {
      last = { key, scalars, rules: [node], slots };
      updates.push(last);
    }
  }
  return updates.filter(({ rules: { length } }) => length > 1);
}

/** What follows a weight's name in the names of what is kept for it; none where that is not called after it. */
function slotsOf(rule: Node, { names }: Graph): string[] | undefined {
  const [weight, ...slots] = variablesKept(rule).map((variable) => names.get(variable)!);
  const start = `${optimizerState}${weight}/`;
  return slots.every((slot) => slot.startsWith(start)) ? slots.map((slot) => slot.slice(start.length)) : undefined;
}

function unreadPlaces(rule: Node): readonly number[] {
  return inPlaceRulesOf(rule)?.unread?.(rule.attributes) ?? [];
}

import { appendTo } from "../../src/ir/appendTo.js";
import type { Graph } from "../../src/ir/graph.js";
import type { Node, OpName } from "../../src/ir/node.js";
import { rewrite } from "./rewrite.js";
import type { Rule } from "./rules/rule.js";

/** A function that applies rules to a graph until none matches. */
export function applyRules(rules: readonly Rule[]): (graph: Graph) => Graph {
  const rulesByOp = new Map<OpName, Rule[]>();
  for (const rule of rules) {
    for (const op of rule.ops) appendTo(rulesByOp, op, rule);
  }
  /** The node that the rules leave; each rule may make way for another. */
  const apply = (node: Node): Node => {
    for (let current = node; ; ) {
      const next = rulesByOp
        .get(current.op)
        ?.reduce<Node | undefined>((found, rule) => found ?? rule.rewrite(current), undefined);
      if (next === undefined) return current;
      current = next;
    }
  };
  return (graph) => {
    for (let current = graph; ; ) {
      const next = rewrite(current, apply);
      if (next === current) return current;
      current = next;
    }
  };
}

import type { Node, OpName } from "../../src/ir/node.js";
import type { Pass } from "./pass.js";
import { rewrite } from "./rewrite.js";
import { arithmetic } from "./rules/arithmetic.js";
import { canonical } from "./rules/canonical.js";
import { layout } from "./rules/layout.js";
import { reductions } from "./rules/reductions.js";
import type { Rule } from "./rules/rule.js";

/** Every algebraic simplification. */
export const rules: readonly Rule[] = [...canonical, ...arithmetic, ...layout, ...reductions];

const rulesByOp = new Map<OpName, Rule[]>();
for (const rule of rules) {
  for (const op of rule.ops) rulesByOp.set(op, [...(rulesByOp.get(op) ?? []), rule]);
}

/** The node that the rules leave; each rule may make way for another. */
function apply(node: Node): Node {
  for (let current = node; ; ) {
    const next = rulesByOp
      .get(current.op)
      ?.reduce<Node | undefined>((found, rule) => found ?? rule.rewrite(current), undefined);
    if (next === undefined) return current;
    current = next;
  }
}

/** Applies the rules of the folder `rules` until none matches. */
export const simplify: Pass = {
  name: "simplify",
  summary: "algebraic identities: x + 0, x · 1, reshape of a reshape, …",
  run(graph) {
    let current = graph;
    for (;;) {
      const next = rewrite(current, apply);
      if (next === current) return current;
      current = next;
    }
  },
};

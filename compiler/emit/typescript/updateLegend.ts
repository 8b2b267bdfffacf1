import type { Node } from "../../../src/ir/node.js";
import { definitionOf } from "../../../src/ops/registry.js";
import { formulaOf } from "./formula.js";
import { comment } from "./layout.js";

/** The comment above the optimizer's calls: what each does to every weight, and what the letters of its formula stand for. */
export function updateLegend(rules: readonly Node[]): string[] {
  const byFormula = new Map(rules.map((rule) => [formulaOf(rule, () => ""), rule]));
  return [...byFormula].flatMap(([formula, rule]) => {
    if (formula === undefined) return [];
    const symbols = {
      w: "the weight",
      g: "its gradient",
      η: "the learning rate",
      ...definitionOf(rule.op).words?.symbols,
    };
    const said = Object.entries(symbols).filter(([letter]) => formula.includes(letter));
    const meanings = said.map(([letter, meaning]) => `${letter} is ${meaning}`);
    return [...comment(`${rule.op}: ${formula}`, "  "), ...comment(`where ${meanings.join(", ")}`, "  ")];
  });
}

import { fix } from "../edits.js";
import { shorten } from "../names.js";
import type { NodeRule } from "./node-rule.js";

export const notAdapted: NodeRule = {
  id: "not-adapted",
  title: "A layer that has not seen its data",
  help: "What learns from data before training is made by adapt: const scale = await normalization().adapt(samples). What that gives is called.",
  codes: [2349],
  explain(node, { checker }) {
    const type = checker.getTypeAtLocation(node);
    if (!type.getProperty("adapt") || type.getCallSignatures().length > 0) return undefined;
    const name = shorten(node.getText());
    return {
      what: `${name} is called before it has been adapted to data, of which it learns what it computes.`,
      fix: fix(`Adapt it, and call what that gives: await ${name}.adapt(samples).`),
    };
  },
};

import { ts } from "ts-morph";
import { fix } from "../edits.js";
import { calledName, shorten } from "../names.js";
import { isTensor } from "../shapes.js";
import type { NodeRule } from "./node-rule.js";

export const notAdapted: NodeRule = {
  id: "not-adapted",
  title: "A layer that has not seen its data",
  help: "What learns from data before training is made by adapt: const scale = await normalization().adapt(samples). What that gives is called.",
  codes: [2349, 2769],
  explain(node, { checker }) {
    const call = node.parent;
    if (ts.isCallExpression(call) && calledName(call) === "normalization" && call.arguments[0] === node) {
      if (call.arguments.length > 1 || !isTensor(checker, node)) return undefined;
      return {
        what: `${shorten(call.getText())} has neither a mean and a variance, nor seen data to learn them of.`,
        fix: fix(
          `Adapt it before the model, const scale = await normalization().adapt(samples), and call what that gives: scale(${shorten(node.getText())}).`,
        ),
      };
    }
    const type = checker.getTypeAtLocation(node);
    if (!type.getProperty("adapt") || type.getCallSignatures().length > 0) return undefined;
    const name = shorten(node.getText());
    return {
      what: `${name} is called before it has been adapted to data, of which it learns what it computes.`,
      fix: fix(`Adapt it, and call what that gives: await ${name}.adapt(samples).`),
    };
  },
};

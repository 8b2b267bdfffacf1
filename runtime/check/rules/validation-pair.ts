import { ts } from "ts-morph";
import { fix } from "../edits.js";
import { shorten } from "../names.js";
import type { NodeRule } from "./node-rule.js";

export const validationPair: NodeRule = {
  id: "validation-pair",
  title: "Validation data in a record",
  help: "Validation data is given as fit takes its own, inputs and targets in a list: validationData: [{ x }, target].",
  codes: [2322, 2353, 2739, 2740],
  explain(node) {
    const option = ts.findAncestor(
      node,
      (around): around is ts.PropertyAssignment =>
        ts.isPropertyAssignment(around) && around.name.getText() === "validationData",
    );
    if (!option || !ts.isObjectLiteralExpression(option.initializer)) return undefined;
    return {
      what: `validationData takes [inputs, target], but ${shorten(option.initializer.getText())} is a record.`,
      fix: fix("Write a list of both, as fit takes them: validationData: [{ x: … }, target]."),
    };
  },
};

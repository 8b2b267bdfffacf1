import { ts } from "ts-morph";
import { fix, replace } from "../edits.js";
import type { NodeRule } from "./node-rule.js";

const words = new Map([
  ["True", "true"],
  ["False", "false"],
  ["None", "undefined"],
]);

export const pythonsWord: NodeRule = {
  id: "pythons-word",
  title: "A word of Python's",
  help: 'True, False and None are true, false and undefined; an option that is None is left out, and an axis of any size has a name, ["batch", 28].',
  codes: [2304, 2552],
  explain(node) {
    const written = ts.isIdentifier(node) ? words.get(node.text) : undefined;
    if (written === undefined) return undefined;
    const { parent } = node;
    if (written === "undefined" && ts.isArrayLiteralExpression(parent)) {
      const edits = parent.elements[0] === node ? [replace(node, '"batch"')] : [];
      return {
        what: "None is Python's; in a shape, an axis of any size has a name here.",
        fix: fix('Write a name, such as "batch" or "time":', ...edits),
      };
    }
    return {
      what: `${node.getText()} is Python's; here it is ${written}.`,
      fix: fix(`Write ${written}:`, replace(node, written)),
    };
  },
};

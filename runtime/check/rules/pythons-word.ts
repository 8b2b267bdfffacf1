import { ts } from "ts-morph";
import { fix, replace } from "../edits.js";
import type { NodeRule } from "./node-rule.js";

const words: Readonly<Record<string, string>> = { True: "true", False: "false", None: "undefined" };

export const pythonsWord: NodeRule = {
  id: "pythons-word",
  title: "A word of Python's",
  help: "True, False and None are true, false and undefined; an option that is None is left out.",
  codes: [2304, 2552],
  explain(node) {
    const written = ts.isIdentifier(node) ? words[node.text] : undefined;
    if (written === undefined) return undefined;
    return {
      what: `${node.getText()} is Python's; here it is ${written}.`,
      fix: fix(`Write ${written}:`, replace(node, written)),
    };
  },
};

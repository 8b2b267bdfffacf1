import { ts } from "ts-morph";
import { fix } from "../edits.js";
import { shorten } from "../names.js";
import type { NodeRule } from "./node-rule.js";

export const lossCalled: NodeRule = {
  id: "loss-called",
  title: "A loss that is called",
  help: "A loss or a metric is given to compile, which calls it. A loss of one's own is a function of target and output, made of ops.",
  codes: [2349],
  explain(node, { checker }) {
    const type = checker.getTypeAtLocation(node);
    if (!ts.isCallExpression(node.parent) || !type.getProperty("values") || !type.getProperty("name")) return undefined;
    return {
      what: `${shorten(node.getText())} is a loss, which is not called: compile takes it.`,
      fix: fix(
        "Give it to compile: compile(net, { optimizer, loss }). Within a model, a loss is made of ops: mean(square(subtract(output, target))).",
      ),
    };
  },
};

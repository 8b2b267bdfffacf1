import { ts } from "ts-morph";
import { fix, replace } from "../edits.js";
import { calledName } from "../names.js";
import { isTensor } from "../shapes.js";
import type { NodeRule } from "./node-rule.js";

export const listWanted: NodeRule = {
  id: "list-wanted",
  title: "Values where a list of them is taken",
  help: "What is joined stands in one list: concat([x, y], -1), stack([x, y]); so do programs that are opened together: openTogether([critic, generator]).",
  codes: [2345, 2554, 2769],
  explain(node, { checker }) {
    const call = ts.isCallExpression(node.parent) ? node.parent : undefined;
    const first = call?.arguments[0];
    if (
      call &&
      first &&
      calledName(call) === "openTogether" &&
      !checker.isArrayLikeType(checker.getTypeAtLocation(first))
    ) {
      const list = call.arguments.map((argument) => argument.getText()).join(", ");
      return {
        what: `openTogether takes programs in a list, but ${first.getText()} stands by itself.`,
        fix: fix("Write the list:", replace(call, `${call.expression.getText()}([${list}])`)),
      };
    }
    if (!call || !first || !/^(concat|stack)$/.test(calledName(call)) || !isTensor(checker, first)) return undefined;
    const tensors = call.arguments.filter((argument) => isTensor(checker, argument));
    const others = call.arguments.filter((argument) => !tensors.includes(argument));
    const list = `[${tensors.map((tensor) => tensor.getText()).join(", ")}]`;
    const axis =
      others.length > 0 ? others.map((other) => other.getText()) : calledName(call) === "concat" ? ["-1"] : [];
    return {
      what: `${calledName(call)} takes tensors in a list, but ${first.getText()} is one by itself.`,
      fix: fix("Write the list:", replace(call, `${call.expression.getText()}(${[list, ...axis].join(", ")})`)),
    };
  },
};

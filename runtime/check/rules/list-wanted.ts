import { ts } from "ts-morph";
import { fix, replace } from "../edits.js";
import { calledName, shorten } from "../names.js";
import { wantedAt } from "../properties.js";
import { isTensor } from "../shapes.js";
import type { NodeRule } from "./node-rule.js";
import type { Explanation } from "./rule.js";

export const listWanted: NodeRule = {
  id: "list-wanted",
  title: "Values where a list of them is taken",
  help: "What is joined stands in one list: concat([x, y], -1), stack([x, y]); so do programs that are opened together: openTogether([critic, generator]).",
  codes: [2322, 2345, 2554, 2739, 2740, 2741, 2769],
  explain(node, { checker }) {
    const listed = ofOption(node, checker);
    if (listed) return listed;
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

/** One callback, where an option takes a list of them. */
function ofOption({ parent }: ts.Node, checker: ts.TypeChecker): Explanation | undefined {
  const value = ts.isPropertyAssignment(parent) ? parent.initializer : undefined;
  const wanted = value && wantedAt(checker, value);
  if (!wanted || !checker.isArrayLikeType(wanted)) return undefined;
  const element = checker.getIndexTypeOfType(wanted, ts.IndexKind.Number);
  const type = checker.getTypeAtLocation(value);
  const isObject = (type.flags & ts.TypeFlags.Object) !== 0;
  if (!element || !isObject || checker.isArrayLikeType(type) || !checker.isTypeAssignableTo(type, element))
    return undefined;
  return {
    what: `${parent.getText().split(":")[0]} takes a list, but ${shorten(value.getText())} stands alone.`,
    fix: fix("Write the list:", replace(value, `[${value.getText()}]`)),
  };
}

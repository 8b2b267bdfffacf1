import { ts } from "ts-morph";
import { fix, replace } from "../edits.js";
import { kind } from "../kind.js";
import { calledName, shorten } from "../names.js";
import { optionNameOf } from "../properties.js";
import { isTensor } from "../shapes.js";
import type { NodeRule } from "./node-rule.js";
import { noTensorReturned } from "./noTensorReturned.js";

export const ownMetric: NodeRule = {
  id: "own-metric",
  title: "A metric of one's own",
  help: 'A metric of one\'s own has a name, and returns a tensor of numbers: metricOf("error", (target: Tensor<["batch", 1]>, output: Tensor<["batch", 1]>) => abs(subtract(target, output))).',
  codes: [2322, 2345, 2769],
  explain(node, { checker }) {
    if (isInMetrics(node)) {
      return {
        what: "metrics takes metrics, which have a name, but this is a function.",
        fix: fix(
          'Make one of it: metricOf("name", (target: Tensor<["batch", 1]>, output: Tensor<["batch", 1]>) => …), with the shapes that these have.',
        ),
      };
    }
    const given = kind(checker, checker.getTypeAtLocation(node));
    if (ts.isArrayLiteralExpression(node.parent) && optionNameOf(node) === "metrics" && !/^none|^a text/.test(given)) {
      return {
        what: `metrics takes metrics, but ${shorten(node.getText())} is ${given}.`,
        fix: fix("List what is to be measured: metrics: [accuracy()]."),
      };
    }
    const call = ts.findAncestor(node.parent, ts.isCallExpression);
    if (!call || calledName(call) !== "metricOf") return undefined;
    const [first, second] = call.arguments;
    if (!first || !second) return undefined;
    if (isFunction(first) && ts.isStringLiteralLike(second)) {
      return {
        what: "metricOf takes the name first, and then the function.",
        fix: fix("Swap them:", replace(call, `${call.expression.getText()}(${second.getText()}, ${first.getText()})`)),
      };
    }
    // Where its parameters have no types, what the function returns may have none.
    const isRight =
      isFunction(second) && !isAsync(second) && ts.isExpression(second.body) && isTensor(checker, second.body);
    return isRight
      ? undefined
      : noTensorReturned(checker, second, "A metric", 'cast(equal(target, output), "float32")');
  },
};

/** Whether it is a function where `compile` takes metrics. */
export function isInMetrics(node: ts.Node): boolean {
  return isFunction(node) && optionNameOf(node) === "metrics";
}

function isFunction(node: ts.Node): node is ts.ArrowFunction | ts.FunctionExpression {
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node);
}

function isAsync(node: ts.ArrowFunction | ts.FunctionExpression): boolean {
  return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ?? false;
}

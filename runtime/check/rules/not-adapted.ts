import { ts } from "ts-morph";
import { fix } from "../edits.js";
import { calledName, shorten } from "../names.js";
import { madeBy } from "../origins.js";
import { isTensor } from "../shapes.js";
import type { NodeRule } from "./node-rule.js";
import type { Explanation } from "./rule.js";

export const notAdapted: NodeRule = {
  id: "not-adapted",
  title: "What adapt learns from data",
  help: "What learns from data before training is made by adapt: const scale = await normalization().adapt(samples). What that gives is called.",
  codes: [2339, 2349, 2769],
  explain(node, { checker }) {
    const call = node.parent;
    if (ts.isPropertyAccessExpression(call)) return node.getText() === "adapt" ? ofAdapted(call, checker) : undefined;
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

/** What is adapted again: it has been before, or was given what it would have learnt. */
function ofAdapted({ expression }: ts.PropertyAccessExpression, checker: ts.TypeChecker): Explanation | undefined {
  const maker = madeBy(checker, expression);
  if (!maker) return undefined;
  const isAdapted = calledName(maker) === "adapt";
  const made = isAdapted && ts.isPropertyAccessExpression(maker.expression) ? maker.expression.expression : maker;
  const learns =
    ts.isCallExpression(made) &&
    /^(normalization|simpleImputer|\w+Lookup|textVectorization|discretization)$/.test(calledName(made));
  if (!learns) return undefined;
  const name = shorten(expression.getText());
  return isAdapted
    ? {
        what: `${name} has been adapted to data already.`,
        fix: fix(`Call it, or adapt ${calledName(made)}() to all the data at once.`),
      }
    : {
        what: `${shorten(made.getText())} was given what it would learn.`,
        fix: fix(`Leave adapt out, or learn it instead: await ${calledName(made)}().adapt(samples).`),
      };
}

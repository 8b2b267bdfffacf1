import { ts } from "ts-morph";
import { fix, replace } from "../edits.js";
import { calledName } from "../names.js";
import type { DeclaredRule } from "./declared-rule.js";

export const valueByItself: DeclaredRule = {
  id: "value-by-itself",
  title: "A record in place of a value",
  help: "What is a parameter of its own is given by itself: softmax(x, 1), concat([a, b], 1). Reductions take their axes among options: mean(x, { axis: 1 }).",
  explain(_, { argument, call, checker }) {
    if (!ts.isObjectLiteralExpression(argument) || argument.properties.length !== 1) return undefined;
    const [property] = argument.properties;
    const parameter = checker.getResolvedSignature(call)?.parameters[call.arguments.indexOf(argument)];
    if (parameter === undefined || property?.name?.getText() !== parameter.name) return undefined;
    const isShort = ts.isShorthandPropertyAssignment(property);
    if (!isShort && !ts.isPropertyAssignment(property)) return undefined;
    const value = (isShort ? property.name : property.initializer).getText();
    return {
      what: `${calledName(call)} takes its ${parameter.name} by itself, and not in a record.`,
      fix: fix("Write the value alone:", replace(argument, value)),
    };
  },
};

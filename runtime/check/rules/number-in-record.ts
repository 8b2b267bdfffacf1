import { ts } from "ts-morph";
import { fix, replace } from "../edits.js";
import { calledName } from "../names.js";
import type { NodeRule } from "./node-rule.js";

export const numberInRecord: NodeRule = {
  id: "number-in-record",
  title: "A record where a number is taken",
  help: "Where a layer has one number, it is given by itself: dropout(x, 0.5).",
  codes: [2345, 2769],
  explain(node, { checker }) {
    const call = ts.isCallExpression(node.parent) ? node.parent : undefined;
    const record = call?.arguments.find(
      (argument) => argument === node || (call.expression === node && ts.isObjectLiteralExpression(argument)),
    );
    if (!call || !record || !ts.isObjectLiteralExpression(record)) return undefined;
    const [property, ...others] = record.properties;
    if (others.length > 0 || !property || !ts.isPropertyAssignment(property)) return undefined;
    const number = property.initializer;
    if (!(checker.getTypeAtLocation(number).flags & ts.TypeFlags.NumberLike)) return undefined;
    const place = call.arguments.indexOf(record);
    const takesNumber = checker
      .getTypeAtLocation(call.expression)
      .getCallSignatures()
      .map(({ parameters }) => parameters[place])
      .find((parameter) => {
        const type = parameter && checker.getTypeOfSymbolAtLocation(parameter, call);
        return type && isNumber(checker.getBaseConstraintOfType(type) ?? type);
      });
    if (!takesNumber) return undefined;
    return {
      what: `${calledName(call)} takes its ${takesNumber.name} as a number, but this is a record.`,
      fix: fix("Give the number by itself:", replace(record, number.getText())),
    };
  },
};

/** A number, maybe with a check beside it. */
function isNumber(type: ts.Type): boolean {
  if (type.flags & ts.TypeFlags.NumberLike) return true;
  return type.isIntersection() && type.types.some(isNumber);
}

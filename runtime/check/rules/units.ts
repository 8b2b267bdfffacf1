import { ts } from "ts-morph";
import { option } from "../edits.js";
import { calledName } from "../names.js";
import { madeBy } from "../origins.js";

/** The `units` of the dense layer that made a value, if they are written as this size. */
export function unitsOf(checker: ts.TypeChecker, value: ts.Expression, size: string): ts.Expression | undefined {
  const call = madeBy(checker, value);
  if (!call) return undefined;
  const last = call.arguments.at(-1);
  if (calledName(call) === "sequential") {
    return last && ts.isCallExpression(last) ? unitsOf(checker, last, size) : undefined;
  }
  const units = calledName(call) === "dense" ? option(last, "units") : undefined;
  return units?.getText() === size ? units : undefined;
}

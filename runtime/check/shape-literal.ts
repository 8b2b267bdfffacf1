import { ts } from "ts-morph";
import { calledName } from "./names.js";
import { madeBy } from "./origins.js";

/** Functions that are told a shape, with the place of that argument. */
const places: Readonly<Record<string, number>> = { input: 0, variable: 1, array: 1, reshape: 1 };

/** The shape that a value was made with, as it stands in the code: the `["batch", 784]` of `input(["batch", 784])`. */
export function shapeLiteral(
  checker: ts.TypeChecker,
  value: ts.Expression,
  makers: readonly string[] = ["input", "variable", "array"],
): ts.ArrayLiteralExpression | undefined {
  const call = madeBy(checker, value);
  if (!call || !makers.includes(calledName(call))) return undefined;
  const literal = call.arguments[places[calledName(call)]!];
  return literal && ts.isArrayLiteralExpression(literal) ? literal : undefined;
}

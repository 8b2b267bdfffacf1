import { ts } from "ts-morph";
import { fix, replace } from "../edits.js";
import { calledName, shorten } from "../names.js";
import type { DeclaredRule } from "./declared-rule.js";

export const typedArray: DeclaredRule = {
  id: "typed-array",
  title: "A list where a typed array is taken",
  help: "array gives a typed array its shape: array(new Float32Array([1, 2]), [2]). Lists need none: session.predict({ x: [[1, 2]] }), constant([[1, 2]]).",
  explain(_, { argument, call, checker }) {
    if (calledName(call) !== "array" || argument !== call.arguments[0]) return undefined;
    if (!checker.isArrayLikeType(checker.getTypeAtLocation(argument))) return undefined;
    const isNested = ts.isArrayLiteralExpression(argument) && argument.elements.some(ts.isArrayLiteralExpression);
    const flat = isNested ? `${argument.getText()}.flat()` : argument.getText();
    return {
      what: `array takes a typed array, but ${shorten(argument.getText())} is a list.`,
      fix: fix("Make one of it:", replace(argument, `new Float32Array(${flat})`)),
      chains: [],
    };
  },
};

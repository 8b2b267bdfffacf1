import { ts } from "ts-morph";
import { fix, replace } from "../edits.js";
import { calledName, shorten } from "../names.js";
import type { DeclaredRule } from "./declared-rule.js";

export const typedArray: DeclaredRule = {
  id: "typed-array",
  title: "A list where a typed array is taken",
  help: "array gives a typed array its shape: array(new Float32Array([1, 2]), [2]). Lists need none: session.predict({ x: [[1, 2]] }), constant([[1, 2]]).",
  explain(_, { argument, call, checker }) {
    const [list, shape, dtype] = call.arguments;
    if (calledName(call) !== "array" || !list || argument.pos < list.pos || argument.end > list.end) return undefined;
    const depth = depthOf(checker, checker.getTypeAtLocation(list));
    if (depth === 0) return undefined;
    const flat = [list.getText(), ...(depth > 1 ? [`.flat(${depth > 2 ? depth - 1 : ""})`] : [])].join("");
    const said = dtype && ts.isStringLiteralLike(dtype) ? dtype.text : "float32";
    // int32 and float32 are what the typed array is, and not said.
    const unsaid = dtype && /^(int|float)32$/.test(said) ? [{ ...replace(dtype, ""), start: shape!.end }] : [];
    return {
      what: `array takes a typed array, but ${shorten(list.getText())} is a list.`,
      fix: fix("Make one of it:", replace(list, `new ${kinds.get(said) ?? "Float32Array"}(${flat})`), ...unsaid),
      chains: [],
    };
  },
};

const kinds = new Map([
  ["int32", "Int32Array"],
  ["bool", "Uint8Array"],
  ["uint8", "Uint8Array"],
]);

/** How many lists there are in one another. */
function depthOf(checker: ts.TypeChecker, type: ts.Type): number {
  if (!checker.isArrayLikeType(type)) return 0;
  const element = type.getNumberIndexType();
  return 1 + (element ? depthOf(checker, element.isUnion() ? element.types[0]! : element) : 0);
}

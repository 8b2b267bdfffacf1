import { ts } from "ts-morph";
import { fix, replace } from "../edits.js";
import type { Fix } from "../finding.js";
import { imported, localName } from "../imports.js";
import { isWaiting } from "../kind.js";
import { calledName } from "../names.js";
import type { Reading } from "../reading.js";
import type { Explanation } from "./rule.js";

/** A layer that waits for its input, and is given more than that. */
export function ofLayer(call: ts.CallExpression, { checker }: Reading): Explanation | undefined {
  const extra = call.arguments[1];
  if (!extra || !isWaiting(checker.getTypeAtLocation(call.expression))) return undefined;
  const words = /^\{\s*training\b/.test(extra.getText())
    ? "a step trains, and predict and evaluate do not"
    : "options stand where the layer is made, and tensors are put together by add or concat";
  return {
    what: `${call.expression.getText()} is a layer, which takes its input alone, but ${call.arguments.length} values are given.`,
    fix: fix(`Leave ${extra.getText()} out: ${words}.`),
  };
}

/** Keras calls attention with the query, the value and the key: here, all but the first are options. */
export function ofAttention(call: ts.CallExpression, parameters: readonly string[]): Fix | undefined {
  if (!/attention$/i.test(calledName(call)) || parameters.join() !== "query,options") return undefined;
  const [query, ...others] = call.arguments;
  const options = others.at(-1)!;
  if (!query || !ts.isObjectLiteralExpression(options) || others.length > 3) return undefined;
  const named = others.slice(0, -1).map((one, i) => `${["value", "key"][i]}: ${one.getText()}`);
  const given = options.properties.map((one) => one.getText());
  const written = `${call.expression.getText()}(${query.getText()}, { ${[...named, ...given].join(", ")} })`;
  return fix("What is attended to is an option:", replace(call, written));
}

/** Sizes one behind another, as tfjs's and PyTorch's methods take them. */
export function ofSizes(call: ts.CallExpression): Fix | undefined {
  const [x, ...sizes] = call.arguments;
  const name = calledName(call);
  if (!x || !/^(reshape|broadcastTo|ensureShape|tile|transpose)$/.test(name) || !sizes.every(isSize)) return undefined;
  // PyTorch's transpose swaps two axes; all of them, in their new order, are what is taken here.
  return name === "transpose"
    ? fix(`Write all axes in a list, in their new order: transpose(${x.getText()}, [1, 0]) swaps two.`)
    : fix("Write them in a list:", replace(call, `${call.expression.getText()}(${x.getText()}, ${inList(sizes)})`));
}

/** Whether it is written as a size: a number, or the text that names one. */
function isSize(node: ts.Expression): boolean {
  return ts.isStringLiteralLike(node) || /^-?\d+$/.test(node.getText());
}

function inList(sizes: readonly ts.Expression[]): string {
  return `[${sizes.map((size) => size.getText()).join(", ")}]`;
}

/** What other frameworks make tensors by, and are initializers here. */
export function ofConstant(call: ts.CallExpression): Explanation | undefined {
  const name = calledName(call);
  const number = { zeros: 0, ones: 1 }[name];
  const [first, ...further] = call.arguments;
  if (number === undefined || !first) return undefined;
  const isList = ts.isArrayLiteralExpression(first) && further.length === 0;
  if (!isList && !call.arguments.every(isSize)) return undefined;
  const file = call.getSourceFile();
  const shape = isList ? first.getText() : inList(call.arguments);
  const written = `${localName(file, "broadcastTo")}(${localName(file, "constant")}(${number}), ${shape})`;
  return {
    what: `${name}() says with which numbers a variable starts, and takes no shape.`,
    fix: fix(
      "A tensor of them is this:",
      replace(call, written),
      imported(file, "broadcastTo"),
      imported(file, "constant"),
    ),
  };
}

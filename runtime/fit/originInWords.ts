import { elementCount, type NdArray } from "../../src/ir/array.js";
import { placeOf } from "../../src/ir/elements.js";
import { isOp, type Names, type Node } from "../../src/ir/node.js";
import { shortestFloat } from "../../src/ir/shortestFloat.js";
import { show } from "../../src/types/show.js";
import type { Origin } from "./non-finite.js";

/**
 * Who made the number that is none, and of what: `log of [32, 10] in the loss made -Infinity at [0, 2], of 0`.
 *
 * @param names what layers and variables are called
 */
export function originInWords({ node, result, inputs, at }: Origin, names: Names): string {
  const value = `${result.data[at]} at ${placeOf(result.shape, at)}`;
  if (isOp(node, "variable")) return `the variable "${names.get(node)}" was ${value} before that step`;
  if (isOp(node, "input")) return `the input ${names.get(node)} is ${value}`;
  const operands = inputs.map((input) => operandInWords(input, result, at));
  const of = operands.length > 0 ? `, of ${listed(operands)}` : "";
  return `${node.op} of ${show(result.shape)}${whereIn(node, names)} made ${value}${of}`;
}

/** The part of the program and the layer that a node is of. */
function whereIn({ part, scope }: Node, names: Names): string {
  const name = scope && (names.get(scope) ?? scope.name);
  const layer = scope?.kind === "loss" ? "loss" : name && `layer "${name}"`;
  if (part === "update") return layer ? ` in the update of the ${layer}` : " in the optimizer's update";
  const owner = layer ?? (part === "loss" ? "loss" : undefined);
  if (part === "backward") return owner ? ` in the gradient of the ${owner}` : " in the gradient";
  return owner ? ` in the ${owner}` : "";
}

/** An operand: the number at the place of the result, where it has that place; else its shape, with its least and its greatest. */
function operandInWords({ data, shape }: NdArray, result: NdArray, at: number): string {
  if (data.length === 1) return `${shortestFloat(data[0])}`;
  if (show(shape) === show(result.shape)) return `${shortestFloat(data[at])}`;
  if (elementCount(shape) === 0) return show(shape);
  let [least, greatest] = [Infinity, -Infinity];
  for (const value of data as Iterable<number>) [least, greatest] = [Math.min(least, value), Math.max(greatest, value)];
  return `${show(shape)} from ${shortestFloat(least)} to ${shortestFloat(greatest)}`;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

import { ts } from "ts-morph";
import { fix, replace } from "../edits.js";
import { inputOf } from "../origins.js";
import { partOf } from "../part.js";
import { optionNameOf } from "../properties.js";
import { shapeOf, showKnown } from "../shapes.js";
import type { Site } from "../site.js";
import type { DeclaredRule } from "./declared-rule.js";

export const oneNumber: DeclaredRule = {
  id: "one-number",
  title: "A number where a batch of samples is taken",
  help: "Data has an axis of samples in front, also of one sample: for [batch, 1], the number 6 is [[6]].",
  explain(_, site) {
    const { argument, call, checker } = site;
    if (!isOneNumber(site)) return undefined;
    const name = optionNameOf(argument);
    const input = partOf(site) === "input" && name !== undefined ? inputOf(checker, call, name) : undefined;
    const shape = input && shapeOf(checker, input);
    const what = shape
      ? `The input "${name}" takes ${showKnown(shape)}, but ${argument.getText()} is one number.`
      : `Data has an axis of samples, but ${argument.getText()} is one number.`;
    if (!shape) return { what, fix: fix("Give a list of samples, also of one: [[6]] for [batch, 1]."), chains: [] };
    const batch = `${"[".repeat(shape.length)}${argument.getText()}${"]".repeat(shape.length)}`;
    const isOne = shape.slice(1).every((size) => size === 1);
    return {
      what,
      fix:
        isOne && shape.length > 0
          ? fix("A batch of one sample is written so:", replace(argument, batch))
          : fix(`Give a list of samples, each ${showKnown(shape.slice(1))}.`),
      chains: [],
    };
  },
};

/** Whether a number stands where a session takes data. */
export function isOneNumber(site: Site): boolean {
  const { argument, call, checker } = site;
  const method = ts.isPropertyAccessExpression(call.expression) ? call.expression.name.text : "";
  return (
    (checker.getTypeAtLocation(argument).flags & ts.TypeFlags.NumberLike) !== 0 &&
    partOf(site) !== undefined &&
    /^(fit|evaluate|predict)/.test(method)
  );
}

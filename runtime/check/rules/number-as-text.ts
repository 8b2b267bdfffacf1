import { ts } from "ts-morph";
import { fix, replace } from "../edits.js";
import { optionNameOf, propertyOf, wantedAt } from "../properties.js";
import type { NodeRule } from "./node-rule.js";

export const numberAsText: NodeRule = {
  id: "number-as-text",
  title: "A text where a number is taken",
  help: "Sizes, counts and rates are numbers, without quotes: units: 10.",
  codes: [2322],
  explain(node, { checker }) {
    const value = ts.isPropertyAssignment(node.parent) && node.parent.name === node ? node.parent.initializer : node;
    if (!ts.isStringLiteralLike(value) || !propertyOf(value)) return undefined;
    const wanted = wantedAt(checker, value);
    if (
      !wanted ||
      !(wanted.flags & ts.TypeFlags.NumberLike || checker.isTypeAssignableTo(checker.getNumberType(), wanted))
    )
      return undefined;
    const isNumber = value.text.trim() !== "" && Number.isFinite(Number(value.text));
    // Of an option that takes words too, such as padding, the words are what is told of.
    if (!isNumber && wanted.isUnion() && wanted.types.some((member) => member.isStringLiteral())) return undefined;
    return {
      what: `${optionNameOf(value)} takes a number, but ${value.getText()} is a text.`,
      fix: isNumber ? fix("Write it without quotes:", replace(value, value.text.trim())) : fix("Give a number."),
    };
  },
};

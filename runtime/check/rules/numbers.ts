import { notTaken } from "../../../src/ir/options.js";
import { notWhole, onlyNumbers } from "../../../src/ops/shared/operand.js";
import { fix, wrap } from "../edits.js";
import { rule } from "./rule.js";

export const wholeNumber = rule({
  id: "whole-number",
  title: "A fraction beside a tensor of integers",
  help: "A number is taken as the dtype of the tensor beside it, and int32 has no fractions. cast() makes the tensor float32.",
  message: notWhole,
  explain({ n }, { argument, call }) {
    const what = `The tensor beside it is int32, which has no ${n}.`;
    const beside = call.arguments.at(argument === call.arguments.at(-1) ? -2 : -1);
    if (!beside || beside === argument) return { what, fix: fix("Cast the tensor to float32, or give an integer.") };
    return { what, fix: fix("Cast the tensor to float32:", wrap(beside, "cast", '"float32"')) };
  },
});

export const outOfRange = rule({
  id: "out-of-range",
  title: "A number that an option does not take",
  help: "Sizes, counts and rates have ranges; what is no positive integer is no size.",
  message: notTaken,
  explain: ({ op, option, given, takes }) => ({
    what: `${op} was given ${given} for ${option}, which must be ${takes}.`,
    fix: fix(`Give ${takes} for ${option}.`),
  }),
});

export const twoNumbers = rule({
  id: "two-numbers",
  title: "An op of two numbers",
  help: "A number stands beside a tensor, whose dtype it takes. What is calculated from numbers alone is JavaScript’s, or constant()’s.",
  message: onlyNumbers,
  explain({ op }, { argument }) {
    const what = `${op} makes tensors, and neither operand is one.`;
    return { what, fix: fix("Make one of them a tensor:", wrap(argument, "constant")) };
  },
});

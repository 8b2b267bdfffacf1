import { noNorms } from "../../../src/constraints/minMaxNorm.js";
import { notTaken } from "../../../src/ir/options.js";
import { minAboveMax } from "../../../src/ops/clip.js";
import { onlyNumbers } from "../../../src/ops/shared/operand.js";
import { beyondInt32, notHeld, notWhole } from "../../../src/ops/shared/whole.js";
import { binaryDTypes } from "../binaryDTypes.js";
import { operandsOf } from "../chain.js";
import { fix, wrap } from "../edits.js";
import { dtypeOf, isTensor } from "../shapes.js";
import type { Site } from "../site.js";
import { castFix } from "./castFix.js";
import { type Explanation, rule } from "./rule.js";

export const wholeNumber = rule({
  id: "whole-number",
  title: "A fraction beside a tensor of integers",
  help: "A number is taken as the dtype of the tensor beside it, and int32 has no fractions. cast() makes the tensor float32.",
  message: notWhole,
  explain: besideIntegers("Give an integer, such as Math.round() makes."),
});

export const longInteger = rule({
  id: "long-integer",
  title: "An integer beyond those of int32",
  help: "int32 has the integers from -2147483648 to 2147483647. cast() makes a tensor float32, which has larger ones, with 24 bits each.",
  message: beyondInt32,
  explain: besideIntegers("Give an integer from -2147483648 to 2147483647."),
});

export const notHeldNumber = rule({
  id: "not-held",
  title: "A number that a dtype does not have",
  help: "uint8 has the integers from 0 to 255, and bool 0 and 1, which are false and true.",
  message: notHeld,
  explain: ({ op, held, n }) => ({
    what: `${op} takes ${held}, which has no ${n}.`,
    fix: fix(held.startsWith("bool") ? "Give 1 for true, or 0 for false." : "Give an integer from 0 to 255."),
  }),
});

/** Of a number that int32 has not: the tensor beside it as float32, where the function takes that; else words. */
function besideIntegers(words: string) {
  return ({ op, n }: { readonly op: string; readonly n: string }, site: Site): Explanation => {
    const { call, checker } = site;
    const beside = operandsOf(checker, call).find((operand) => dtypeOf(checker, operand) === "int32");
    const takesFloat = binaryDTypes(checker, call)?.includes("float32") ?? true;
    if (!beside || !takesFloat) return { what: `${op} takes int32, which has no ${n}.`, fix: fix(words) };
    const what = `The tensor beside it is int32, which has no ${n}.`;
    return { what, fix: castFix([beside], "float32", "Cast the tensor to float32:", site) };
  };
}

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

export const boundsOutOfOrder = rule({
  id: "bounds-out-of-order",
  title: "A lower bound above the upper one",
  help: "clip raises what is below min and lowers what is above max, so min is not above max.",
  message: minAboveMax,
  explain: ({ min, max }) => ({
    what: `No number is at least ${min} and at most ${max}.`,
    fix: fix(`Give the bounds in order: clip(x, ${max}, ${min}).`),
  }),
});

export const normsOutOfOrder = rule({
  id: "norms-out-of-order",
  title: "A smallest norm above the largest",
  help: "minMaxNorm keeps norms between minValue, which is 0 unless given, and maxValue, which is 1.",
  message: noNorms,
  explain: ({ min, max }) => ({
    what: `No norm is at least ${min} and at most ${max}.`,
    fix: fix(`Give a maxValue that is not below ${min}.`),
  }),
});

export const twoNumbers = rule({
  id: "two-numbers",
  title: "An op of two numbers",
  help: "A number stands beside a tensor, whose dtype it takes. What is calculated from numbers alone is JavaScript’s, or constant()’s.",
  message: onlyNumbers,
  explain({ op }, { argument, call, checker }) {
    if (isTensor(checker, argument)) {
      return {
        what: `${argument.getText()} is made of what TypeScript knows nothing of (any), so it may be a number.`,
        fix: fix(
          'Say what it is made of: (target: Tensor<["batch", 1]>, …) =>, or Tensor<any> where any shape will do.',
        ),
        chains: [],
      };
    }
    const what = `${op} makes tensors, and neither operand is one.`;
    const dtype = binaryDTypes(checker, call)?.includes("float32") === false ? '"int32"' : undefined;
    return { what, fix: fix("Make one of them a tensor:", wrap(argument, "constant", dtype)) };
  },
});

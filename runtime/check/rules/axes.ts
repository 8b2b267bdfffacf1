import { ts } from "ts-morph";
import { notPermuted } from "../../../src/layers/permute.js";
import { notVectors } from "../../../src/layers/repeatVector.js";
import { notOfThree } from "../../../src/ops/cross.js";
import { onePlace } from "../../../src/ops/diff.js";
import { notDim } from "../../../src/ops/shared/checkDims.js";
import { axisAlone } from "../../../src/ops/shared/reduce.js";
import { notOne } from "../../../src/ops/shared/squeeze-shape.js";
import { notMatrix } from "../../../src/ops/shared/triangle.js";
import { multiplesMissing } from "../../../src/ops/tile.js";
import { notPermutation } from "../../../src/ops/transpose.js";
import { namedAxis } from "../../../src/ops/unstack.js";
import { axisOutOfRange, newAxisOutOfRange } from "../../../src/types/axis.js";
import { axisGivenTwice } from "../../../src/types/reduce.js";
import { fix, parseShape, replace } from "../edits.js";
import { rule } from "./rule.js";

export const differencesOfTwo = rule({
  id: "one-place",
  title: "Differences along one place",
  help: "diff() takes each element from the next one along an axis, which needs two places or more.",
  message: onePlace,
  explain: ({ op, axis, shape }) => ({
    what: `${op} goes along axis ${axis} of ${shape}, which has one place, and none before it.`,
    fix: fix("Say another axis: { axis: 0 }."),
  }),
});

export const vectorsOfThree = rule({
  id: "vectors-of-three",
  title: "Not vectors of three",
  help: "cross() multiplies vectors in space, of three numbers each, which stand along the last axis.",
  message: notOfThree,
  explain: ({ shape }) => ({
    what: `Along the last axis, ${shape} has not three numbers.`,
    fix: fix("Bring the axis of three to the end with moveAxis(x, axis, -1)."),
  }),
});

export const axisRange = rule({
  id: "axis-range",
  title: "An axis that the tensor does not have",
  help: "Axes count from 0; negative ones count from the end, so that -1 is the last.",
  message: axisOutOfRange,
  explain({ op, axis, shape, range }, { argument }) {
    const sizes = parseShape(shape) ?? [];
    const rank = sizes.length;
    const what = `${op} is told axis ${axis}, but ${shape} ${rank === 0 ? "has none" : `has axes 0 to ${rank - 1}`} (${range}).`;
    if (rank === 0) return { what, fix: fix("A scalar has no axis: leave the axis out.") };
    if (Number(axis) !== rank) return { what, fix: fix(`Write an axis from ${-rank} to ${rank - 1}.`) };
    // One too many: counted from 1.
    const fits = op !== "squeeze" || sizes.at(-1) === 1;
    const literal = ts.isNumericLiteral(argument) && fits ? [replace(argument, "-1")] : [];
    return { what, fix: fix(`Axes count from 0. The last one is ${rank - 1}, or -1 whatever the rank:`, literal) };
  },
});

export const axisTwice = rule({
  id: "axis-twice",
  title: "An axis that is named twice",
  help: "Each axis is named once; -1 and the last axis's number are the same one.",
  message: axisGivenTwice,
  explain: ({ axis, shape }) => {
    const rank = parseShape(shape)?.length ?? 0;
    const same = Number(axis) < 0 ? Number(axis) + rank : Number(axis) - rank;
    return {
      what: `Axis ${axis} of ${shape} is named twice: ${axis} and ${same} are the same one.`,
      fix: fix(`Name it once: leave out ${axis}.`),
    };
  },
});

export const axisByItself = rule({
  id: "axis-by-itself",
  title: "Axes that are not given among options",
  help: "A reduction takes options: axis, one or several, and keepDims.",
  message: axisAlone,
  explain: ({ op }, { argument }) => ({
    what: `${op} takes its axes among its options.`,
    fix: fix("Name them:", replace(argument, `{ axis: ${argument.getText()} }`)),
  }),
});

export const permutation = rule({
  id: "permutation",
  title: "An order of axes that leaves some out",
  help: "transpose(x, permutation) names every axis once, the batch axis too: axis i of the result is axis permutation[i] of x.",
  message: notPermutation,
  explain({ to, shape }, { argument }) {
    const axes = (parseShape(to) ?? []).map(Number);
    const rank = parseShape(shape)?.length ?? 0;
    const what = `${shape} has axes 0 to ${rank - 1}, and each must be named once, but the order is ${to}.`;
    const moved = axes.some((axis, i) => axis !== i);
    const complete = moved && axes.length === rank - 1 && [...axes].sort().every((axis, i) => axis === i);
    if (!complete) return { what, fix: fix(`Name each of 0 to ${rank - 1} once.`) };
    const withBatch = `[${[0, ...axes.map((axis) => axis + 1)].join(", ")}]`;
    return {
      what,
      fix: fix(`The batch axis counts too, and stays in front: ${withBatch}.`, replace(argument, withBatch)),
    };
  },
});

export const badDim = rule({
  id: "dim",
  title: "A size that is none",
  help: 'A size is a positive whole number, or a name such as "batch" for a size that is known only when data comes.',
  message: notDim,
  explain({ op, n }, { argument }) {
    const what = `${op} takes positive whole numbers and names, but one size is ${n}.`;
    const element = ts.isArrayLiteralExpression(argument) && argument.elements.find((size) => size.getText() === n);
    if (element && ts.isStringLiteral(element) && /^[1-9]\d*$/.test(element.text))
      return { what, fix: fix("Write it without quotes:", replace(element, element.text)) };
    if (!element || Number(n) > 0) return { what, fix: fix("Write a positive whole number.") };
    const first = argument.elements[0] === element;
    const name = first ? '"batch"' : '"time"';
    return {
      what,
      fix: fix(
        `A size that is known only when data comes has a name${first ? "" : ", here for example"}:`,
        replace(element, name),
      ),
    };
  },
});

export const newAxisRange = rule({
  id: "new-axis-range",
  title: "A new axis where none can stand",
  help: "A new axis is counted in the result, which has one axis more: 0 is before all others, -1 behind them.",
  message: newAxisOutOfRange,
  explain: ({ op, shape, low, high, axis }, { argument }) => ({
    what: `${op} is told to put its new axis at ${axis}, but the result has the axes of ${shape} and one more: 0 to ${high}, or -${low} to -1.`,
    fix: fix("-1 is behind all others:", ts.isNumericLiteral(argument) ? [replace(argument, "-1")] : []),
  }),
});

export const squeezeSize = rule({
  id: "squeeze-size",
  title: "An axis that is squeezed and not of size 1",
  help: "squeeze takes axes of size 1 away, which hold no elements of their own. Others go by a reduction, a slice or a reshape.",
  message: notOne,
  explain: ({ axis, shape, n }) => ({
    what: `Axis ${axis} of ${shape} is ${n}: only an axis of size 1 can go without its elements.`,
    fix: fix(
      "Take one of its places with slice(), make it one with mean() or sum(), or join it to another with reshape().",
    ),
  }),
});

export const unstackName = rule({
  id: "unstack-name",
  title: "A named axis that is to come apart",
  help: "unstack gives a list with a tensor for each place of an axis, so its size is a number. Along a named axis, scan() goes.",
  message: namedAxis,
  explain: ({ axis, shape }) => ({
    what: `How long axis ${axis} of ${shape} is, is known only when data comes, so there is no list of its tensors.`,
    fix: fix("Give the axis a number where the tensor is declared, or go along it with scan()."),
  }),
});

export const tileMultiples = rule({
  id: "tile-multiples",
  title: "Multiples that do not speak of every axis",
  help: "tile takes a multiple for each axis, the batch axis too: 1 leaves an axis as it is.",
  message: multiplesMissing,
  explain: ({ shape, m, n }) => ({
    what: `${shape} takes a multiple for each of its ${m} axes, but there ${n === "1" ? "is" : "are"} ${n}.`,
    fix: fix("Give one for each axis; 1 leaves an axis as it is. To repeat along one axis alone, use repeat()."),
  }),
});

export const permuteOrder = rule({
  id: "permute-order",
  title: "An order of axes that leaves some out",
  help: "permute names every axis behind the first once: 1 is the axis behind the batch, as in Keras. transpose() names all, 0 too.",
  message: notPermuted,
  explain({ to, shape }) {
    const last = (parseShape(shape)?.length ?? 1) - 1;
    return {
      what: `Behind its first axis, ${shape} has axes 1 to ${last}, and each must be named once, but the order is ${to}.`,
      fix: fix(`Name each of 1 to ${last} once; the first axis, 0, stays where it is and is not named.`),
    };
  },
});

export const vectorRank = rule({
  id: "vector-rank",
  title: "Not a batch of vectors",
  help: "repeatVector takes [batch, features] and gives [batch, n, features]. Along an axis that is there, repeat() and tile() go.",
  message: notVectors,
  explain: ({ shape }) => ({
    what: `repeatVector takes [batch, features], but this is ${shape}.`,
    fix: fix("Put flatten() before it; to repeat along an axis that is there, use repeat()."),
  }),
});

export const matrixRank = rule({
  id: "matrix-rank",
  title: "Not a matrix",
  help: "Functions of matrices, such as tril, take rows and columns on the last two axes, and any axes before them.",
  message: notMatrix,
  explain: ({ op, shape }) => ({
    what: `${op} works on the rows and columns on the last two axes, but ${shape} has fewer axes.`,
    fix: fix("Reshape it to rows and columns."),
  }),
});

import { ts } from "ts-morph";
import { notDim } from "../../../src/ops/shared/checkDims.js";
import { notPermutation } from "../../../src/ops/transpose.js";
import { axisOutOfRange } from "../../../src/types/axis.js";
import { axisGivenTwice } from "../../../src/types/reduce.js";
import { fix, parseShape, replace } from "../edits.js";
import { rule } from "./rule.js";

export const axisRange = rule({
  id: "axis-range",
  title: "An axis that the tensor does not have",
  help: "Axes count from 0; negative ones count from the end, so that -1 is the last.",
  message: axisOutOfRange,
  explain({ op, axis, shape, range }, { argument }) {
    const rank = parseShape(shape)?.length ?? 0;
    const what = `${op} is told axis ${axis}, but ${shape} ${rank === 0 ? "has none" : `has axes 0 to ${rank - 1}`} (${range}).`;
    if (rank === 0) return { what, fix: fix("A scalar has no axis: leave the axis out.") };
    if (Number(axis) !== rank) return { what, fix: fix(`Write an axis from ${-rank} to ${rank - 1}.`) };
    // One too many: counted from 1.
    const literal = ts.isNumericLiteral(argument) ? [replace(argument, "-1")] : [];
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

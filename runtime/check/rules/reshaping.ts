import { ts } from "ts-morph";
import { neverThatShape } from "../../../src/ops/shared/ensured-shape.js";
import type { Dim } from "../../../src/types/dim.js";
import { checkReshape, notMultiple, severalOpen, unequalElements } from "../../../src/types/reshape.js";
import { fix, parseShape, replace, shapeAsCode } from "../edits.js";
import type { Site } from "../site.js";
import { firstOf, rule } from "./rule.js";

export const reshapeSize = rule({
  id: "reshape-size",
  title: "A reshape to another number of elements",
  help: "A reshape keeps all elements, so both shapes hold equally many. One axis may be -1: it becomes what is left.",
  message: unequalElements,
  explain: ({ from, to, m, n }, site) => ({
    what: `reshape keeps every element, but ${from} has ${m} of them, and ${to} has ${n}.`,
    ...reshapeFixes(from, to, site),
  }),
});

export const reshapeMultiple = rule({
  id: "reshape-multiple",
  title: "A reshape that leaves a remainder",
  help: "The -1 of a reshape becomes the number of elements divided by all other sizes, which must leave no remainder.",
  message: notMultiple,
  explain: ({ from, to, m, n }, site) => ({
    what: `For ${to}, the ${m} elements of ${from} would have to be a multiple of ${n}, which they are not.`,
    ...reshapeFixes(from, to, site),
  }),
});

export const reshapeOpen = rule({
  id: "reshape-open",
  title: "A reshape with more than one -1",
  help: "Only one axis of a reshape may be left open with -1; the others are written out.",
  message: severalOpen,
  explain: ({ to }) => ({
    what: `${to} leaves more than one axis open, so no size follows.`,
    fix: fix('Write out all sizes but one. The first axis is usually the batch: ["batch", -1].'),
  }),
});

export const ensuredShape = rule({
  id: "ensured-shape",
  title: "A promise that cannot be kept",
  help: "ensureShape says what sizes will be: it changes none, so it has as many axes, and the same numbers where there are numbers.",
  message: neverThatShape,
  explain: ({ from, to }) => ({
    what: `${from} will never be ${to}: another number of axes, or another number on one of them.`,
    fix: fix("Keep the numbers that there are. To make another shape of the same elements, use reshape()."),
  }),
});

const leaveOpen = "Write -1 for the axis that is to hold what is left.";

/** What people mean, in this order: the batch axis was left out; the last size is wrong. What would lose an axis is not meant. */
function reshapeFixes(fromText: string, toText: string, { argument }: Site) {
  const from = known(fromText);
  const to = known(toText);
  if (!from || !to || !ts.isArrayLiteralExpression(argument)) return { fix: fix(leaveOpen) };
  if (from.length === 0) {
    return { fix: fix("A scalar is one element: reshape it to [1], or repeat it with broadcastTo().") };
  }
  const batch = from[0]!;
  const isMissing = typeof batch === "string" && !to.includes(batch);
  const missing = "The batch axis is missing: it stays in front, so reshape to";
  const attempts: readonly (readonly [words: string, shape: Dim[], isMeant: boolean])[] = [
    [missing, [batch, ...to], isMissing],
    [missing, [batch, ...to.slice(1)], isMissing],
    ["Let the last axis hold what is left:", [...to.slice(0, -1), -1], !isMissing],
    [
      "Let the axis before the last hold what is left:",
      [...to.slice(0, -2), -1, ...to.slice(-1)],
      !isMissing && to.length > 2,
    ],
  ];
  const fits = (shape: Dim[]) => checkReshape(from, shape) === undefined;
  const toShape = (words: string, shape: Dim[]) =>
    fix(`${words} ${shapeAsCode(shape)}.`, replace(argument, shapeAsCode(shape)));
  const fixes = attempts.flatMap(([words, shape, isMeant]) => (isMeant && fits(shape) ? [toShape(words, shape)] : []));
  const rest: Dim[] = [batch, -1];
  if (fixes.length === 0 && to.length <= 2 && fits(rest)) {
    fixes.push(toShape("Keep the batch axis, and let the other hold what is left:", rest));
  }
  const otherwise = to.length > 2 ? "Write sizes whose product is the number of elements." : leaveOpen;
  return firstOf(fixes, fix(otherwise));
}

function known(text: string): Dim[] | undefined {
  const shape = parseShape(text);
  return shape?.every((dim) => dim !== undefined) ? (shape as Dim[]) : undefined;
}

import { ts } from "ts-morph";
import { unequalLengths } from "../../../src/control/scan.js";
import { paddingNotSize, paddingsMissing } from "../../../src/ops/pad.js";
import { unequalAxis, unequalRanks } from "../../../src/ops/shared/join.js";
import { blockOutside, entriesMissing } from "../../../src/ops/shared/slice-shape.js";
import { nothingLeft, otherTotal, unequalParts } from "../../../src/ops/shared/split-shape.js";
import type { Dim } from "../../../src/types/dim.js";
import { checkReshape, notMultiple, severalOpen, unequalElements } from "../../../src/types/reshape.js";
import { fix, parseShape, replace, shapeAsCode, wrap } from "../edits.js";
import type { Fix } from "../finding.js";
import type { Site } from "../site.js";
import { rule } from "./rule.js";

export const reshapeSize = rule({
  id: "reshape-size",
  title: "A reshape to another number of elements",
  help: "A reshape keeps all elements, so both shapes hold equally many. One axis may be -1: it becomes what is left.",
  message: unequalElements,
  explain: ({ from, to, m, n }, site) => ({
    what: `reshape keeps every element, but ${from} has ${m} of them, and ${to} has ${n}.`,
    fix: reshapeFix(from, to, site),
  }),
});

export const reshapeMultiple = rule({
  id: "reshape-multiple",
  title: "A reshape that leaves a remainder",
  help: "The -1 of a reshape becomes the number of elements divided by all other sizes, which must leave no remainder.",
  message: notMultiple,
  explain: ({ from, to, m, n }, site) => ({
    what: `For ${to}, the ${m} elements of ${from} would have to be a multiple of ${n}, which they are not.`,
    fix: reshapeFix(from, to, site),
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

/** Tries what people mean, in this order: the batch axis was left out; the last size is wrong. */
function reshapeFix(fromText: string, toText: string, { argument }: Site): Fix {
  const from = known(fromText);
  const to = known(toText);
  if (!from || !to || !ts.isArrayLiteralExpression(argument))
    return fix("Write -1 for the axis that is to hold what is left.");
  if (from.length === 0) return fix("A scalar is one element: reshape it to [1], or repeat it with broadcastTo().");
  const [batch] = from;
  const attempts: readonly [words: string, shape: Dim[]][] = [
    [`The batch axis is missing: it stays in front, so reshape to`, [batch!, ...to]],
    [`The batch axis is missing: it stays in front, so reshape to`, [batch!, ...to.slice(1)]],
    ["Let the last axis hold what is left:", [...to.slice(0, -1), -1]],
    ["Keep the batch axis, and let the other hold what is left:", [batch!, -1]],
  ];
  const found = attempts
    .filter(([words]) => !words.startsWith("The batch") || (typeof batch === "string" && !to.includes(batch)))
    .find(([, shape]) => checkReshape(from, shape) === undefined);
  if (!found) return fix("Write -1 for the axis that is to hold what is left.");
  const [words, shape] = found;
  return fix(`${words} ${shapeAsCode(shape)}.`, replace(argument, shapeAsCode(shape)));
}

function known(text: string): Dim[] | undefined {
  const shape = parseShape(text);
  return shape?.every((dim) => dim !== undefined) ? (shape as Dim[]) : undefined;
}

export const joinRank = rule({
  id: "join-rank",
  title: "Tensors of different ranks side by side",
  help: "concat puts tensors one after another along one axis: they have equally many axes, and differ on that one only.",
  message: unequalRanks,
  explain({ op, a, b }, { argument, call }) {
    const what = `${op} puts tensors side by side that have equally many axes, but these are ${a} and ${b}.`;
    const [first] = ts.isArrayLiteralExpression(call.arguments[0]!) ? call.arguments[0].elements : [];
    const [rankA, rankB] = [parseShape(a)?.length ?? 0, parseShape(b)?.length ?? 0];
    const [longer, rank] = rankA > rankB ? [first, rankB] : [argument, rankA];
    if (!longer || rank !== 2) return { what, fix: fix("Reshape one of them, so that both have the same axes.") };
    return {
      what,
      fix: fix(
        `Flatten ${rankA > rankB ? "the first one" : "this one"}, so that both are [batch, features].`,
        wrap(longer, "flatten"),
      ),
    };
  },
});

export const joinAxis = rule({
  id: "join-axis",
  title: "Tensors that differ on another axis than the one they are joined on",
  help: "concat puts tensors one after another along one axis: on all other axes they are equal.",
  message: unequalAxis,
  explain({ op, a, b, axis }, { call }) {
    const what = `Joined like this, ${a} and ${b} must be equal on axis ${axis}, and they are not.`;
    const [left, right] = [parseShape(a) ?? [], parseShape(b) ?? []];
    const others = left.every((dim, i) => i === Number(axis) || dim === right[i]);
    const joined = call.arguments[1];
    if (!others || !joined || op !== "concat") {
      return { what, fix: fix(`Make axis ${axis} of both equal, or join along axis ${axis}.`) };
    }
    const place = Number(axis) === left.length - 1 ? "-1" : axis;
    return {
      what,
      fix: fix(`Axis ${axis} is the only one on which they differ: join along it.`, replace(joined, place)),
    };
  },
});

export const sliceRange = rule({
  id: "slice-range",
  title: "A slice that reaches out of the tensor",
  help: "begin + size stays within each axis. A size of -1 takes all that is left.",
  message: blockOutside,
  explain: ({ from, to, shape, axis }) => ({
    what: `The block of size ${to} from ${from} on reaches out of ${shape} on axis ${axis}.`,
    fix: fix(`Make begin or size on axis ${axis} smaller; a size of -1 takes all that is left.`),
  }),
});

export const sliceEntries = rule({
  id: "slice-entries",
  title: "A slice that does not speak of every axis",
  help: "begin and size have one entry for each axis; 0 and -1 leave an axis whole.",
  message: entriesMissing,
  explain: ({ from, to, shape }) => ({
    what: `${shape} has ${parseShape(shape)?.length} axes, but begin is ${from} and size is ${to}.`,
    fix: fix("Give both one entry for each axis; 0 in begin and -1 in size leave an axis whole."),
  }),
});

export const padPairs = rule({
  id: "pad-pairs",
  title: "Paddings that do not speak of every axis",
  help: "pad takes a pair [before, after] for each axis, the batch axis too: [0, 0] leaves an axis as it is.",
  message: paddingsMissing,
  explain({ shape, m, n }, { argument }) {
    const what = `${shape} takes a pair [before, after] for each of its ${m} axes, but there ${n === "1" ? "is" : "are"} ${n}.`;
    const [wanted, given] = [Number(m), Number(n)];
    if (!ts.isArrayLiteralExpression(argument) || given >= wanted)
      return { what, fix: fix("Give one pair for each axis.") };
    // Who pads an image thinks of height and width: the batch stands before them, and channels behind.
    const image = wanted === 4 && given === 2;
    const pairs = [...argument.elements.map((pair) => pair.getText())];
    const all = image ? ["[0, 0]", ...pairs, "[0, 0]"] : [...Array(wanted - given).fill("[0, 0]"), ...pairs];
    const text = `[${all.join(", ")}]`;
    return {
      what,
      fix: fix("[0, 0] leaves an axis as it is, so for the batch and all others that stay:", replace(argument, text)),
    };
  },
});

export const padSize = rule({
  id: "pad-size",
  title: "A padding that is no count",
  help: "Paddings are whole numbers from 0 on. To take elements away, use slice().",
  message: paddingNotSize,
  explain: ({ axis, shape, to }) => ({
    what: `${to} for axis ${axis} of ${shape} must be whole numbers from 0 on.`,
    fix: fix("To take elements away, use slice()."),
  }),
});

export const splitParts = rule({
  id: "split-parts",
  title: "An axis that does not divide into equal parts",
  help: "A number of parts divides the axis. For parts of different sizes, list the sizes; -1 stands for what is left.",
  message: unequalParts,
  explain: ({ axis, shape, n }) => ({
    what: `Axis ${axis} of ${shape} cannot be split into ${n} equal parts.`,
    fix: fix("Give another number of parts, or list the size of each; -1 stands for what the others leave."),
  }),
});

export const splitSizes = rule({
  id: "split-sizes",
  title: "Parts that do not add up to their axis",
  help: "The sizes of the parts add up to the axis; one may be -1, which stands for what the others leave.",
  message: otherTotal,
  explain: ({ to, m, axis, shape, n }) => ({
    what: `The sizes ${to} make ${m}, but axis ${axis} of ${shape} has ${n} elements.`,
    fix: fix("Make them add up, or write -1 for one of them, which then is what the others leave."),
  }),
});

export const splitRest = rule({
  id: "split-rest",
  title: "Parts that leave nothing",
  help: "A size of -1 stands for what the other parts leave of the axis, which is one element at least.",
  message: nothingLeft,
  explain: ({ to, axis, shape }) => ({
    what: `The other sizes of ${to} take all of axis ${axis} of ${shape}, and -1 would be nothing.`,
    fix: fix("Make the other parts smaller, or leave the -1 out."),
  }),
});

export const scanLengths = rule({
  id: "scan-lengths",
  title: "Tensors of different lengths that are scanned together",
  help: "What scan goes along is equally long in all tensors: each step sees one place of each.",
  message: unequalLengths,
  explain: ({ axis }) => ({
    what: `Each step takes one place of every tensor along axis ${axis}, but they are not equally long there.`,
    fix: fix("Cut the longer ones with slice(), or pad() the shorter ones; another axis is said by { axis }."),
  }),
});

import { ts } from "ts-morph";
import { paddingNotSize, paddingsMissing } from "../../../src/ops/pad.js";
import { backwardSlice, notSlice, outsideAxis, tooManySlices } from "../../../src/ops/shared/at-shape.js";
import { tooFewMirrored } from "../../../src/ops/shared/mirrored.js";
import { blockOutside, entriesMissing } from "../../../src/ops/shared/slice-shape.js";
import { noParts, noSizes, nothingLeft, otherTotal, unequalParts } from "../../../src/ops/shared/split-shape.js";
import { fix, parseShape, replace } from "../edits.js";
import { rule } from "./rule.js";

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

export const padMirror = rule({
  id: "pad-mirror",
  title: "A mirror image larger than its tensor",
  help: '"symmetric" mirrors as many elements as an axis has, and "reflect" one less, since it leaves the outermost one out.',
  message: tooFewMirrored,
  explain: ({ mode, axis, shape, n, to }) => ({
    what: `Axis ${axis} of ${shape} has ${n} elements for "${mode}" to mirror on a side, which ${to} are more than.`,
    fix: fix(`Pad axis ${axis} by ${n} at most, or pad again what was padded.`),
  }),
});

export const splitParts = rule({
  id: "split-parts",
  title: "An axis that does not divide into equal parts",
  help: "A number of parts divides the axis. For parts of different sizes, list the sizes; -1 stands for what is left.",
  message: unequalParts,
  explain: ({ op, axis, shape, n }) => ({
    what: `Axis ${axis} of ${shape} cannot be split into ${n} equal parts.`,
    fix:
      op === "split"
        ? fix("Give another number of parts, or list the size of each; -1 stands for what the others leave.")
        : fix("Take another axis, or one more or one less of what it counts."),
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

export const splitInto = rule({
  id: "split-into",
  title: "No parts",
  help: "An axis is split into a number of equal parts, or into parts of the sizes that a list has: one at least.",
  message: noSizes,
  explain: () => ({
    what: "The list of sizes is empty, so there are no parts.",
    fix: fix("Write the sizes, or how many equal parts there are: split(x, 2, -1)."),
  }),
});

export const splitCount = rule({
  id: "split-count",
  title: "A number of parts that is none",
  help: "An axis is split into a number of equal parts: a positive integer.",
  message: noParts,
  explain: ({ n }) => ({
    what: `There are no ${n} parts of an axis.`,
    fix: fix("Write how many equal parts there are, as in split(x, 2, -1), or a list with the size of each."),
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

export const sliceText = rule({
  id: "slice-text",
  title: "A slice that cannot be read",
  help: "at takes items as NumPy writes them: a:b, a:b:step, a number, ... for all other axes, new for a new one. A slice takes one place at least.",
  message: notSlice,
  explain: ({ item }) => ({
    what: `${item} is no slice of an axis, or takes nothing of it.`,
    fix: fix("Write a:b, a:b:step, ::-1, a number, ... (once) or new for each axis, with commas between them."),
  }),
});

export const sliceBackward = rule({
  id: "slice-backward",
  title: "A slice that steps backwards",
  help: "Of steps below 0, at takes ::-1 alone: all of an axis in the opposite order.",
  message: backwardSlice,
  explain: ({ item }) => ({
    what: `${item} would take places from the last to the first of them.`,
    fix: fix("Take the places by a slice that steps forwards, and turn them around with a second at() and ::-1."),
  }),
});

export const sliceAxes = rule({
  id: "slice-axes",
  title: "Slices of more axes than there are",
  help: "at takes an item for each axis at most. Axes that no item names stay as they are.",
  message: tooManySlices,
  explain: ({ item, shape }) => ({
    what: `${item} names more axes than the ${parseShape(shape)?.length ?? 0} of ${shape}.`,
    fix: fix("Leave items out; new makes an axis where one is wanted."),
  }),
});

export const sliceOutside = rule({
  id: "slice-outside",
  title: "A slice that reaches out of its axis",
  help: "Unlike NumPy, at does not cut a slice short: all places that it names are there.",
  message: outsideAxis,
  explain: ({ item, n, shape }) => ({
    what: `${item} names places that an axis of size ${n} in ${shape} does not have.`,
    fix: fix(`Name places from 0 to ${Number(n) - 1}, or -${n} to -1; leave the end out to take all that is left.`),
  }),
});

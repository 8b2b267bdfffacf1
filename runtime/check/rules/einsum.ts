import { sizeOfWeight } from "../../../src/layers/einsum-dense-shape.js";
import { contractedSizes } from "../../../src/ops/shared/contracted.js";
import { axesNotNamed, indexDiffers } from "../../../src/ops/shared/einsum-shape.js";
import { tooManyContracted, unpairedAxes } from "../../../src/ops/shared/tensordot-shape.js";
import {
  dotsDropped,
  dotsTwice,
  notAnIndex,
  operandCount,
  outputTwice,
  outputUnknown,
  outputUnsaid,
} from "../../../src/types/equation.js";
import { notAVector } from "../../../src/types/vector.js";
import { fix } from "../edits.js";
import { rule } from "./rule.js";

export const einsumIndex = rule({
  id: "einsum-index",
  title: "Two sizes for one index",
  help: "In an equation of einsum, axes with one letter have one size, in all operands: ij,jk->ik sums over a j of both.",
  message: indexDiffers,
  explain: ({ equation, index, x, y, where, shape }) => ({
    what: `In ${equation}, ${index} is ${x} already, but ${where}, ${shape}, has ${y} there.`,
    fix: fix(`Write another letter for the axis of ${y}, or its letters in the order of its axes.`),
  }),
});

export const einsumAxes = rule({
  id: "einsum-axes",
  title: "An equation with other axes than the operand",
  help: "In an equation of einsum, each operand has one letter for each axis; ... stands for all that have none.",
  message: axesNotNamed,
  explain: ({ equation, indices, shape }) => ({
    what: `${equation} has ${indices} for the axes of ${shape}, and these are not as many.`,
    fix: fix("Write a letter for each axis, or ... in place of those that are only handed on."),
  }),
});

export const einsumCount = rule({
  id: "einsum-count",
  title: "An equation for more or fewer operands",
  help: "In an equation of einsum, commas stand between operands: ij,jk->ik takes two.",
  message: operandCount,
  explain: ({ op, equation, n, m }) => ({
    what: `${equation} has the axes of ${n}, but ${op} is given ${m}.`,
    fix: fix("Write the axes of each operand, with commas between them."),
  }),
});

export const weightSize = rule({
  id: "weight-size",
  title: "A weight without a size",
  help: "The weights of a layer are made before there is data: their sizes are numbers, of the input's shape or of outputShape.",
  message: sizeOfWeight,
  explain: ({ equation, weight, index, x }) =>
    x === "unsaid"
      ? {
          what: `The ${weight} in ${equation} has ${index}, of which neither the input nor outputShape says a size.`,
          fix: fix(`Say the size of ${index} in outputShape, in place of null, or leave ${index} out.`),
        }
      : {
          what: `The ${weight} in ${equation} has ${index}, which is "${x}": how much that is, nobody knows when the weight is made.`,
          fix: fix(`Leave ${index} out of the ${weight}, or write a number in place of "${x}".`),
        },
});

export const einsumNoOutput = rule({
  id: "einsum-no-output",
  title: "An equation without output",
  help: "An equation of einsum says which axes the result has, and in which order: ij,jk->ik. After -> there may be none: ij,ij-> is a scalar.",
  message: outputUnsaid,
  explain: ({ equation }) => ({
    what: `${equation} does not say which axes the result has.`,
    fix: fix("Add -> and the indices that the result has, in their order."),
  }),
});

export const einsumOutput = rule({
  id: "einsum-output",
  title: "An output that no operand has",
  help: "An equation of einsum can only give axes that an operand has. One of size 1 is added by expandDims().",
  message: outputUnknown,
  explain: ({ equation, index }) => ({
    what: `The output of ${equation} has ${index}, which no operand has.`,
    fix: fix(`Leave ${index} out, or write it in the operand that has this axis.`),
  }),
});

export const einsumTwice = rule({
  id: "einsum-twice",
  title: "An index twice in the output",
  help: "An operand may have an index twice, which is its diagonal; the output may not.",
  message: outputTwice,
  explain: ({ equation, index }) => ({
    what: `The output of ${equation} has ${index} twice.`,
    fix: fix(`Write ${index} once, and for the other axis the letter that it has in its operand.`),
  }),
});

export const einsumLetter = rule({
  id: "einsum-letter",
  title: "An index that is no letter",
  help: "An equation of einsum is of letters, small and capital ones, and of ... for axes without names.",
  message: notAnIndex,
  explain: ({ equation, index }) => ({
    what: `${equation} has ${index} for an index.`,
    fix: fix(`Write a letter in place of ${index}.`),
  }),
});

export const einsumDotsTwice = rule({
  id: "einsum-dots-twice",
  title: "Two ellipses in one operand",
  help: "In an equation of einsum, ... is all axes of an operand that have no letter. Twice, nothing says which are whose.",
  message: dotsTwice,
  explain: ({ equation }) => ({
    what: `${equation} has ... twice for one operand.`,
    fix: fix("Write letters for the axes in one of the two places."),
  }),
});

export const einsumDotsDropped = rule({
  id: "einsum-dots-dropped",
  title: "An ellipsis that the output leaves out",
  help: "The axes of ... are handed on by einsum, not summed over: the output has them, too.",
  message: dotsDropped,
  explain: ({ equation }) => ({
    what: `${equation} has ... in an operand, and not in the output.`,
    fix: fix("Add ... to the output, or write letters for axes that are to be summed over."),
  }),
});

export const contractedAxes = rule({
  id: "contracted-axes",
  title: "Axes that are summed over together differ",
  help: "inner sums over the last axis of both operands; tensordot over the last axes of the first and the first of the second, or the pairs that it is given.",
  message: contractedSizes,
  explain: ({ op, a, b, k, l }) => ({
    what: `${op} sums over an axis of ${a} together with one of ${b}, but these are ${k} and ${l}.`,
    fix: fix("Say which axes belong together: tensordot(a, b, [[1], [0]]), or einsum with a letter for each."),
  }),
});

export const contractedCount = rule({
  id: "contracted-count",
  title: "More axes summed over than there are",
  help: "tensordot(a, b, n) sums over the last n axes of a and the first n of b; 2 if n is not said.",
  message: tooManyContracted,
  explain: ({ n, a, b }) => ({
    what: `${n} axes would have to stand at the end of ${a}, and at the beginning of ${b}.`,
    fix: fix("Write fewer, or which axes belong together: tensordot(a, b, [[1], [0]])."),
  }),
});

export const contractedPairs = rule({
  id: "contracted-pairs",
  title: "Axes that are no pairs",
  help: "tensordot(a, b, [[1, 2], [0, 1]]) sums over axis 1 of a with axis 0 of b, and 2 with 1: both lists are of one length.",
  message: unpairedAxes,
  explain: ({ from, to }) => ({
    what: `Each axis of ${from} needs one of ${to} that is summed over with it, and these are not as many.`,
    fix: fix("Write as many axes in one list as in the other."),
  }),
});

export const vectors = rule({
  id: "not-a-vector",
  title: "Not a vector",
  help: "outer multiplies each element of a vector with each of another. For other products, einsum names the axes.",
  message: notAVector,
  explain: ({ op, shape }) => ({
    what: `${op} takes a tensor with one axis, but this is ${shape}.`,
    fix: fix("Make a vector of it with reshape(x, [-1]), or write einsum, as in bi,bj->bij."),
  }),
});

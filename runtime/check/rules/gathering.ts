import { batchAxesDiffer, batchAxesMissing } from "../../../src/ops/shared/gather-shape.js";
import { fix } from "../edits.js";
import { rule } from "./rule.js";

export const batchAxes = rule({
  id: "batch-axes",
  title: "Indices for other samples than the tensor has",
  help: "With batchDims: n, x and the indices begin with the same n axes: each place of them has indices of its own.",
  message: batchAxesDiffer,
  explain: ({ a, b, n }) => ({
    what: `With batchDims: ${n}, ${a} and its indices ${b} would have to begin with the same axes, and they do not.`,
    fix: fix("Give indices for each place of these axes, or leave batchDims out: then all share the same indices."),
  }),
});

export const batchAxesCount = rule({
  id: "batch-axes-count",
  title: "More shared axes than there are",
  help: "The axes that x and the indices share stand in front, before the axis that is looked up.",
  message: batchAxesMissing,
  explain: ({ n, axis, a, b }) => ({
    what: `${n} shared axes would have to stand in front of axis ${axis} of ${a}, and in ${b}.`,
    fix: fix("Make batchDims smaller, or look up an axis behind the shared ones."),
  }),
});

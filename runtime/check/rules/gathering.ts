import { batchAxesDiffer, batchAxesMissing } from "../../../src/ops/shared/gather-shape.js";
import { segmentsUnlikeRows } from "../../../src/ops/shared/segments.js";
import { moreThanThereAre } from "../../../src/ops/shared/top-k-shape.js";
import { fix, parseShape, shapeAsCode, wrap } from "../edits.js";
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

export const tooMany = rule({
  id: "top-k-size",
  title: "More of the largest than there are elements",
  help: "topK takes at most as many as the last axis has; all of them are the axis in order.",
  message: moreThanThereAre,
  explain: ({ n, shape }) => ({
    what: `The last axis of ${shape} has fewer than ${n} elements.`,
    fix: fix("Ask for fewer, or transpose the axis that is meant to the end."),
  }),
});

export const segmentIds = rule({
  id: "segment-ids",
  title: "Segments that are not one for each row",
  help: "Segments are of whole rows, so there is one segment id for each row: a vector as long as the first axis.",
  message: segmentsUnlikeRows,
  explain: ({ a, n, b }, { argument }) => {
    const what = `${a} has ${n} rows, and there is to be one segment for each, but the segments are ${b}.`;
    const rows = parseShape(`[${n}]`) ?? [];
    const others = (parseShape(b) ?? []).filter((size) => size !== 1);
    if (others.length === 1 && others[0] === rows[0]) {
      return { what, fix: fix("Drop the axes of size 1:", wrap(argument, "reshape", shapeAsCode(rows))) };
    }
    return {
      what,
      fix: fix(`Give a vector of segments, [${n}]; of a tensor that holds one for each element, flatten both.`),
    };
  },
});

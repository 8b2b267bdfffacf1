import { otherSamples } from "../../../src/losses/lossOf.js";
import { labelsUnlikeLogits } from "../../../src/ops/softmaxCrossEntropyWithLogits.js";
import { labelsUnlikeRows } from "../../../src/ops/sparseSoftmaxCrossEntropyWithLogits.js";
import { fix, parseShape, shapeAsCode, wrap } from "../edits.js";
import { otherLoss } from "./otherLoss.js";
import { rule } from "./rule.js";

export const sparseLabels = rule({
  id: "sparse-labels",
  title: "Class numbers of another shape than the logits' rows",
  help: "The sparse loss takes one class number for each row of logits: [batch] for [batch, 10]. One-hot rows are for the loss without “sparse”.",
  message: labelsUnlikeRows,
  explain({ a, wanted, b }, { argument, call }) {
    const what = `Logits ${a} take one class number a row, ${wanted}, but the labels are ${b}.`;
    if (a === b) {
      const words = "These are one-hot rows. The class number is the place of their 1:";
      return {
        what,
        fix: fix(words, wrap(argument, "argMax", "-1")),
        others: [otherLoss("Take the loss of rows:", "softmaxCrossEntropyWithLogits", call)],
      };
    }
    const labels = parseShape(b);
    const rows = parseShape(wanted);
    if (labels && rows && labels.length === rows.length + 1 && labels.at(-1) === 1) {
      return { what, fix: fix("Drop the last axis, of size 1:", wrap(argument, "reshape", shapeAsCode(rows))) };
    }
    return { what, fix: fix(`Make the labels ${wanted}.`) };
  },
});

export const sameLabels = rule({
  id: "same-labels",
  title: "Labels of another shape than the logits",
  help: "This loss compares element by element, so labels have the logits' own shape. Class numbers are made one-hot first, or take the sparse loss.",
  message: labelsUnlikeLogits,
  explain({ a, b }) {
    const what = `Labels are compared with the logits element by element, so they are ${a} too, but these are ${b}.`;
    const [logits, labels] = [parseShape(a), parseShape(b)];
    const classes = logits?.at(-1);
    if (logits && labels?.length === logits.length - 1 && typeof classes === "number") {
      return {
        what,
        fix: fix(`If these are class numbers, make them one-hot: oneHot(cast(labels, "int32"), ${classes}).`),
      };
    }
    return { what, fix: fix(`Make the labels ${a}.`) };
  },
});

export const otherLabels = rule({
  id: "other-samples",
  title: "Targets of other samples than the output's",
  help: "A loss compares targets with outputs sample by sample, so the first axis of both is that of the samples.",
  message: otherSamples,
  explain: ({ name, shape, batch }) => ({
    what: `The loss ${name} takes targets ${shape}, but the output's samples lie along ${batch}.`,
    fix: fix(`Let the input that lossOf is given begin with ${batch === "batch" ? '"batch"' : batch}.`),
  }),
});

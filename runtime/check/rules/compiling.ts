import { ts } from "ts-morph";
import { notBatched } from "../../../compiler/checkBatch.js";
import { givenOtherwise, noLoss, noOutput, takenInstead } from "../../../compiler/losses.js";
import { nearest } from "../../../src/ir/nearest.js";
import { axisOfBatch } from "../../../src/losses/alongAxis.js";
import { noEmbeddings } from "../../../src/losses/circle.js";
import { noOutputSteps } from "../../../src/losses/ctc.js";
import { outputNotFloat } from "../../../src/losses/loss.js";
import { noClasses } from "../../../src/losses/sparseTargets.js";
import type { Dim } from "../../../src/types/dim.js";
import { chainOf } from "../chain.js";
import { fix, insertBefore, parseShape, replace } from "../edits.js";
import type { Chain, Fix } from "../finding.js";
import { unimported } from "../imports.js";
import { calledName } from "../names.js";
import { inputExpression, modelOf, outputNames } from "../origins.js";
import { shapeLiteral } from "../shape-literal.js";
import { describe, dtypeOf } from "../shapes.js";
import type { Site } from "../site.js";
import { metricsAlone } from "./by-outputs.js";
import { rule } from "./rule.js";

export const batchAxis = rule({
  id: "batch-axis",
  title: "No batch axis",
  help: 'Samples lie along the first axis of every input and of the output. How many there are is known only when data comes, so the axis has a name: input(["batch", 784]).',
  message: notBatched,
  explain({ input, shape, allowed }, site) {
    const output = input.startsWith("the output");
    const other = /^"(.*)", like the others$/.exec(allowed)?.[1];
    if (other !== undefined) {
      const [subject, others] = output ? [input, "the inputs"] : [`"${input}"`, "others"];
      return {
        what: `A batch has as many samples of every input, so the first axes have one name, but ${subject} is ${shape}, where ${others} begin with "${other}".`,
        fix: fix(
          output
            ? "Let the output have a value for every sample, or compute the loss in the model and compile it by compileLoss()."
            : `Where there are as many of both, name the axis "${other}" too. Else a sample is a row of its own, ["batch", …], and what is padded in it weighs 0.`,
        ),
        chains: output ? outputChain(site) : [],
      };
    }
    if (!output) {
      const what = `The first axis of an input counts the samples, and has a name such as "batch", but "${input}" is ${shape}.`;
      return { what, ...batchFix(input, parseShape(shape) ?? [], site) };
    }
    return {
      what: `A model gives an output for every sample, so the output's first axis is the batch, but its shape is ${shape}.`,
      fix: fix("Return a prediction for each sample. The loss itself takes their mean, so the model does not."),
      chains: outputChain(site),
    };
  },
});

function batchFix(name: string, shape: readonly (Dim | undefined)[], site: Site): { fix: Fix; chains: Chain[] } {
  const { model } = modelOf(site.checker, site.argument);
  const input = model && inputExpression(model, name);
  const literal = input && shapeLiteral(site.checker, input, ["input"]);
  const shown = input && describe(site.checker, input);
  const chains = input && shown ? [{ steps: [{ name: `${name} = ${input.getText()}`, shape: shown }] }] : [];
  if (!literal) return { fix: fix('Let the shape begin with "batch".'), chains };
  const [first] = literal.elements;
  if (!first && dtypeOf(site.checker, input) === "bool") {
    return { fix: fix("One value for all samples is no input: take isTraining(), or a model for each case."), chains };
  }
  if (!first) return { fix: fix("The batch axis stands in front:", replace(literal, '["batch"]')), chains };
  // [784], [28, 28], [28, 28, 1]: one sample, as Keras's inputShape. [60000, 784]: the samples are counted.
  const sample = shape.length === 1 || shape[0] === shape[1];
  return sample
    ? { fix: fix("The batch axis is missing. It stands in front:", insertBefore(first, '"batch", ')), chains }
    : {
        fix: fix("How many samples there are is no part of the model. Name the axis:", replace(first, '"batch"')),
        chains,
      };
}

export const lossDType = rule({
  id: "loss-dtype",
  title: "The loss needs a float32 output",
  help: "Losses compare float32 outputs with targets; class numbers have no gradient. Use argMax() on predictions, not in the model.",
  message: outputNotFloat,
  explain({ dtype }, site) {
    const what = `The loss needs an output with a gradient, of float32, but this model's output is ${dtype}.`;
    const { output } = modelOf(site.checker, site.call.arguments[0]);
    const chosen =
      output && ts.isCallExpression(output) && calledName(output) === "argMax" ? output.arguments[0] : undefined;
    if (!output || !chosen) return { what, fix: fix("Return float32 from the model."), chains: outputChain(site) };
    const words = "Return the scores, and use argMax() on what predict() gives:";
    return {
      what,
      fix: fix(words, replace(output, chosen.getText()), unimported(output.getSourceFile(), "argMax")),
      chains: outputChain(site),
    };
  },
});

export const lossClasses = rule({
  id: "loss-classes",
  title: "An output without classes",
  help: "The sparse loss takes an output [..., classes]: a score for every class, their number known.",
  message: noClasses,
  explain: ({ op, shape }, site) => ({
    what: `${op} takes a score for every class, [..., classes], but the model's output is ${shape}.`,
    fix: fix("End the model with dense(x, { units: … }), with as many units as there are classes."),
    chains: outputChain(site),
  }),
});

export const lossAlongBatch = rule({
  id: "loss-along-batch",
  title: "A loss along the batch",
  help: "Classes and vectors lie along an axis of their own, behind the first, which counts the samples.",
  message: axisOfBatch,
  explain: ({ op, axis, shape }, site) => ({
    what: `${op} goes along axis ${axis}, but the first axis of ${shape} counts the samples.`,
    fix: fix("Let the model's output have an axis for it, [batch, …], and leave axis out where that is the last."),
    chains: outputChain(site),
  }),
});

export const lossOfVectors = rule({
  id: "loss-of-vectors",
  title: "An output that is not one vector for each sample",
  help: "Losses between samples compare their vectors: the output is [batch, size].",
  message: noEmbeddings,
  explain: ({ op, shape }, site) => ({
    what: `${op} compares one vector for each sample, [batch, size], but the model's output is ${shape}.`,
    fix: fix("End the model with flatten(…) or a pooling layer, dense(x, { units: … }) and unitNormalization()."),
    chains: outputChain(site),
  }),
});

export const lossOfSequences = rule({
  id: "loss-of-sequences",
  title: "An output that has no classes for each step",
  help: "Connectionist temporal classification takes logits of every class, blank included, for each step: [batch, time, classes].",
  message: noOutputSteps,
  explain: ({ op, shape }, site) => ({
    what: `${op} takes logits for each step, [batch, time, classes], with a number of classes, but the model's output is ${shape}.`,
    fix: fix(
      "End the model with dense(x, { units: … }) over all steps, with one unit more than there are labels: 0 is the blank.",
    ),
    chains: outputChain(site),
  }),
});

export const lossesByName = rule({
  id: "losses-by-name",
  title: "Losses by the names of outputs",
  help: "A model that returns a record of tensors takes its losses by the same names; one that returns a tensor takes one loss.",
  message: givenOtherwise,
  explain: ({ among, given }, site) =>
    (given === takenInstead.metricsByName.given && metricsAlone(site.argument)) || {
      what: `The model has ${among}, so compile() takes ${given}.`,
      fix: fix(advice(given, site)),
    },
});

/** What to write instead, with the names that the model's outputs have where the code tells them. */
function advice(given: string, site: Site): string {
  if (given === takenInstead.noLossWeights.given)
    return "Leave lossWeights out: one loss has nothing to be weighed against.";
  if (given === takenInstead.oneList.given) return "Give the list itself: metrics: [accuracy()].";
  if (given === takenInstead.oneLoss.given) return "Give the loss itself: loss: meanSquaredError().";
  const names = outputNames(site.checker, site.call.arguments[0]);
  const [option, value] =
    given === takenInstead.metricsByName.given ? ["metrics", "[accuracy()]"] : ["loss", "meanSquaredError()"];
  if (names.length === 0) return `Name them as the model does: ${option}: { NAME: ${value} }.`;
  return `Name them as the model does: ${option}: { ${names.map((name) => `${name}: ${value}`).join(", ")} }.`;
}

export const outputName = rule({
  id: "output-name",
  title: "No such output",
  help: "Losses, their weights and metrics are given by the names of the tensors that the model returns.",
  message: noOutput,
  explain({ name }, site) {
    const names = outputNames(site.checker, site.call.arguments[0]);
    const meant = nearest(name, names);
    const list = names.map((known) => `"${known}"`).join(", ");
    return {
      what: `The model returns no tensor that is named "${name}"${list && `; it returns ${list}`}.`,
      fix: fix(meant ? `Write ${meant}.` : "Use a name of the record that the model returns."),
    };
  },
});

export const lossMissing = rule({
  id: "loss-missing",
  title: "Metrics of an output without a loss",
  help: "Metrics compare an output with targets, and what these are the output's loss says.",
  message: noLoss,
  explain: ({ name }) => ({
    what: `There are metrics of "${name}", but no loss, which would say what its targets are.`,
    fix: fix(`Give a loss for "${name}" too, or leave its metrics out.`),
  }),
});

function outputChain(site: Site): Chain[] {
  const { output } = modelOf(site.checker, site.call.arguments[0]);
  return output ? [chainOf(site, output, "the model's output")] : [];
}

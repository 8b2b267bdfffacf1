import { showName } from "../src/ir/checkName.js";
import { cut } from "../src/ir/cut.js";
import { ShapewrightError } from "../src/ir/errors.js";
import { inWords } from "../src/ir/inWords.js";
import { makeNode } from "../src/ir/makeNode.js";
import { listNames } from "../src/ir/nearest.js";
import { isTensor, type Node, type Scope, tensorOf } from "../src/ir/node.js";
import { aRecord, checkOption, having, listOf, type OptionRule, required } from "../src/ir/options.js";
import { refuse } from "../src/ir/refuse.js";
import type { AnyTensor } from "../src/ir/tensor.js";
import { checkOutputDType, type Loss, type TargetSignature } from "../src/losses/loss.js";
import { checkMetricNames, type Metric } from "../src/metrics/metric.js";
import type { Outputs } from "../src/model.js";
import { inputOp } from "../src/ops/input.js";
import { fill } from "../src/types/message.js";
import { asLoss, isOfSamples, lossValues, targetFor } from "./by-hand.js";
import { classTable } from "./class-weights.js";
import { givenOtherwise, type Losses, type Metrics, noLoss, noOutput, type Targets, takenInstead } from "./losses.js";
import type { Judged } from "./reports.js";
import { type Weighting, weightings } from "./weighting.js";

/** What `compile` is told of losses and metrics, whatever the types say. */
export interface Judging {
  readonly loss: Losses;
  readonly lossWeights?: Readonly<Record<string, number | undefined>>;
  readonly metrics?: Metrics;
  readonly sampleWeight?: Weighting;
  readonly classWeight?: unknown;
}

/**
 * The outputs that losses are taken of, each with the input of its targets and of its weights.
 *
 * @param names is added to
 */
export function judge(
  output: Outputs,
  outputs: ReadonlyMap<string, Node>,
  { loss, lossWeights = {}, metrics = [], sampleWeight = "none", classWeight }: Judging,
  names: Map<Node | Scope, string>,
): Judged[] {
  if (!weightings.includes(sampleWeight)) {
    throw refused(
      `compile: sampleWeight is ${inWords(sampleWeight)}, but must be one of ${weightings.map((w) => `"${w}"`).join(", ")}`,
    );
  }
  const single = isTensor(output);
  const given = single ? oneLoss(loss, metrics) : lossesByName(outputs, loss, metrics);
  for (const name of Object.keys(lossWeights)) {
    if (single) throw refused(fill(givenOtherwise, takenInstead.noLossWeights));
    if (given.has(name)) continue;
    if (outputs.has(name)) throw refused(`compile: lossWeights.${name} weighs no loss; give one`);
    throw unknownOutput(name, outputs);
  }
  if (!single && classWeight !== undefined) {
    checkOption("compile", "classWeight", classWeight, {
      ...aRecord,
      takes: "a record of weights by the outputs' names",
    });
    for (const name of Object.keys(classWeight as object)) {
      if (!outputs.has(name)) throw unknownOutput(name, outputs);
      if (!given.has(name)) throw refused(`compile: classWeight.${name} weighs no loss; give one`);
    }
  }
  return [...given].map(([name, own]) => {
    const node = outputs.get(single ? "output" : name)!;
    refuse("SW_DTYPE", "compile", checkOutputDType(node.dtype));
    checkOption("compile", single ? "metrics" : `metrics.${name}`, own.metrics, metricList);
    checkOption("compile", single ? "loss" : `loss.${name}`, own.loss, required(aLoss));
    refuse("SW_NAME", "compile", checkMetricNames("compile", own.metrics));
    const signature = targetFor(own.loss, node);
    const prefix = single ? "" : `${name}_`;
    const feed = (what: string, { shape, dtype }: Pick<TargetSignature, "shape" | "dtype">) => {
      const input = makeNode(inputOp, [], { shape, dtype }, undefined, "loss");
      names.set(input, `${prefix}${what}`);
      return input;
    };
    const target = feed("target", signature);
    const lossWeight = lossWeights[name] ?? 1;
    checkOption("compile", `lossWeights.${name}`, lossWeight, aWeight);
    const weights = single ? classWeight : (classWeight as Readonly<Record<string, unknown>> | undefined)?.[name];
    const plain = { name, output: node, ...own, lossWeight, signature, target, weighting: sampleWeight };
    if (sampleWeight === "none" && weights === undefined) return plain;
    const values = lossValues(own.loss, node, target);
    const where = single ? "classWeight" : `classWeight.${name}`;
    const judged =
      weights === undefined
        ? plain
        : { ...plain, classWeight: classTable(where, weights, { loss: own.loss, target, signature, values }) };
    if (sampleWeight === "none") return judged;
    if (!isOfSamples(values, node.shape[0]!)) {
      const fault = `the loss ${showName(own.loss.name)} gives one value for a batch, of which no sample has a share`;
      throw refused(`compile: sampleWeight is "${sampleWeight}", but ${fault}`);
    }
    return {
      ...judged,
      weights: feed("sampleWeight", {
        shape: sampleWeight === "samples" ? values.shape.slice(0, 1) : values.shape,
        dtype: "float32",
      }),
    };
  });
}

const aLoss = having("a loss, such as meanSquaredError()", "target", "values");
const aWeight: OptionRule = { takes: "a number", accepts: Number.isFinite };
const values = having("a metric", "values");
const totals = having("a metric", "totals", "result");
const aMetric: OptionRule = {
  takes: "a metric, such as accuracy()",
  accepts: (one) => values.accepts(one) || totals.accepts(one),
};
const metricList: OptionRule = {
  takes: "a list of metrics, such as [accuracy()]",
  each: aMetric,
  accepts: listOf(aMetric).accepts,
};

type Own = { readonly loss: Loss; readonly metrics: readonly Metric[] };

function oneLoss(loss: Losses, metrics: Metrics): Map<string, Own> {
  if (Array.isArray(loss)) throw refused("compile: the model has one output, so it takes one loss, not a list of them");
  if (isRecordOfLosses(loss)) throw refused(fill(givenOtherwise, takenInstead.oneLoss));
  if (!Array.isArray(metrics)) {
    checkOption("compile", "metrics", metrics, required({ ...aRecord, takes: metricList.takes }));
    throw refused(fill(givenOtherwise, takenInstead.oneList));
  }
  return new Map([["", { loss: asLoss(loss), metrics }]]);
}

function lossesByName(outputs: ReadonlyMap<string, Node>, losses: Losses, metrics: Metrics): Map<string, Own> {
  if (isLoss(losses) || typeof losses === "function") throw refused(fill(givenOtherwise, takenInstead.lossesByName));
  checkOption("compile", "loss", losses, required({ ...aRecord, takes: "a record of losses by the outputs' names" }));
  if (!Array.isArray(metrics)) {
    checkOption(
      "compile",
      "metrics",
      metrics,
      required({ ...aRecord, takes: "a record of lists by the outputs' names" }),
    );
  }
  if (Array.isArray(metrics) && metrics.length > 0) throw refused(fill(givenOtherwise, takenInstead.metricsByName));
  const byName = new Map(Object.entries(Array.isArray(metrics) ? {} : (metrics as Record<string, readonly Metric[]>)));
  for (const name of [...Object.keys(losses), ...byName.keys()])
    if (!outputs.has(name)) throw unknownOutput(name, outputs);
  const judged = new Map(
    Object.entries(losses).map(([name, loss]) => [name, { loss: asLoss(loss), metrics: byName.get(name) ?? [] }]),
  );
  for (const name of byName.keys()) if (!judged.has(name)) throw refused(fill(noLoss, { name }));
  if (judged.size === 0) throw refused("compile: there is no loss; give one for an output at least");
  return judged;
}

function isLoss(loss: Losses): loss is Loss {
  return aLoss.accepts(loss);
}

function isRecordOfLosses(losses: Losses): boolean {
  const all: unknown[] = typeof losses === "object" && losses !== null ? Object.values(losses) : [];
  return !isLoss(losses) && all.length > 0 && all.every((loss) => aLoss.accepts(loss));
}

function unknownOutput(name: string, outputs: ReadonlyMap<string, Node>): ShapewrightError {
  const there = listNames(name, [...outputs.keys()]);
  return new ShapewrightError("SW_NAME", `${fill(noOutput, { name: cut(name) })}; there are ${there}`, "compile");
}

function refused(message: string): ShapewrightError {
  return new ShapewrightError("SW_VALUE", message, "compile");
}

/** The inputs of targets, or of weights, as the outputs are: one, or several by names; undefined where there are none. */
export function inputsOf(judged: readonly Judged[], of: (judged: Judged) => Node | undefined): Targets {
  const inputs = judged.flatMap((one) => {
    const node = of(one);
    return node ? [[one.name, tensorOf<AnyTensor>(node)] as const] : [];
  });
  if (inputs.length === 0) return undefined;
  return judged[0]!.name === "" ? inputs[0]![1] : Object.fromEntries(inputs);
}

import { checkName, showName } from "../src/ir/checkName.js";
import { cut } from "../src/ir/cut.js";
import { dtypes } from "../src/ir/dtype.js";
import { ShapewrightError } from "../src/ir/errors.js";
import { dimNames } from "../src/ir/evaluate.js";
import { inWords } from "../src/ir/inWords.js";
import { isCallable } from "../src/ir/isCallable.js";
import { isTensor, type Node, tensorOf } from "../src/ir/node.js";
import { aRecord, having } from "../src/ir/options.js";
import { refuse } from "../src/ir/refuse.js";
import { returnedNode, type Wanted, wronglyReturned } from "../src/ir/returned.js";
import type { AnyTensor } from "../src/ir/tensor.js";
import type { Loss, TargetSignature } from "../src/losses/loss.js";
import type { MeanMetric, Metric, TotalsMetric } from "../src/metrics/metric.js";
import { builder as b } from "../src/ops/builder.js";
import type { Dim } from "../src/types/dim.js";
import { sameShape } from "../src/types/same-shape.js";
import { show } from "../src/types/show.js";

// Losses and metrics may be written by hand: what they give is looked at before anything is made of it.

/** A loss, where it is given as a function of targets and the output. Its name is the function's, or `loss` of one that has none. */
export function asLoss(given: unknown): Loss {
  if (!isCallable(given)) return given as Loss;
  return {
    name: given.name || "loss",
    fromLogits: false,
    target: ({ shape }) => ({ shape, dtype: "float32" }),
    values(output, target) {
      try {
        return given(tensorOf<AnyTensor>(target), tensorOf<AnyTensor>(output));
      } catch (error) {
        throw isOfCall(error, given.name) ? notCalled(given.name) : error;
      }
    },
  };
}

/** Whether one of ours that is not called took the target for its options, or has none. */
function isOfCall(error: unknown, op: string): boolean {
  const messages = [
    `${op}: options are given as a record, got a tensor`,
    `${op}: takes no arguments, got 2; write ${op}()`,
  ];
  return error instanceof ShapewrightError && messages.includes(error.message);
}

function notCalled(name: string): ShapewrightError {
  const message = `compile: the loss ${showName(name)} is a function that makes a loss; call it: ${cut(name)}()`;
  return new ShapewrightError("SW_VALUE", message, "compile");
}

/** The targets of a loss. */
export function targetFor(loss: Loss, output: Node): TargetSignature {
  const given: unknown = loss.target(output);
  const { shape, dtype } = (aRecord.accepts(given) ? given : {}) as Partial<TargetSignature>;
  if (Array.isArray(shape) && dtypes.some((one) => one === dtype)) return given as TargetSignature;
  throw wronglyReturned("compile", `the target of the loss ${showName(loss.name)}`, inWords(given), "{ shape, dtype }");
}

const perSample: Wanted = {
  takes: "float32 values, one for each sample or for each place in a sample",
  accepts: ({ dtype }) => dtype === "float32",
};

/** The values whose mean is a loss. */
export function lossValues(loss: Loss, output: Node, target: Node): Node {
  const values: unknown = loss.values(output, target);
  if (isLoss(values)) throw notCalled(loss.name);
  return returnedNode("compile", `the loss ${showName(loss.name)}`, values, perSample);
}

/** Whether a function by hand gave a loss in place of values: one of ours that is not called, as Keras takes. */
function isLoss(value: unknown): boolean {
  return having("a loss", "values", "target").accepts(value);
}

/** Which of its values a loss counts, 0 or 1 for each; undefined where it counts all. */
export function lossMask(loss: Loss, output: Node, target: Node, values: Node): Node | undefined {
  const given: unknown = loss.mask?.(output, target, values);
  if (given === undefined) return undefined;
  const wanted: Wanted = {
    takes: `bool ${show(values.shape)}, one for each of its values`,
    accepts: ({ dtype, shape }) => dtype === "bool" && sameShape(shape, values.shape),
  };
  const mask = returnedNode("compile", `the mask of the loss ${showName(loss.name)}`, given, wanted);
  return b.op("cast", [mask], { dtype: "float32" });
}

/** The values whose mean is a metric. */
export function metricValues(metric: MeanMetric, output: Node, target: Node, loss: Loss): Node {
  if ("target" in metric) checkTaken(metric as Loss, output, target);
  return returnedNode("compile", metricNamed(metric), metric.values(output, target, loss), perSample);
}

/**
 * Values of which there are as many in a batch as it has samples, or more. What a loss or a metric by hand gives for a whole batch
 * counts for each of its samples, as in Keras: over an epoch, a last batch of fewer counts less.
 */
export function forEachSample(values: Node, batch: Dim): Node {
  if (isOfSamples(values, batch)) return values;
  return b.op("broadcastTo", [values], { shape: [batch, ...values.shape] });
}

/** Whether the number of values depends on that of the samples. */
export function isOfSamples({ shape }: Node, batch: Dim): boolean {
  return shape.some((dim) => dimNames(dim).includes(batch as string));
}

/** Refuses a loss among the metrics that does not take the targets which are given: its ops would speak of themselves. */
function checkTaken(metric: Loss, output: Node, target: Node): void {
  const { shape, dtype } = targetFor(metric, output);
  if (dtype === target.dtype && sameShape(shape, target.shape)) return;
  const message =
    `compile: ${metricNamed(metric)} takes targets ${dtype} ${show(shape)}, but the loss ` +
    `takes ${target.dtype} ${show(target.shape)}`;
  throw new ShapewrightError("SW_SHAPE", message, "compile");
}

const inFull: Wanted = {
  takes: "float32 of a shape without names, as batches of any size are added up",
  accepts: ({ dtype, shape }) => dtype === "float32" && shape.every((dim) => typeof dim === "number"),
};

/** What a metric adds up. */
export function totalsOf(metric: TotalsMetric, context: Parameters<TotalsMetric["totals"]>[0]): Record<string, Node> {
  const given: unknown = metric.totals(context);
  const named = metricNamed(metric);
  if (!aRecord.accepts(given) || isTensor(given)) {
    throw wronglyReturned("compile", `totals of ${named}`, inWords(given), "a record of tensors by names");
  }
  const totals = Object.entries(given as Readonly<Record<string, unknown>>).map(([name, total]): [string, Node] => {
    refuse("SW_NAME", "compile", checkName("compile", name, `in the totals of ${named}, `));
    return [name, returnedNode("compile", `${named}, for its total "${name}",`, total, inFull)];
  });
  return Object.fromEntries(totals);
}

/** What a metric makes of totals. */
export function metricResult(metric: TotalsMetric, totals: Readonly<Record<string, Node>>): Node {
  return returnedNode("compile", `the result of ${metricNamed(metric)}`, metric.result(totals), inFull);
}

function metricNamed({ name }: Metric): string {
  return `the metric ${showName(name)}`;
}

import { checkName } from "../ir/checkName.js";
import type { Node } from "../ir/node.js";
import type { Loss } from "../losses/loss.js";

/** What a metric is computed from, on a batch. */
export interface MetricContext {
  readonly output: Node;
  readonly target: Node;
  /** Whether outputs are logits, not probabilities. */
  readonly fromLogits: boolean;
  /** What makes of logits probabilities; a sigmoid, where nothing is said. */
  readonly activation?: "softmax" | "sigmoid" | undefined;
}

/**
 * A metric that is a mean: one value for each sample, or for each place in a sample. Over an epoch it is the mean of all of
 * them, weighted where samples have weights.
 *
 * @typeParam Name the key under which `fit` and `evaluate` report it
 */
export interface MeanMetric<Name extends string = string> {
  readonly name: Name;
  /** The values, float32. */
  values(output: Node, target: Node, loss: Pick<Loss, "fromLogits" | "activation">): Node;
}

/**
 * A metric that adds up totals over batches, and makes its value of them: exact over an epoch, however samples are put into
 * batches, and whatever their weights.
 *
 * @typeParam Name the key under which `fit` and `evaluate` report it
 * @typeParam Value what is reported: a number, or an array
 */
export interface TotalsMetric<Name extends string = string, Value = unknown> {
  readonly name: Name;
  /** What a batch adds, by names: float32, of shapes without names. `weights` has one number for each sample, or for each place. */
  totals(context: MetricContext & { readonly weights: Node }): Readonly<Record<string, Node>>;
  /** The metric of all totals: a scalar, or an array. */
  result(totals: Readonly<Record<string, Node>>): Node;
  /** Never set: carries `Value`. */
  readonly value?: Value;
}

/**
 * A number, or an array of numbers, that says how well a model does, reported with the loss. A loss is a metric, too: its mean.
 *
 * @typeParam Name the key under which `fit` and `evaluate` report it
 * @typeParam Value what is reported
 */
export type Metric<Name extends string = string, Value = any> = MeanMetric<Name> | TotalsMetric<Name, Value>;

/** The option of every metric. */
export interface NameOption<N extends string = string> {
  /** The key under which it is reported. @default the function's name */
  readonly name?: N;
}

/** The message for metrics of which one is named as it cannot be reported, if one is. */
export function checkMetricNames(op: string, metrics: readonly Metric[]): string | undefined {
  const reported = new Set(["loss", "val_loss"]);
  for (const { name } of metrics) {
    const message = checkName(op, name, "the metric ");
    if (message !== undefined) return message;
    if (reported.has(name) || reported.has(`val_${name}`)) {
      return `${op}: the metric "${name}" is named like another number that is reported; give it a name of its own`;
    }
    reported.add(name).add(`val_${name}`);
  }
  return undefined;
}

import { checkName } from "../ir/checkName.js";
import type { Node } from "../ir/node.js";
import type { Loss } from "../losses/loss.js";

/**
 * A number that says how well a model does, reported with the loss. The mean over all samples is reported.
 *
 * @typeParam Name the key under which `fit` and `evaluate` report it
 */
export interface Metric<Name extends string = string> {
  readonly name: Name;
  /** The values whose mean is the metric, one for each sample or each place in a sample. float32. */
  values(output: Node, target: Node, loss: Loss): Node;
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

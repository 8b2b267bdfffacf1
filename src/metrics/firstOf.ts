import { type Node, nodeOf, tensorOf } from "../ir/node.js";
import type { CheckCount } from "../ir/option-checks.js";
import { checkOptions, count, text } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { inTopK } from "../ops/inTopK.js";
import { asNumbers } from "./counting.js";
import type { MeanMetric, NameOption } from "./metric.js";

/** Options of the metrics that say whether the right class is among the first. */
export interface TopKOptions<N extends string = string, K extends number = number, Op extends string = string>
  extends NameOption<N> {
  /** How many classes are the first. @default 5 */
  readonly k?: K & CheckCount<Op, "k", K>;
}

/** Whether the right class is among those of the k largest outputs. */
export function firstOf<N extends string>(
  op: string,
  classes: (metric: string, output: Node, target: Node) => Node,
  options: TopKOptions<N>,
): MeanMetric<N> {
  checkOptions(op, options, { name: text, k: count });
  const { name = op as N, k = 5 } = options;
  return {
    name,
    values: (output, target) =>
      asNumbers(
        nodeOf(inTopK(tensorOf<Tensor<any, "int32">>(classes(op, output, target)), tensorOf<Tensor<any>>(output), k)),
      ),
  };
}

import type { NdArray } from "../ir/array.js";
import { ShapewrightError } from "../ir/errors.js";
import { checkOptions, text } from "../ir/options.js";
import { builder as b } from "../ops/builder.js";
import { show } from "../types/show.js";
import { flat } from "./counting.js";
import type { NameOption, TotalsMetric } from "./metric.js";

/**
 * How often samples of each class (rows) were taken for each class (columns), for classifiers whose targets are class numbers.
 * Weighted samples count by their weights. As `tf.math.confusion_matrix`.
 *
 * @returns a metric for outputs [..., classes] and targets [...] of int32; its value is [classes, classes]
 * @throws SW_SHAPE, from `compile`, when the number of classes has a name, or targets are no class numbers
 * @example
 * compile(digits, { optimizer: adam(), loss: sparseCategoricalCrossentropy(), metrics: [confusionMatrix()] });
 */
export function confusionMatrix<const N extends string = "confusionMatrix">(
  options: NameOption<N> = {},
): TotalsMetric<NoInfer<N>, NdArray<[number, number], "float32">> {
  checkOptions("confusionMatrix", options, { name: text });
  const { name = "confusionMatrix" as N } = options;
  return {
    name,
    totals({ output, target, weights }) {
      const classes = output.shape.at(-1);
      if (typeof classes !== "number" || target.dtype !== "int32") {
        const message = `confusionMatrix: takes an output [..., classes] and class numbers, got ${show(output.shape)} and ${target.dtype} ${show(target.shape)}`;
        throw new ShapewrightError("SW_SHAPE", message, "confusionMatrix");
      }
      const best = flat(b.op("argMax", [output], { axis: output.rank - 1 }));
      const [actual, predicted] = [flat(target), best].map((labels) => b.op("oneHot", [labels], { depth: classes }));
      const column = b.op("reshape", [weights], { shape: [-1, 1] });
      const weighted = b.op("multiply", [actual!, column]);
      return { counts: b.op("dot", [weighted, predicted!], { transposeA: true }) };
    },
    result: ({ counts }) => counts!,
  };
}

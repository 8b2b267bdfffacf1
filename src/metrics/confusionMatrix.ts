import type { NdArray } from "../ir/array.js";
import { checkOptions, text } from "../ir/options.js";
import { classesOf, matrixOf, rowsOf } from "./class-matrix.js";
import { classNumbers } from "./classes.js";
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
      classesOf("confusionMatrix", output);
      const labels = classNumbers("confusionMatrix", output, target);
      return { counts: matrixOf(rowsOf({ output, weights }, labels)) };
    },
    result: ({ counts }) => counts!,
  };
}

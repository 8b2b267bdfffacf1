import { ShapewrightError } from "../ir/errors.js";
import type { Node } from "../ir/node.js";
import { axisRule, checkOptions, text } from "../ir/options.js";
import { builder as b } from "../ops/builder.js";
import { checkAlike } from "./classes.js";
import { minus } from "./counting.js";
import type { MeanMetric, NameOption } from "./metric.js";

/** Options of the metrics that compare a sample's numbers with its target's along an axis. */
export interface CorrelationOptions<N extends string = string> extends NameOption<N> {
  /** The axis along which they are compared; not that of the samples, which batches would cut. @default -1 */
  readonly axis?: number;
}

/** Numbers along an axis: what differs from their mean, and means along it. */
export interface Along {
  readonly mean: (x: Node) => Node;
  readonly centred: (x: Node) => Node;
}

/** A metric that compares outputs with targets along an axis. */
export function correlation<N extends string>(
  op: string,
  options: CorrelationOptions<N>,
  compare: (target: Node, output: Node, along: Along) => Node,
): MeanMetric<N> {
  checkOptions(op, options, { name: text, axis: axisRule });
  const { name = op as N, axis = -1 } = options;
  return {
    name,
    values(output, target) {
      checkAlike(op, output, target);
      const place = axis < 0 ? axis + output.rank : axis;
      if (!Number.isInteger(axis) || place < 1 || place >= output.rank) {
        const message = `${op}: axis is ${axis}, but must be one of a sample's axes, of which the output has ${output.rank - 1}`;
        throw new ShapewrightError("SW_VALUE", message, op);
      }
      const mean = (x: Node) => b.op("mean", [x], { axes: [place], keepDims: true });
      const compared = compare(target, output, { mean, centred: (x) => minus(x, mean(x)) });
      return b.op("mean", [compared], { axes: [place], keepDims: false });
    },
  };
}

import { scan } from "../control/scan.js";
import type { DType } from "../ir/dtype.js";
import { ShapewrightError } from "../ir/errors.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { ShapeOf, Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { at } from "../ops/at.js";
import { cast } from "../ops/cast.js";
import { countNonzero } from "../ops/countNonzero.js";
import { fullLike } from "../ops/fullLike.js";
import { gather } from "../ops/gather.js";
import { less } from "../ops/less.js";
import { logAddExp } from "../ops/logAddExp.js";
import { logSoftmax } from "../ops/logSoftmax.js";
import { maximum } from "../ops/maximum.js";
import { neg } from "../ops/neg.js";
import { notEqual } from "../ops/notEqual.js";
import { pad } from "../ops/pad.js";
import { select } from "../ops/select.js";
import type { Dim, Shape } from "../types/dim.js";
import { fill, type Message } from "../types/message.js";
import { type Show, show } from "../types/show.js";
import type { Loss, TargetRule } from "./loss.js";

export const noOutputSteps = "{op}: takes an output [batch, time, classes], with a number of classes, got {shape}";

/** Targets that are sequences of labels: [batch, time, classes] → [batch, labelLength] of int32. */
export interface LabelSequences extends TargetRule {
  readonly target: SequencesOf<ShapeOf<this["output"]>>;
}

type SequencesOf<S extends Shape> = S extends [infer Batch extends Dim, Dim, number]
  ? Tensor<[Batch, "labelLength"], "int32">
  : Message<typeof noOutputSteps, { op: "ctc"; shape: Show<S> }>;

/**
 * The loss of connectionist temporal classification, -ln p(labels), where only the order of labels is known, and not the steps that they belong to: the sum over all ways to lay them out, with blanks
 * between and with repetitions. Class 0 is the blank, and pads labels that are shorter than others. Computed in logarithms, from the first step
 * to the last; infinite where there are more labels than steps.
 * Source: Graves et al., "Connectionist temporal classification: labelling unsegmented sequence data with recurrent neural networks" (2006).
 *
 * @returns a loss for outputs [batch, time, classes] of float32, logits, and targets [batch, labelLength] of int32, from 0 to classes - 1
 * @throws SW_SHAPE, from `compile`, when the output is not of that form
 * @example
 * const speech = model({ sound: input(["batch", "time", 80]) }, ({ sound }) => dense(sound, { units: 28 }));
 * compile(speech, { optimizer: adam(), loss: ctc() });
 */
export function ctc(): Loss<LabelSequences, "ctc"> {
  return {
    name: "ctc",
    fromLogits: true,
    activation: "softmax",
    alwaysSo: true,
    target({ shape }) {
      const classes = shape[2];
      if (shape.length === 3 && typeof classes === "number") {
        return { shape: [shape[0]!, "labelLength"], dtype: "int32", classes };
      }
      throw new ShapewrightError("SW_SHAPE", fill(noOutputSteps, { op: "ctc", shape: show(shape) }), "ctc");
    },
    values(output, target) {
      const labels = tensorOf<Tensor<any, "int32">>(target);
      const logs: Tensor<any> = maximum(logSoftmax(tensorOf<Tensor<any>>(output)), never);
      return nodeOf(
        sequenceLoss(labels, { blank: at(logs, ":, :, :1"), label: gather(logs, labels, 2, { batchDims: 1 }) }),
      );
    },
  };
}

/** The logarithm of what cannot be. Not -∞, of which two have no difference. */
const never = -1e30;

/**
 * @param labels [batch, labelLength]
 * @param logs ln p of the blank, [batch, time, 1], and of each label, [batch, time, labelLength]
 */
function sequenceLoss(labels: Tensor<any, "int32">, logs: Endings): Tensor<any> {
  // A label may follow another at once, without a blank between, where it is not the same one.
  const mayFollow: Tensor<any, "bool"> = notEqual(labels, allButLast(behind(0, labels)));
  const nowhere: Tensor<any> = fullLike(cast(labels, "float32"), never);
  const { carry } = scan(logs, { blank: behind(0, nowhere), label: nowhere }, (so: Endings, step: Endings) => {
    const labelBefore: Tensor<any> = behind(never, so.label);
    const followed: Tensor<any> = select(mayFollow, allButLast(labelBefore), never);
    const blank: Tensor<any> = add(logAddExp(so.blank, labelBefore), step.blank);
    const label: Tensor<any> = add(logAddExp(logAddExp(so.label, allButLast(so.blank)), followed), step.label);
    return { carry: { blank, label }, output: blank };
  });
  const all: Tensor<any> = logAddExp(carry.blank, behind(never, carry.label));
  const total: Tensor<any> = gather(all, countNonzero(labels, { axis: 1 }) as Tensor<any, "int32">, 1, {
    batchDims: 1,
  });
  return neg(select(less(total, never / 2), -Infinity, total));
}

/** ln p of the steps so far, by what they end with: the blank before a label, or behind the last, [batch, labelLength+1]; and that label itself. */
type Endings = { readonly blank: Tensor<any>; readonly label: Tensor<any> };

/** What is one place further along the axis of labels, with a number in front. */
function behind<D extends DType>(first: number, x: Tensor<any, D>): Tensor<any, D> {
  return pad(
    x as Tensor<any>,
    [
      [0, 0],
      [1, 0],
    ],
    first,
  ) as Tensor<any, any>;
}

function allButLast<D extends DType>(x: Tensor<any, D>): Tensor<any, D> {
  return at(x, ":, :-1") as Tensor<any, D>;
}

import type { DType } from "../ir/dtype.js";
import { nodeOf } from "../ir/node.js";
import { checkOptions, float32, type OptionRules } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { any } from "../ops/any.js";
import { expandDims } from "../ops/expandDims.js";
import { notEqual } from "../ops/notEqual.js";
import { select } from "../ops/select.js";
import type { Batched, Dim, Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { fill } from "../types/message.js";
import { noChannelAxis } from "./channels.js";

/** Options of `masking`. */
export interface MaskingOptions {
  /** What all channels of a step are that is not there. @default 0 */
  readonly maskValue?: number;
}

const rules: OptionRules<MaskingOptions> = {
  maskValue: {
    ...float32,
    takes: "a number of float32",
    accepts: (value) => float32.accepts(value) && !Number.isNaN(value),
  },
};

/**
 * Which steps of padded sequences there are: those of which some channel is not the value that they were padded with. A mask is not handed on
 * unseen here: give it to the layers that read it, as in `lstm(output, { units: 64, mask })`.
 *
 * @param x [batch, time, channels], float32; or any other axes before the channels
 * @param options `maskValue`
 * @returns `output`, x with zeros in steps that are not there, and `mask`, without the channels' axis, bool
 * @throws SW_SHAPE when x is a scalar; SW_VALUE when `maskValue` is no number of float32
 * @example
 * const { output, mask } = masking(input(["batch", "time", 64]), { maskValue: -1 }); // mask: Tensor<["batch", "time"], "bool">
 * const last = gru(output, { units: 32, mask }); // Tensor<["batch", 32], "float32">
 */
export function masking<const B extends Shape, const N extends Dim, D extends DType>(
  x: Tensor<[...B, N], D> & CheckDType<"masking", D, "float32">,
  options: MaskingOptions = {},
): { readonly output: Tensor<Batched<B, [N], D>>; readonly mask: Tensor<Batched<B, [], D>, "bool"> } {
  checkOptions("masking", options, rules);
  refuse("SW_DTYPE", "masking", checkDType("masking", nodeOf(x, "masking").dtype, ["float32"]));
  refuse("SW_SHAPE", "masking", x.shape.length === 0 ? fill(noChannelAxis, { op: "masking" }) : undefined);
  const { maskValue = 0 } = options;
  return calling("masking", () => {
    const mask = any(notEqual(x as Tensor<any>, maskValue) as Tensor<any, "bool">, { axis: -1 }) as Tensor<any, "bool">;
    return { output: select(expandDims(mask, -1) as Tensor<any, "bool">, x as Tensor<any>, 0) as Tensor<any>, mask };
  });
}

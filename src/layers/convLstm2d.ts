import type { DType } from "../ir/dtype.js";
import type { Tensor } from "../ir/tensor.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import type { Pair, PairPadding } from "../ops/shared/windows/sizes.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import type { Waiting } from "./layer.js";
import type { LstmState } from "./lstm.js";
import { type ConvLstmOptions, convLstmKind } from "./recurrent/convolutional.js";
import type { CheckConvLstm, ConvLstmReturned, ConvLstmRule, ConvLstmState } from "./recurrent/frames.js";
import type { SequenceOptions } from "./recurrent/options.js";
import { recurrentOf } from "./recurrent/recurrentOf.js";

/** Options of `convLstm2d`. */
export type ConvLstm2dOptions<
  F extends number,
  K,
  Strides,
  P,
  D,
  Seq extends boolean,
  Now,
  R extends number = number,
  StateR extends number = number,
> = ConvLstmOptions<"convLstm2d", F, K, Strides, P, D, Seq, Now, R, StateR>;

/** The layer alone, which waits for its input: for `sequential`, and to be called. */
export function convLstm2d<
  const F extends number,
  const K extends Pair,
  const Strides extends Pair = 1,
  const P extends PairPadding = "valid",
  const Dilation extends Pair = 1,
  const Seq extends boolean = false,
  const R extends number = number,
  const StateR extends number = number,
  Now extends Moment = "now",
>(
  options: ConvLstm2dOptions<F, K, Strides, P, Dilation, Seq, Now, R, StateR>,
): Waiting<ConvLstmRule<"convLstm2d", 2, F, K, Strides, P, Dilation, Seq>, Now>;
/**
 * A long short-term memory over sequences of images, whose state consists of images: i, f, c̃, o = σ(x ∗ W + h ∗ R + b), c = f·c + i·tanh(c̃),
 * h = o·tanh(c). All convolutions of inputs are made at once, before the loop; those of the state have stride 1 and padding "same".
 * Source: Shi et al., "Convolutional LSTM network: a machine learning approach for precipitation nowcasting" (2015), as Keras has it: without
 * peepholes.
 *
 * @param x [batch, time, height, width, channels], float32
 * @param options `filters`, `kernelSize`; `strides`, `padding`, `dilationRate`, of the inputs; `returnSequences`, `goBackwards`, `activation`,
 *   `recurrentActivation`, `useBias`, initializers, regularizers and constraints, `unitForgetBias`, `dropout`, `recurrentDropout`, `name`; with
 *   x also `initialState`, `returnState`, `mask`
 * @returns [batch, height', width', filters], the last step's output, or that of all steps, [batch, time, height', width', filters]; with
 *   `returnState` a record of this output and the last state; without x, a layer for `sequential`
 * @throws SW_SHAPE when x has other axes, its channels have a name for a size, the kernel is larger than x, or state or mask do not fit;
 *   SW_VALUE when an option is outside of its range
 * @example
 * const video = input(["batch", "time", 32, 32, 3]);
 * convLstm2d(video, { filters: 8, kernelSize: 3, padding: "same" }); // Tensor<["batch", 32, 32, 8], "float32">
 * const { output, state } = convLstm2d(video, { filters: 8, kernelSize: 3, returnSequences: true, returnState: true });
 * const further = convLstm2d(video, { filters: 8, kernelSize: 3, initialState: state });
 */
export function convLstm2d<
  const S extends Shape,
  D extends DType,
  const F extends number,
  const K extends Pair,
  const Strides extends Pair = 1,
  const P extends PairPadding = "valid",
  const Dilation extends Pair = 1,
  const Seq extends boolean = false,
  const Last extends boolean = false,
  const R extends number = number,
  const StateR extends number = number,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<
      FirstMessage<CheckDType<"convLstm2d", D, "float32">, CheckConvLstm<"convLstm2d", 2, S, K, P, Dilation, Now>>
    >[Now],
  options: ConvLstm2dOptions<F, K, Strides, P, Dilation, Seq, Now, R, StateR> &
    SequenceOptions<
      S,
      LstmState<ConvLstmState<2, S, NoInfer<F>, NoInfer<K>, NoInfer<Strides>, NoInfer<P>, NoInfer<Dilation>>>,
      Last
    >,
): Settled<ConvLstmReturned<S, ConvLstmState<2, S, F, K, Strides, P, Dilation>, Seq, Last>>[Now];
export function convLstm2d(...args: readonly unknown[]) {
  return recurrentOf(convLstm2dKind, args);
}

const convLstm2dKind = convLstmKind("convLstm2d", 2);

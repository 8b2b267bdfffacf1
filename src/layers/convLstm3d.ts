import type { DType } from "../ir/dtype.js";
import type { Tensor } from "../ir/tensor.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import type { Triple, TriplePadding } from "../ops/shared/windows/sizes.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import type { Waiting } from "./layer.js";
import type { LstmState } from "./lstm.js";
import { type ConvLstmOptions, convLstmKind } from "./recurrent/convolutional.js";
import type { CheckConvLstm, ConvLstmReturned, ConvLstmRule, ConvLstmState } from "./recurrent/frames.js";
import type { SequenceOptions } from "./recurrent/options.js";
import { recurrentOf } from "./recurrent/recurrentOf.js";

/** Options of `convLstm3d`. */
export type ConvLstm3dOptions<
  F extends number,
  K,
  Strides,
  P,
  D,
  Seq extends boolean,
  Now,
  R extends number = number,
  StateR extends number = number,
> = ConvLstmOptions<"convLstm3d", F, K, Strides, P, D, Seq, Now, R, StateR>;

/** The layer alone, which waits for its input: for `sequential`, and to be called. */
export function convLstm3d<
  const F extends number,
  const K extends Triple,
  const Strides extends Triple = 1,
  const P extends TriplePadding = "valid",
  const Dilation extends Triple = 1,
  const Seq extends boolean = false,
  const R extends number = number,
  const StateR extends number = number,
  Now extends Moment = "now",
>(
  options: ConvLstm3dOptions<F, K, Strides, P, Dilation, Seq, Now, R, StateR>,
): Waiting<ConvLstmRule<"convLstm3d", 3, F, K, Strides, P, Dilation, Seq>, Now>;
/**
 * A long short-term memory over sequences of volumes: `convLstm2d` over three axes.
 *
 * @param x [batch, time, depth, height, width, channels], float32
 * @param options `filters`, `kernelSize`; `strides`, `padding`, `dilationRate`, of the inputs; `returnSequences`, `goBackwards`, `activation`,
 *   `recurrentActivation`, `useBias`, initializers, regularizers and constraints, `unitForgetBias`, `dropout`, `recurrentDropout`, `name`; with
 *   x also `initialState`, `returnState`, `mask`
 * @returns [batch, depth', height', width', filters], the last step's output, or that of all steps, [batch, time, depth', height', width', filters]; with
 *   `returnState` a record of this output and the last state; without x, a layer for `sequential`
 * @throws SW_SHAPE when x has other axes, its channels have a name for a size, the kernel is larger than x, or state or mask do not fit;
 *   SW_VALUE when an option is outside of its range
 * @example
 * const scans = input(["batch", "time", 8, 16, 16, 1]);
 * convLstm3d(scans, { filters: 4, kernelSize: 3, padding: "same" }); // Tensor<["batch", 8, 16, 16, 4], "float32">
 */
export function convLstm3d<
  const S extends Shape,
  D extends DType,
  const F extends number,
  const K extends Triple,
  const Strides extends Triple = 1,
  const P extends TriplePadding = "valid",
  const Dilation extends Triple = 1,
  const Seq extends boolean = false,
  const Last extends boolean = false,
  const R extends number = number,
  const StateR extends number = number,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<
      FirstMessage<CheckDType<"convLstm3d", D, "float32">, CheckConvLstm<"convLstm3d", 3, S, K, P, Dilation, Now>>
    >[Now],
  options: ConvLstm3dOptions<F, K, Strides, P, Dilation, Seq, Now, R, StateR> &
    SequenceOptions<
      S,
      LstmState<ConvLstmState<3, S, NoInfer<F>, NoInfer<K>, NoInfer<Strides>, NoInfer<P>, NoInfer<Dilation>>>,
      Last
    >,
): Settled<ConvLstmReturned<S, ConvLstmState<3, S, F, K, Strides, P, Dilation>, Seq, Last>>[Now];
export function convLstm3d(...args: readonly unknown[]) {
  return recurrentOf(convLstm3dKind, args);
}

const convLstm3dKind = convLstmKind("convLstm3d", 3);

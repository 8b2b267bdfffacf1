import type { DType } from "../ir/dtype.js";
import type { OptionRules } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import type { Waiting } from "./layer.js";
import { type LstmGateOptions, lstmBias, lstmGateRules, lstmStep } from "./recurrent/lstm-gates.js";
import {
  type AlongOptions,
  alongRules,
  type RecurrentRule,
  type Returned,
  type SequenceOptions,
  type StepOptions,
  stepRules,
} from "./recurrent/options.js";
import { type RecurrentKind, recurrentOf } from "./recurrent/recurrentOf.js";
import { type CheckSequences, type Recurrent, type StateShape, vectorState } from "./recurrent/shapes.js";
import { gatesOf, kernelsOf } from "./recurrent/weights.js";
import { rulesOf } from "./rulesOf.js";

/** Options of `lstm` and `lstmCell`. */
export interface LstmCellOptions<
  U extends number,
  Op extends string = "lstmCell",
  R extends number = number,
  StateR extends number = number,
> extends StepOptions<U, Op, R, StateR>,
    LstmGateOptions {}

/** Options of `lstm`. */
export interface LstmOptions<
  U extends number,
  Seq extends boolean,
  R extends number = number,
  StateR extends number = number,
> extends LstmCellOptions<U, "lstm", R, StateR>,
    AlongOptions<Seq> {}

/** What an LSTM carries from step to step. */
export type LstmState<S extends Shape> = {
  /** What it shows: the output. */
  readonly hidden: Tensor<S>;
  /** What it keeps. */
  readonly cell: Tensor<S>;
};

/** The layer alone, which waits for its input: for `sequential`, and to be called. */
export function lstm<
  const U extends number,
  const Seq extends boolean = false,
  const R extends number = number,
  const StateR extends number = number,
  Now extends Moment = "now",
>(options: LstmOptions<U, Seq, R, StateR>): Waiting<RecurrentRule<"lstm", U, Seq>, Now>;
/**
 * A long short-term memory over sequences: i, f, c̃, o = σ(x·W + h·R + b), c = f·c + i·tanh(c̃), h = o·tanh(c). All products with inputs are
 * taken at once, before the loop.
 * Source: Hochreiter and Schmidhuber, "Long short-term memory" (1997), with the gates of Gers et al. (2000).
 *
 * @param x [batch, time, channels], float32
 * @param options `units`; `returnSequences`, `goBackwards`, `activation`, `recurrentActivation`, `useBias`, initializers,
 *   regularizers and constraints, `unitForgetBias`, `dropout`, `recurrentDropout`, `name`; with x also `initialState`, `returnState`, `mask`
 * @returns [batch, units], the last step's output, or that of all steps, [batch, time, units]; with `returnState` a record of this output
 *   and the last state; without x, a layer for `sequential`
 * @throws SW_SHAPE when x has no sequences, its channels have a name for a size, or state or mask do not fit; SW_VALUE when an option is
 *   outside of its range
 * @example
 * const text = input(["batch", "time", 64]);
 * const last = lstm(text, { units: 32 }); // Tensor<["batch", 32], "float32">
 * const { output, state } = lstm(text, { units: 32, returnSequences: true, returnState: true });
 * const further = lstm(text, { units: 32, initialState: state });
 */
export function lstm<
  const S extends Shape,
  D extends DType,
  const U extends number,
  const Seq extends boolean = false,
  const Last extends boolean = false,
  const R extends number = number,
  const StateR extends number = number,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> & Settled<FirstMessage<CheckDType<"lstm", D, "float32">, CheckSequences<"lstm", S, Now>>>[Now],
  options: LstmOptions<U, Seq, R, StateR> & SequenceOptions<S, LstmState<StateShape<S, NoInfer<U>>>, Last>,
): Settled<Returned<Recurrent<S, U, Seq>, LstmState<StateShape<S, U>>, Last>>[Now];
export function lstm(...args: readonly unknown[]) {
  return recurrentOf(lstmKind, args);
}

export const lstmStepRules: OptionRules<LstmCellOptions<number>> = {
  ...stepRules,
  ...lstmGateRules,
};

export const lstmKind: RecurrentKind<LstmOptions<number, boolean>> = {
  kind: "lstm",
  rules: { ...lstmStepRules, ...alongRules },
  states: ["hidden", "cell"],
  gates: 4,
  state: vectorState("lstm"),
  cell(x, options, layer, drops) {
    const { units, useBias = true } = options;
    const { kernel, recurrent } = kernelsOf(x, options, layer, 4);
    const product = gatesOf(x, kernel, drops.inputs);
    const bias = useBias && layer.weight("bias", [4 * units], lstmBias(options), rulesOf(options, "bias"));
    return {
      projected: bias ? add(product, bias as Tensor<any>) : product,
      step(place, { hidden, cell }) {
        const sum: Tensor<any> = add(place, gatesOf(hidden!, recurrent, drops.state));
        return lstmStep("lstm", sum, cell!, options);
      },
    };
  },
};

import { zeros } from "../initializers/zeros.js";
import type { DType } from "../ir/dtype.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import { tanh } from "../ops/tanh.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import { activated, type Waiting } from "./layer.js";
import {
  type RecurrentOptions,
  type RecurrentRule,
  type Returned,
  recurrentRules,
  type SequenceOptions,
} from "./recurrent/options.js";
import { type RecurrentKind, recurrentOf } from "./recurrent/recurrentOf.js";
import { type CheckSequences, type Recurrent, type StateShape, vectorState } from "./recurrent/shapes.js";
import { gatesOf, kernelsOf } from "./recurrent/weights.js";
import { rulesOf } from "./rulesOf.js";

/** The layer alone, which waits for its input: for `sequential`, and to be called. */
export function simpleRnn<
  const U extends number,
  const Seq extends boolean = false,
  const R extends number = number,
  const StateR extends number = number,
  Now extends Moment = "now",
>(options: RecurrentOptions<U, Seq, R, StateR>): Waiting<RecurrentRule<"simpleRnn", U, Seq>, Now>;
/**
 * A recurrent layer over sequences that hands its output to the next step: h = tanh(x·W + h·R + b).
 * Source: Elman, "Finding structure in time" (1990).
 *
 * @param x [batch, time, channels], float32
 * @param options `units`; `returnSequences`, `goBackwards`, `activation`, `useBias`, initializers, regularizers and
 *   constraints, `dropout`, `recurrentDropout`, `name`;
 *   with x also `initialState`, `returnState`, `mask`
 * @returns [batch, units], the last step's output, or that of all steps, [batch, time, units]; with `returnState` a record of this output
 *   and the last state; without x, a layer for `sequential`
 * @throws SW_SHAPE when x has no sequences, its channels have a name for a size, or state or mask do not fit; SW_VALUE when an option is
 *   outside of its range
 * @example
 * const last = simpleRnn(input(["batch", "time", 64]), { units: 32 }); // Tensor<["batch", 32], "float32">
 */
export function simpleRnn<
  const S extends Shape,
  D extends DType,
  const U extends number,
  const Seq extends boolean = false,
  const Last extends boolean = false,
  const R extends number = number,
  const StateR extends number = number,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<FirstMessage<CheckDType<"simpleRnn", D, "float32">, CheckSequences<"simpleRnn", S, Now>>>[Now],
  options: RecurrentOptions<U, Seq, R, StateR> & SequenceOptions<S, Tensor<StateShape<S, NoInfer<U>>>, Last>,
): Settled<Returned<Recurrent<S, U, Seq>, Tensor<StateShape<S, U>>, Last>>[Now];
export function simpleRnn(...args: readonly unknown[]) {
  return recurrentOf(simpleRnnKind, args);
}

export const simpleRnnKind: RecurrentKind<RecurrentOptions<number, boolean>> = {
  kind: "simpleRnn",
  rules: recurrentRules,
  states: ["hidden"],
  gates: 1,
  state: vectorState("simpleRnn"),
  cell(x, options, layer, drops) {
    const { units, activation = tanh, useBias = true, biasInitializer = zeros() } = options;
    const { kernel, recurrent } = kernelsOf(x, options, layer, 1);
    const product = gatesOf(x, kernel, drops.inputs);
    const bias = useBias && layer.weight("bias", [units], biasInitializer, rulesOf(options, "bias"));
    return {
      projected: bias ? add(product, bias as Tensor<any>) : product,
      step(place, { hidden }) {
        const sum = add(place, gatesOf(hidden!, recurrent, drops.state)) as Tensor<any>;
        const output = activated("simpleRnn", activation, sum);
        return { output, states: { hidden: output } };
      },
    };
  },
};

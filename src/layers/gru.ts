import { zeros } from "../initializers/zeros.js";
import type { DType } from "../ir/dtype.js";
import { flag, type OptionRules } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { dot } from "../ops/dot.js";
import { multiply } from "../ops/multiply.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import { sigmoid } from "../ops/sigmoid.js";
import { split } from "../ops/split.js";
import { subtract } from "../ops/subtract.js";
import { tanh } from "../ops/tanh.js";
import { unstack } from "../ops/unstack.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import { activated, activationRule, type Waiting } from "./layer.js";
import {
  type AlongOptions,
  alongRules,
  type GatedOptions,
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

/** Options of `gru` and `gruCell`. */
export interface GruCellOptions<
  U extends number,
  Op extends string = "gruCell",
  R extends number = number,
  StateR extends number = number,
> extends StepOptions<U, Op, R, StateR>,
    GatedOptions {
  /** Whether the state is reset after its product with the kernel, which has a bias of its own then, or before. @default true */
  readonly resetAfter?: boolean;
}

/** Options of `gru`. */
export interface GruOptions<
  U extends number,
  Seq extends boolean,
  R extends number = number,
  StateR extends number = number,
> extends GruCellOptions<U, "gru", R, StateR>,
    AlongOptions<Seq> {}

/** The layer alone, which waits for its input: for `sequential`, and to be called. */
export function gru<
  const U extends number,
  const Seq extends boolean = false,
  const R extends number = number,
  const StateR extends number = number,
  Now extends Moment = "now",
>(options: GruOptions<U, Seq, R, StateR>): Waiting<RecurrentRule<"gru", U, Seq>, Now>;
/**
 * Gated recurrent units over sequences: z, r = σ(x·W + h·R + b), h̃ = tanh(x·W + r·(h·R + b)), h = z·h + (1 - z)·h̃. All products
 * with inputs are taken at once, before the loop.
 * Source: Cho et al., "Learning phrase representations using RNN encoder–decoder" (2014); `resetAfter` is cuDNN's form.
 *
 * @param x [batch, time, channels], float32
 * @param options `units`; `returnSequences`, `goBackwards`, `activation`, `recurrentActivation`, `useBias`, initializers,
 *   regularizers and constraints, `resetAfter`,
 *   `dropout`, `recurrentDropout`, `name`; with x also `initialState`, `returnState`, `mask`
 * @returns [batch, units], the last step's output, or that of all steps, [batch, time, units]; with `returnState` a record of this output
 *   and the last state; without x, a layer for `sequential`
 * @throws SW_SHAPE when x has no sequences, its channels have a name for a size, or state or mask do not fit; SW_VALUE when an option is
 *   outside of its range
 * @example
 * const text = input(["batch", "time", 64]);
 * const tags = gru(text, { units: 32, returnSequences: true }); // Tensor<["batch", "time", 32], "float32">
 */
export function gru<
  const S extends Shape,
  D extends DType,
  const U extends number,
  const Seq extends boolean = false,
  const Last extends boolean = false,
  const R extends number = number,
  const StateR extends number = number,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> & Settled<FirstMessage<CheckDType<"gru", D, "float32">, CheckSequences<"gru", S, Now>>>[Now],
  options: GruOptions<U, Seq, R, StateR> & SequenceOptions<S, Tensor<StateShape<S, NoInfer<U>>>, Last>,
): Settled<Returned<Recurrent<S, U, Seq>, Tensor<StateShape<S, U>>, Last>>[Now];
export function gru(...args: readonly unknown[]) {
  return recurrentOf(gruKind, args);
}

export const gruStepRules: OptionRules<GruCellOptions<number>> = {
  ...stepRules,
  recurrentActivation: activationRule,
  resetAfter: flag,
};

export const gruKind: RecurrentKind<GruOptions<number, boolean>> = {
  kind: "gru",
  rules: { ...gruStepRules, ...alongRules },
  states: ["hidden"],
  gates: 3,
  state: vectorState("gru"),
  cell(x, options, layer, drops) {
    const { units, activation = tanh, recurrentActivation = sigmoid } = options;
    const { useBias = true, biasInitializer = zeros(), resetAfter = true } = options;
    const { kernel, recurrent } = kernelsOf(x, options, layer, 3);
    const product = gatesOf(x, kernel, drops.inputs);
    const shape = resetAfter ? [2, 3 * units] : [3 * units];
    const bias = useBias ? layer.weight("bias", shape, biasInitializer, rulesOf(options, "bias")) : undefined;
    const biases = (bias && (resetAfter ? unstack(bias, 0) : [bias])) as Tensor<any>[] | undefined;
    const parts = [2 * units, units];
    const [gatesKernel, candidateKernel] = split(recurrent, parts, -1) as [Tensor<any>, Tensor<any>];
    const open = (gates: Tensor<any>) => split(activated("gru", recurrentActivation, gates), 2, -1) as Tensor<any>[];
    const mixed = (hidden: Tensor<any>, update: Tensor<any>, sum: Tensor<any>) => {
      const candidate = activated("gru", activation, sum);
      const output: Tensor<any> = add(multiply(update, hidden), multiply(subtract(1, update), candidate));
      return { output, states: { hidden: output } };
    };
    return {
      projected: biases ? add(product, biases[0]!) : product,
      step(place, states) {
        const hidden = states.hidden!;
        const [ofGates, ofCandidate] = split(place, parts, -1) as [Tensor<any>, Tensor<any>];
        if (!resetAfter) {
          const [update, reset] = open(add(ofGates, gatesOf(hidden, gatesKernel, drops.state.slice(0, 2))));
          const left = dot(multiply(reset!, drops.state.at(-1)!(hidden)), candidateKernel);
          return mixed(hidden, update!, add(ofCandidate, left));
        }
        const inner = gatesOf(hidden, recurrent, drops.state);
        const both = split(biases ? (add(inner, biases[1]!) as Tensor<any>) : inner, parts, -1);
        const [gates, candidate] = both as [Tensor<any>, Tensor<any>];
        const [update, reset] = open(add(ofGates, gates));
        return mixed(hidden, update!, add(ofCandidate, multiply(reset!, candidate)));
      },
    };
  },
};

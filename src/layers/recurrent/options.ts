import { aConstraint, type Constraint } from "../../constraints/constraint.js";
import { anInitializer, type Initializer } from "../../initializers/initializer.js";
import { isTensor } from "../../ir/node.js";
import type { CheckCount, CheckRate } from "../../ir/option-checks.js";
import { aTensor, count, flag, type OptionRule, type OptionRules, rate, required } from "../../ir/options.js";
import type { Tensor } from "../../ir/tensor.js";
import { aRegularizer, type Regularizer } from "../../regularizers/regularizer.js";
import type { Shape } from "../../types/dim.js";
import { activationRule, type FloatRule, type KeepsShape, type WeightedLayer, weighted } from "../layer.js";
import type { OfAnySizes } from "./ofAnySizes.js";
import type { CheckSequences, Recurrent, StepsShape } from "./shapes.js";

/** Options of a step that multiplies inputs by one kernel, and the state by another. */
export interface KernelsOptions<Op extends string = string, R extends number = number, StateR extends number = number>
  extends WeightedLayer {
  /** What the new numbers go through. @default tanh */
  readonly activation?: KeepsShape;
  /** Whether biases are added. @default true */
  readonly useBias?: boolean;
  /** How the kernel starts, by which inputs are multiplied. @default glorotUniform() */
  readonly kernelInitializer?: Initializer;
  /** What this kernel costs besides the loss, such as `l2(0.01)`: nothing, unless said otherwise. */
  readonly kernelRegularizer?: Regularizer;
  /** What becomes of this kernel after each step of training, such as `maxNorm()`: it stays, unless said otherwise. */
  readonly kernelConstraint?: Constraint;
  /** How the kernel starts by which the state is multiplied. @default orthogonal() */
  readonly recurrentInitializer?: Initializer;
  /** What this kernel costs besides the loss: nothing, unless said otherwise. */
  readonly recurrentRegularizer?: Regularizer;
  /** What becomes of this kernel after each step of training: it stays, unless said otherwise. */
  readonly recurrentConstraint?: Constraint;
  /** How the bias starts. @default zeros() */
  readonly biasInitializer?: Initializer;
  /** What the bias costs besides the loss: nothing, unless said otherwise. */
  readonly biasRegularizer?: Regularizer;
  /** What becomes of the bias after each step of training: it stays, unless said otherwise. */
  readonly biasConstraint?: Constraint;
  /** The rate at which inputs are dropped in training: of a sample, the same channels in all steps. @default 0 */
  readonly dropout?: R & CheckRate<Op, "dropout", R>;
  /**
   * The rate at which what comes from the step before is dropped in training, the same in all steps. Each gate then drops inputs and state
   * by itself. @default 0
   */
  readonly recurrentDropout?: StateR & CheckRate<Op, "recurrentDropout", StateR>;
}

/** Options of one step of `lstm`, `gru` and `simpleRnn`, as cells have them. */
export interface StepOptions<
  U extends number,
  Op extends string = string,
  R extends number = number,
  StateR extends number = number,
> extends KernelsOptions<Op, R, StateR> {
  /** The size of the output's last axis. */
  readonly units: U & CheckCount<Op, "units", U>;
}

/** How a layer goes along its steps, and what it gives of them. */
export interface AlongOptions<Seq extends boolean> {
  /** Whether the outputs of all steps are given, or that of the last one. @default false */
  readonly returnSequences?: Seq;
  /** Whether the last step comes first: the outputs of all steps then stand in that order, too. @default false */
  readonly goBackwards?: boolean;
}

/** Options of `lstm`, `gru` and `simpleRnn`, as layers. */
export interface RecurrentOptions<
  U extends number,
  Seq extends boolean,
  R extends number = number,
  StateR extends number = number,
> extends StepOptions<U, "simpleRnn", R, StateR>,
    AlongOptions<Seq> {}

/** An option of those with gates. */
export interface GatedOptions {
  /** What the gates go through. @default sigmoid */
  readonly recurrentActivation?: KeepsShape;
}

/** What is said where sequences are given, of them alone. */
export interface SequenceOptions<S extends Shape, State, Last extends boolean> {
  /** What is carried into the first step: zeros, unless said otherwise. */
  readonly initialState?: OfAnySizes<State>;
  /** Whether the last state is given, too: as `{ output, state }`. @default false */
  readonly returnState?: Last;
  /** Which steps there are, as `sequenceMask` makes it of lengths: the others leave state and output as they were. */
  readonly mask?: OfAnySizes<Tensor<StepsShape<S>, "bool">>;
}

/** What a recurrent function gives: the output, or with it the last state. */
export type Returned<O extends Shape, State, Last extends boolean> = [boolean] extends [Last]
  ? any
  : Last extends true
    ? { readonly output: Tensor<O>; readonly state: State }
    : Tensor<O>;

/** The shape rule of recurrent layers in `sequential`. */
export interface RecurrentRule<Op extends string, U extends number, Seq extends boolean> extends FloatRule<Op> {
  readonly units: U;
  readonly check: this["in"] extends infer S extends Shape ? CheckSequences<Op, S, this["dtype"]> : unknown;
  readonly out: this["in"] extends infer S extends Shape ? Recurrent<S, U, Seq> : Shape;
}

export const kernelsRules: OptionRules<KernelsOptions> = {
  ...weighted,
  activation: activationRule,
  useBias: flag,
  kernelInitializer: anInitializer,
  kernelRegularizer: aRegularizer,
  kernelConstraint: aConstraint,
  recurrentInitializer: anInitializer,
  recurrentRegularizer: aRegularizer,
  recurrentConstraint: aConstraint,
  biasInitializer: anInitializer,
  biasRegularizer: aRegularizer,
  biasConstraint: aConstraint,
  dropout: rate,
  recurrentDropout: rate,
};

export const stepRules: OptionRules<StepOptions<number>> = {
  ...weighted,
  units: required(count),
  ...kernelsRules,
};

export const alongRules: OptionRules<AlongOptions<boolean>> = { returnSequences: flag, goBackwards: flag };

export const recurrentRules: OptionRules<RecurrentOptions<number, boolean>> = { ...stepRules, ...alongRules };

const tensors: OptionRule = {
  takes: "a tensor, or a record of tensors",
  accepts: (value) =>
    isTensor(value) || (typeof value === "object" && value !== null && Object.values(value).every(isTensor)),
};

/** Whether they fit is said where they are used. */
export const sequenceRules: OptionRules<SequenceOptions<any, unknown, boolean>> = {
  initialState: tensors,
  returnState: flag,
  mask: aTensor,
};

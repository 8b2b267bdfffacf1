import type { DType } from "../../ir/dtype.js";
import { isTensor, notATensor, type Scope } from "../../ir/node.js";
import { type OptionRule, required } from "../../ir/options.js";
import { refuse } from "../../ir/refuse.js";
import type { Tensor } from "../../ir/tensor.js";
import type { Dim, Shape, UnknownShape } from "../../types/dim.js";
import { type CheckDType, checkDType } from "../../types/dtype.js";
import { flattened, type Sizes, type State, type StateOf, stateOf, zeroState } from "./state.js";

/**
 * What types know of a cell. `check`, `out` and `state` are type-level functions of the sizes, `in`, of what one step gives of one sample:
 * whether the cell takes it (`unknown`, or the message), the sizes of its output, and those of its states.
 */
export interface CellRule {
  readonly in: unknown;
  readonly dtype: unknown;
  readonly op: string;
  readonly check: unknown;
  readonly out: unknown;
  readonly state: unknown;
}

/** `unknown` where a cell takes such steps, else the message. */
export type CheckCell<R extends CellRule, I, D> = (R & { readonly in: I; readonly dtype: D })["check"];

/** The sizes of a cell's output, of one sample. */
export type CellOutput<R extends CellRule, I> = (R & { readonly in: I })["out"];

/** The sizes of a cell's states, of one sample. */
export type CellSizes<R extends CellRule, I> = (R & { readonly in: I })["state"];

/** What a cell is where it runs. */
export interface CellParts {
  readonly scope: Scope;
  /** Why a step with these sizes of a sample is not taken. */
  readonly check: (sample: readonly Dim[]) => string | undefined;
  readonly sizes: (sample: readonly Dim[]) => Sizes;
  /** The sizes of the output of a sample: not known of a cell that somebody wrote by hand. */
  readonly output?: (sample: readonly Dim[]) => Shown | undefined;
  /** What a step reads of all places, [batch, …, sizes of the sample], at once, outside of the loop, and the step. */
  readonly begin: (x: Tensor<any>, sample: readonly Dim[]) => Begun;
  /** The same cell with weights of its own, for the other direction. */
  readonly mirror: () => CellLike;
}

/** What is known of a cell's output. */
export interface Shown {
  readonly sizes: readonly Dim[];
  /** The name of the state that it is, "" of one by itself. */
  readonly state: string;
}

/** One step, of one place of what was projected. */
export interface Begun {
  readonly projected: Tensor<any>;
  readonly step: (place: Tensor<any>, state: State) => Stepped;
}

/** What a step gives. */
export interface Stepped {
  readonly output: Tensor<any>;
  readonly state: State;
}

/** What functions over cells ask of one. */
export interface CellLike<out R extends CellRule = CellRule> {
  /** What the cell is. */
  readonly cell: CellParts;
  /** Never set: carries the rule. */
  readonly rule?: R;
}

/**
 * One step of a recurrent layer, such as `lstmCell({ units: 64 })`: for `rnn` and `stackedRnnCells`, and to be called, with what a step
 * gives, [batch, …], and the state, zeros unless it is said. Its weights are made when it is first called; called again, it has the
 * same ones.
 *
 * @typeParam R its shape rule
 * @example
 * const cell = gruCell({ units: 32 });
 * const { output, state } = cell(input(["batch", 8])); // Tensor<["batch", 32], "float32">
 * const next = cell(output, state);
 */
export interface Cell<R extends CellRule = any> extends CellLike<R> {
  <const B extends Dim, const I extends Shape, D extends DType>(
    x: Tensor<[B, ...I], D> & CheckStep<R, I, D>,
    state?: StateOf<B, CellSizes<R, I>>,
  ): {
    readonly output: Tensor<OutputShape<B, CellOutput<R, I>>>;
    readonly state: StateOf<B, CellSizes<R, I>>;
  };
}

type CheckStep<R extends CellRule, I, D extends DType> =
  unknown extends CheckDType<R["op"], D, "float32"> ? CheckCell<R, I, D> : CheckDType<R["op"], D, "float32">;

/** The shape of a step's output, of all samples. */
export type OutputShape<B extends Dim, O> = { o: O } extends { o: infer Sizes extends Shape }
  ? [B, ...Sizes]
  : UnknownShape;

/** A cell that can be called. */
export function cellOf(parts: CellParts): Cell {
  const { kind } = parts.scope;
  const call = (x: Tensor<any>, state?: unknown) => {
    if (!isTensor(x)) throw notATensor(kind, x);
    refuse("SW_DTYPE", kind, checkDType(kind, x.dtype, ["float32"]));
    const [batch, ...sample] = x.shape as Dim[];
    refuse("SW_SHAPE", kind, batch === undefined ? `${kind}: takes a batch of samples, got a scalar` : undefined);
    refuse("SW_SHAPE", kind, parts.check(sample));
    const sizes = parts.sizes(sample);
    const start =
      state === undefined
        ? zeroState(batch!, sizes)
        : stateOf(sizes, flattened(kind, "the state", sizes, batch!, state));
    const { projected, step } = parts.begin(x, sample);
    return step(projected, start);
  };
  return Object.assign(call, { cell: parts }) as unknown as Cell;
}

/** Whether something is a cell. */
export function isCell(value: unknown): value is CellLike {
  return typeof value === "function" && "cell" in value;
}

export const aCell: OptionRule = required({
  takes: "a cell, such as lstmCell({ units: 64 })",
  accepts: isCell,
});

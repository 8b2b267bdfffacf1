import type { DType } from "../ir/dtype.js";
import type { Scope } from "../ir/node.js";
import { anything, checkOption, checkOptions, type OptionRules } from "../ir/options.js";
import { currentPlace, within } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { AnyTensor, Tensor } from "../ir/tensor.js";
import { flip } from "../ops/flip.js";
import type { FirstMessage, FirstOfRule } from "../ops/shared/firstMessage.js";
import type { Dim, Shape, UnknownShape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { fill, type Message } from "../types/message.js";
import type { Moment, Settled } from "../types/settled.js";
import { type Show, show } from "../types/show.js";
import { aCell, type CellLike, type CellOutput, type CellRule, type CellSizes, type CheckCell } from "./cells/cell.js";
import { flattened, pathOf, type State, type StateOf, stateOf, zeroStates } from "./cells/state.js";
import { type FloatRule, inputOf, type LayerKind, layerOf, type NamedLayer, named, type Waiting } from "./layer.js";
import {
  type AlongOptions,
  alongRules,
  type Returned,
  type SequenceOptions,
  sequenceRules,
} from "./recurrent/options.js";
import { recur, type States, stepsFirst } from "./recurrent/recur.js";
import { checkLike, refuseOfSequences } from "./recurrent/recurrentOf.js";
import { noTime } from "./recurrent/shapes.js";

/** Options of `rnn`, as a layer. */
export interface RnnOptions<Seq extends boolean> extends NamedLayer, AlongOptions<Seq> {}

export const noSteps = "{op}: takes [batch, time, …], got {shape}";

/** `unknown` where a tensor has sequences, else the message. */
export type CheckSteps<Op extends string, S extends Shape> = number extends S["length"]
  ? unknown
  : S["length"] extends 0 | 1
    ? Message<typeof noSteps, { op: Op; shape: Show<S> }>
    : S["length"] extends 2
      ? Message<typeof noTime, { op: Op; shape: Show<S> }>
      : unknown;

/** Runtime twin of `CheckSteps`. */
export function checkSteps(op: string, shape: readonly Dim[]): string | undefined {
  if (shape.length > 2) return undefined;
  return fill(shape.length < 2 ? noSteps : noTime, { op, shape: show(shape) });
}

/** The sizes of what one step gives of one sample. */
export type SampleOf<S> = { s: S } extends { s: [unknown, unknown, ...infer I extends Shape] } ? I : UnknownShape;

/** The outputs of a cell: of all steps, or of the last one; unknown where `returnSequences` is only known to be boolean. */
export type Recurring<S extends Shape, O, Seq extends boolean> = [boolean] extends [Seq]
  ? UnknownShape
  : number extends S["length"]
    ? UnknownShape
    : { s: S; o: O } extends {
          s: [infer B extends Dim, infer T extends Dim, ...unknown[]];
          o: infer Sizes extends Shape;
        }
      ? Seq extends true
        ? [B, T, ...Sizes]
        : [B, ...Sizes]
      : UnknownShape;

/** The states of a cell on sequences. */
export type RnnState<S extends Shape, Z> = { s: S } extends { s: [infer B extends Dim, ...unknown[]] }
  ? StateOf<B, Z>
  : any;

/** What `rnn` gives: the output, or with it the last state. */
export type RnnReturned<S extends Shape, R extends CellRule, Seq extends boolean, Last extends boolean> = Returned<
  Recurring<S, CellOutput<R, SampleOf<S>>, Seq>,
  RnnState<S, CellSizes<R, SampleOf<S>>>,
  Last
>;

/** The shape rule of `rnn` in `sequential`. */
export interface RnnRule<R extends CellRule, Seq extends boolean> extends FloatRule<"rnn"> {
  readonly cell: R;
  readonly check: this["in"] extends infer S extends Shape
    ? FirstOfRule<CheckSteps<"rnn", S>, CheckCell<R, SampleOf<S>, this["dtype"]>>
    : unknown;
  readonly out: this["in"] extends infer S extends Shape ? Recurring<S, CellOutput<R, SampleOf<S>>, Seq> : Shape;
}

/**
 * A recurrent layer of any cell: `lstmCell`, `gruCell`, `simpleRnnCell`, several by `stackedRnnCells`, or one's own by `rnnCell`. Steps go
 * along the second axis; what a step gives can have any sizes that the cell takes.
 *
 * To go on with a sequence where it ended, take the state with `returnState` and hand it back as `initialState`.
 *
 * @param x [batch, time, …], float32
 * @param cell what is done in each step
 * @param options `returnSequences`, `goBackwards`, `name`; with x also `initialState`, `returnState`, `mask`
 * @returns the cell's output of the last step, [batch, …], or those of all steps, [batch, time, …]; with `returnState` a record of this
 *   output and the last state; without x, a layer for `sequential`
 * @throws SW_SHAPE when x has no sequences, the cell does not take its steps, or state or mask do not fit; SW_VALUE when the cell is none, or
 *   an option is outside of its range
 * @example
 * const text = input(["batch", "time", 64]);
 * const deep = stackedRnnCells([lstmCell({ units: 32 }), gruCell({ units: 16 })]);
 * const tags = sequential(text, rnn(deep, { returnSequences: true })); // Tensor<["batch", "time", 16], "float32">
 * const { output, state } = rnn(text, deep, { returnState: true });
 * const further = rnn(text, deep, { initialState: state });
 */
export function rnn<R extends CellRule, const Seq extends boolean = false, Now extends Moment = "now">(
  cell: CellLike<R>,
  options?: RnnOptions<Seq>,
): Waiting<RnnRule<R, Seq>, Now>;
export function rnn<
  const S extends Shape,
  D extends DType,
  R extends CellRule,
  const Seq extends boolean = false,
  const Last extends boolean = false,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> & Settled<FirstMessage<CheckDType<"rnn", D, "float32">, CheckSteps<"rnn", S>>>[Now],
  cell: CellLike<R> & CheckCell<R, SampleOf<S>, D>,
  options?: RnnOptions<Seq> & SequenceOptions<S, RnnState<S, CellSizes<NoInfer<R>, SampleOf<S>>>, Last>,
): Settled<RnnReturned<S, R, Seq, Last>>[Now];
export function rnn(...args: readonly unknown[]) {
  const x = inputOf("rnn", args);
  const [cell, options = {}] = x ? args.slice(1) : args;
  checkOption("rnn", "cell", cell, aCell);
  if (x === undefined) {
    refuseOfSequences("rnn", options, "cell, { ");
    return layerOf(rnnLayer(), args);
  }
  checkOptions<any>("rnn", options as object, { ...rules, ...sequenceRules, initialState: anything });
  const { initialState, returnState = false, mask, ...ofLayer } = options as Given & RnnOptions<boolean>;
  let state: unknown;
  const layer = rnnLayer({ initialState, ...(mask && { mask }) }, (last) => {
    state = last;
  });
  const output = layerOf(layer, [x, cell, ofLayer]);
  return returnState ? { output, state } : output;
}

type Given = SequenceOptions<any, unknown, boolean>;

const rules: OptionRules<RnnOptions<boolean>> = { ...named, ...alongRules };

type Options = RnnOptions<boolean> & { readonly cell: CellLike };

/**
 * The layer, on a sequence of which more is said, or of which the state is read. Mirrored, all outputs stand the other way round: those of
 * a layer that goes backwards in the places of the steps.
 */
export function rnnLayer(
  given: Given = {},
  read: (state: State) => void = () => {},
  mirrored = false,
): LayerKind<Options> {
  return {
    kind: "rnn",
    rules: { ...rules, cell: aCell },
    optionsOf: ([cell, options = {}]) => ({ ...(options as RnnOptions<boolean>), cell: cell as CellLike }),
    build: (x, options, { scope }) => run(x, options, scope, given, read, mirrored),
    methods: {
      along: (x, options, { scope }, given: Given, read: (state: unknown) => void) =>
        run(x, options, scope, given, read, mirrored),
    },
  };
}

function run(
  x: Tensor<any>,
  { cell: { cell }, returnSequences = false, goBackwards = false }: Options,
  scope: Scope,
  { initialState, mask }: Given,
  read: (state: State) => void,
  mirrored: boolean,
): AnyTensor {
  refuse("SW_DTYPE", "rnn", checkDType("rnn", x.dtype, ["float32"]));
  refuse("SW_SHAPE", "rnn", checkSteps("rnn", x.shape));
  const [batch, time, ...sample] = x.shape as [Dim, Dim, ...Dim[]];
  refuse("SW_SHAPE", "rnn", cell.check(sample));
  const sizes = cell.sizes(sample);
  if (mask) checkLike("rnn", "mask", mask, [batch, time], "bool");
  const start =
    initialState === undefined
      ? zeroStates(batch, sizes)
      : flattened("rnn", "initialState", sizes, batch, initialState);
  return within({ ...currentPlace(), scope }, () => {
    const { projected, step } = cell.begin(stepsFirst(x), sample);
    const shown = cell.output?.(sample);
    // Where a sample's first steps are not there, its output is zero, and the state what it started as.
    const output = shown && (mask && initialState ? [batch, ...shown.sizes] : pathOf(shown.state));
    const flat = (place: Tensor<any>, states: States) => {
      const { output, state } = step(place, stateOf(sizes, states));
      return { output, states: flattened("rnn", "the state", sizes, batch, state) };
    };
    const found = recur(projected, start, flat, { mask, reverse: goBackwards, output });
    read(stateOf(sizes, found.states));
    if (!returnSequences) return found.last;
    return (goBackwards !== mirrored ? flip(found.outputs, 1) : found.outputs) as AnyTensor;
  });
}

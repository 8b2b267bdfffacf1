import { aConstraint } from "../constraints/constraint.js";
import type { Initializer } from "../initializers/initializer.js";
import { anInitializer } from "../initializers/initializer.js";
import { checkName } from "../ir/checkName.js";
import { givenInWords } from "../ir/givenInWords.js";
import { isTensor } from "../ir/node.js";
import {
  aRecord,
  callback,
  checkOption,
  checkOptions,
  flag,
  listOf,
  natural,
  type notTaken,
  type OptionRule,
  required,
} from "../ir/options.js";
import { currentPlace, usersOwn, within } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import { returnedNode, wronglyReturned } from "../ir/returned.js";
import type { Tensor } from "../ir/tensor.js";
import type { VariableOptions } from "../ops/variable.js";
import { aRegularizer } from "../regularizers/regularizer.js";
import type { CompatibleShapes } from "../types/compatible.js";
import type { Dim, Shape } from "../types/dim.js";
import { fill, type Message, type Problem } from "../types/message.js";
import { type Show, show } from "../types/show.js";
import { backward } from "./backward.js";
import { type Cell, type CellRule, cellOf, type Stepped } from "./cells/cell.js";
import { flattened, type Sizes, type StateOf, stateOf } from "./cells/state.js";
import { contextOf, type LayerContext, type NamedLayer, named, scopeOf } from "./layer.js";

/** The sizes of the states of one sample: of one state, or of several by name. */
export type StateSizes = Shape | { readonly [name: string]: Shape };

/** Options of `rnnCell`. */
export interface RnnCellOptions<Z extends StateSizes, I extends Shape> extends NamedLayer {
  /** The sizes of the state of one sample: `[64]`; of several, by name: `{ hidden: [64], memory: [16, 16] }`. */
  readonly state: Z & CheckState<Z>;
  /** The sizes of what one step gives of one sample: so many channels as there are, unless said otherwise. */
  readonly input?: I;
  /** Whether training changes the cell's weights. @default true */
  readonly trainable?: boolean;
}

/** What `checkOption` says of the sizes of one state: `unknown` where nothing is wrong. */
type CheckState<Z> = Given<Z>[NoSizes[Text<Z>]];

interface Given<Z> {
  readonly [text: string]: unknown;
  readonly refused: Problem<
    Message<
      typeof notTaken,
      { op: "rnnCell"; option: "state"; given: `[${Text<Z>}]`; takes: (typeof stateRule)["takes"] }
    >
  >;
}

/** As messages have them. */
type Text<Z> = Z extends [infer N extends Dim]
  ? TextOf<N>
  : Z extends [infer N extends Dim, ...infer Rest]
    ? `${TextOf<N>}, ${Text<Rest>}`
    : "";

type TextOf<N extends Dim> = N extends string ? `"${N}"` : `${N}`;

/** By the text of sizes, `"refused"` where one is no integer from 0, or any other text. */
interface NoSizes {
  readonly [text: string]: string;
  readonly [text: `-${string}` | `${string} -${string}` | `${string}.${string}` | `${string}"${string}`]: "refused";
}

/** What a cell of one's own makes its weights with. */
export interface CellWeights {
  /**
   * A weight of the cell, the same one in all steps and calls.
   *
   * @param name unlike that of another weight of the cell
   * @param shape sizes
   * @param initializer how it starts
   * @param options `trainable`, `regularizer`, `constraint`
   */
  weight<const S extends number[]>(
    name: string,
    shape: S,
    initializer: Initializer,
    options?: VariableOptions,
  ): Tensor<S>;
}

export const otherSteps = "rnnCell: takes {wanted} of a sample in each step, got {shape}";

/** The shape rule of a cell of one's own. */
export interface OwnCellRule<I extends Shape, Z, O extends Shape> extends CellRule {
  readonly op: "rnnCell";
  readonly check: this["in"] extends infer S extends Shape ? CheckSample<I, S> : unknown;
  readonly out: O;
  readonly state: Z;
}

/** `unknown` where steps have the sizes that a cell takes, else the message. */
export type CheckSample<I extends Shape, S extends Shape> = { s: S } extends { s: I }
  ? unknown
  : CompatibleShapes<I, S> extends true
    ? unknown
    : Message<typeof otherSteps, { wanted: Show<I>; shape: Show<S> }>;

/**
 * A cell of one's own: one step of a recurrent layer, as a function of what the step gives and of the state before to an output and the
 * next state. It is called once for each layer that it is in, to see what a step is. Weights that it makes belong to the cell; layers that it
 * uses are best made outside, so that they have their weights once.
 *
 * @param options `state`, the sizes of a sample's; `input`, `name`, `trainable`
 * @param step from [batch, …input], and [batch, …state], to `{ output, state }`; its third argument makes weights. The samples' axis
 *   is called "batch" in it, whatever it is called where the cell runs
 * @returns a cell, for `rnn` and `stackedRnnCells`, and to be called
 * @throws SW_VALUE when an option is none, or the step returns something else; SW_SHAPE when it returns a state of another shape
 * @example
 * const minimal = rnnCell({ state: [32] }, (x, before, { weight }) => {
 *   const kernel = weight("kernel", [x.shape[1], 32], glorotUniform());
 *   const recurrent = weight("recurrentKernel", [32, 32], orthogonal());
 *   const output = tanh(add(dot(x, kernel), dot(before, recurrent)));
 *   return { output, state: output };
 * });
 * const last = rnn(minimal)(input(["batch", "time", 64])); // Tensor<["batch", 32], "float32">
 */
export function rnnCell<const Z extends StateSizes, const O extends Shape, const I extends Shape = [number]>(
  options: RnnCellOptions<Z, I>,
  step: (
    x: Tensor<["batch", ...I]>,
    state: StateOf<"batch", Z>,
    weights: CellWeights,
  ) => { readonly output: Tensor<["batch", ...O]>; readonly state: StateOf<"batch", Z> },
): Cell<OwnCellRule<I, Z, O>> {
  const kind = "rnnCell";
  checkOptions(kind, options, rules);
  checkOption(kind, "step", step, required(callback));
  const { state: sizes, input, trainable } = options;
  const layer = contextOf(scopeOf(kind, options), trainable);
  const weights = weightsOf(layer);
  const own = step as unknown as (x: Tensor<any>, state: unknown, weights: CellWeights) => unknown;
  return cellOf({
    scope: layer.scope,
    mirror: () => rnnCell(backward(options), step),
    check: (sample) => checkSample(input, sample),
    sizes: () => sizes,
    begin: (x) => ({
      projected: x,
      step: (place, state) =>
        within({ ...currentPlace(), scope: layer.scope }, () =>
          checkStepped(
            usersOwn(() => own(place, state, weights)),
            place.shape[0]!,
            sizes,
          ),
        ),
    }),
  });
}

const aSize: OptionRule = listOf(natural);

const stateRule = {
  takes: "a list of sizes, or a record of such lists",
  accepts: (value) =>
    aSize.accepts(value) ||
    (aRecord.accepts(value) &&
      !isTensor(value) &&
      Object.keys(value as object).length > 0 &&
      Object.values(value as object).every(aSize.accepts)),
} as const satisfies OptionRule;

const rules = {
  ...named,
  state: required(stateRule),
  input: { ...aSize, takes: "a list of sizes" },
  trainable: flag,
};

function checkSample(wanted: readonly Dim[] | undefined, sample: readonly Dim[]): string | undefined {
  if (wanted === undefined) {
    return sample.length === 1 ? undefined : fill(otherSteps, { wanted: "[number]", shape: show(sample) });
  }
  const fits = sample.length === wanted.length && sample.every((size, axis) => size === wanted[axis]);
  return fits ? undefined : fill(otherSteps, { wanted: show(wanted), shape: show(sample) });
}

/** What a step returned, as a program without types may have it. */
function checkStepped(found: unknown, batch: Dim, sizes: Sizes): Stepped {
  const takes = "{ output, state }";
  if (!aRecord.accepts(found) || isTensor(found)) {
    throw wronglyReturned("rnnCell", "its step", givenInWords(found), takes);
  }
  const { output, state } = found as { readonly output?: unknown; readonly state?: unknown };
  returnedNode("rnnCell", "the output that its step", output, {
    takes: `a float32 tensor of the batch, [${batch}, …]`,
    accepts: ({ dtype, shape }) => dtype === "float32" && shape[0] === batch,
  });
  const states = flattened("rnnCell", "the state that its step returns", sizes, batch, state);
  return { output: output as Tensor<any>, state: stateOf(sizes, states) };
}

/** What makes a cell's weights, for whoever wrote its step. */
function weightsOf({ weight }: LayerContext): CellWeights {
  return {
    weight(name, shape, initializer, options = {}) {
      refuse("SW_NAME", "rnnCell", checkName("rnnCell", name, "the weight "));
      checkOption("rnnCell", `the initializer of "${name}"`, initializer, required(anInitializer));
      checkOption("rnnCell", `the shape of "${name}"`, shape, required({ ...aSize, takes: "a list of sizes" }));
      checkOptions("rnnCell", options, { trainable: flag, regularizer: aRegularizer, constraint: aConstraint });
      return weight(name, shape, initializer, options) as never;
    },
  };
}

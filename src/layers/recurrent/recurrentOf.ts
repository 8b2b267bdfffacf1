import type { DType } from "../../ir/dtype.js";
import { isTensor, nodeOf } from "../../ir/node.js";
import { aTensor, checkOption, checkOptions, type OptionRules, required } from "../../ir/options.js";
import { currentPlace, within } from "../../ir/place.js";
import { refuse } from "../../ir/refuse.js";
import type { AnyTensor, Tensor, TensorLike } from "../../ir/tensor.js";
import { flip } from "../../ops/flip.js";
import type { Dim } from "../../types/dim.js";
import { checkDType } from "../../types/dtype.js";
import { fill } from "../../types/message.js";
import { sameShape } from "../../types/same-shape.js";
import { show } from "../../types/show.js";
import { inputOf, type LayerContext, type LayerKind, layerOf, withCost } from "../layer.js";
import { type Drops, dropsOf } from "./dropping.js";
import { type AlongOptions, type KernelsOptions, type SequenceOptions, sequenceRules } from "./options.js";
import { recur, type States, type Step, stepsFirst, zerosOf } from "./recur.js";

type Options = KernelsOptions & AlongOptions<boolean>;
export type Given = SequenceOptions<any, unknown, boolean>;

/** What a recurrent layer computes. */
export interface Cell {
  /** What steps read of all inputs at once, outside of the loop: [time, batch, …]. */
  readonly projected: Tensor<any>;
  readonly step: Step;
}

/** A kind of recurrent layer. */
export interface RecurrentKind<O extends Options> {
  readonly kind: string;
  readonly rules: OptionRules<O>;
  /** The states' names, of which the first is the output. */
  readonly states: readonly string[];
  /** How many gates there are, whose kernels stand side by side. */
  readonly gates: number;
  /** Whether each gate drops by itself also where states lose no elements. */
  readonly dropsApart?: boolean;
  /** The shape of one state, where sequences of a shape are taken: else it refuses them. */
  readonly state: (shape: readonly Dim[], options: O) => Dim[];
  /** Of all inputs, whose steps come first: [time, batch, …]; or of those of one step. */
  readonly cell: (x: Tensor<any>, options: O, layer: LayerContext, drops: Drops) => Cell;
}

const ofSequences =
  "{op}: {option} is said where a sequence is given, as in {op}(x, {before}{option}: … }); a layer that waits takes and gives one tensor";

/** Refuses options of a layer that waits which are said where a sequence is given; `before` is what stands before them there. */
export function refuseOfSequences(op: string, options: unknown, before: string): void {
  const option = Object.keys(sequenceRules).find((name) => Object.hasOwn(Object(options), name));
  refuse("SW_VALUE", op, option && fill(ofSequences, { op, option, before }));
}

/** What a recurrent function returns: as `layerOf`, and with the last state where it is asked for. */
export function recurrentOf<O extends Options>(of: RecurrentKind<O>, args: readonly unknown[]): unknown {
  const { kind, rules } = of;
  const x = inputOf(kind, args);
  const [options = {}] = x ? args.slice(1) : args;
  if (x === undefined) {
    refuseOfSequences(kind, options, "{ units: 64, ");
    return layerOf(recurrentLayer(of), args);
  }
  checkOptions<any>(kind, options as object, { ...rules, ...sequenceRules });
  const { initialState, returnState = false, mask, ...ofLayer } = options as O & Given;
  let state: unknown;
  const layer = recurrentLayer(of, { initialState, ...(mask && { mask }) }, (last) => {
    state = last;
  });
  const output = layerOf(layer, [x, ofLayer]);
  return returnState ? { output, state } : output;
}

/** Goes along a sequence of which more is said than that it is one: `along` of a recurrent layer. */
export type RunAlong = (x: Tensor<any>, given: Given, read: (state: unknown) => void) => Tensor<any>;

/**
 * A recurrent layer, on a sequence of which more is said, or of which the states are read. Mirrored, all outputs stand the other way
 * round: those of a layer that goes backwards in the places of the steps.
 */
export function recurrentLayer<O extends Options>(
  { kind, rules, states: names, gates, dropsApart, state, cell }: RecurrentKind<O>,
  given: Given = {},
  read: (state: unknown) => void = () => {},
  mirrored = false,
): LayerKind<O> {
  const run = (
    x: Tensor<any>,
    options: O,
    layer: LayerContext,
    { initialState, mask }: Given,
    read: (state: unknown) => void,
  ) => {
    refuse("SW_DTYPE", kind, checkDType(kind, x.dtype, ["float32"]));
    const shape = state(x.shape, options);
    const { returnSequences = false, goBackwards = false } = options;
    const [batch, time, ...sample] = x.shape as Dim[];
    const start = startOf(kind, names, shape, initialState);
    if (mask) checkLike(kind, "mask", mask, [batch!, time!], "bool");
    // What comes before the weights belongs to the layer, too.
    return within({ ...currentPlace(), scope: layer.scope }, () => {
      const drops = dropsOf(options, gates, [1, batch!, ...sample], shape, layer, dropsApart);
      const { projected, step } = cell(stepsFirst(x), options, layer, drops);
      // Where a sample's first steps are not there, their output is zero, and the state what it started as.
      const output = mask && initialState ? shape : names[0]!;
      const found = recur(projected, start, step, { mask, reverse: goBackwards, output });
      read(names.length === 1 ? found.states[names[0]!] : found.states);
      if (!returnSequences) return found.last;
      return (goBackwards !== mirrored ? flip(found.outputs, 1) : found.outputs) as AnyTensor;
    });
  };
  return {
    kind,
    rules,
    build: (x, options, layer) => run(x, options, layer, given, read),
    methods: {
      along(x, options, layer, given: Given, read: (state: unknown) => void) {
        const { activityRegularizer } = options;
        const y = run(x, options, layer, given, read);
        return withCost(layer.scope, y, activityRegularizer);
      },
    },
  };
}

/** A tensor of the shape and dtype that a recurrent function needs it of. */
export function checkLike(
  op: string,
  name: string,
  given: unknown,
  shape: readonly Dim[],
  dtype: DType,
): Tensor<any, any> {
  checkOption(op, name, given, required(aTensor));
  const { shape: own, dtype: element } = nodeOf(given as TensorLike);
  const fits = element === dtype && sameShape(own, shape);
  const found = `${element} ${show(own)}`;
  refuse("SW_SHAPE", op, fits ? undefined : `${op}: ${name} is ${found}, but must be ${dtype} ${show(shape)}`);
  return given as Tensor<any, any>;
}

/** The states that the first step is given: zeros, or what is said. */
function startOf(kind: string, names: readonly string[], shape: readonly Dim[], given: unknown): States {
  if (given === undefined) return Object.fromEntries(names.map((name) => [name, zerosOf(shape)]));
  if (names.length === 1) return { [names[0]!]: checkLike(kind, "initialState", given, shape, "float32") };
  checkOption(kind, "initialState", given, {
    takes: `a record of ${names.join(" and ")}`,
    accepts: (value) => !isTensor(value) && Object.keys(value as object).every((name) => names.includes(name)),
  });
  const of = (name: string) => (given as Readonly<Record<string, unknown>>)[name];
  return Object.fromEntries(
    names.map((name) => [name, checkLike(kind, `initialState.${name}`, of(name), shape, "float32")]),
  );
}

import { checkOptions, type OptionRules } from "../../ir/options.js";
import { owned } from "../../ir/owned.js";
import { currentPlace, within } from "../../ir/place.js";
import type { Dim, IsName, Shape } from "../../types/dim.js";
import { fill, type Message } from "../../types/message.js";
import { type Show, show } from "../../types/show.js";
import { backward } from "../backward.js";
import { checkNamedChannels, type NamedChannels } from "../channels.js";
import { contextOf, scopeOf } from "../layer.js";
import { dropsOf } from "../recurrent/dropping.js";
import type { StepOptions } from "../recurrent/options.js";
import type { RecurrentKind } from "../recurrent/recurrentOf.js";
import { type Cell, type CellRule, cellOf, type Stepped } from "./cell.js";

export const notVector = "{op}: takes [channels] of a sample in each step, got {shape}";

/** The shape rule of `lstmCell`, `gruCell` and `simpleRnnCell`. */
export interface VectorCellRule<Op extends string, U extends number, State> extends CellRule {
  readonly op: Op;
  readonly check: this["in"] extends infer I extends Shape ? CheckVector<Op, I, this["dtype"]> : unknown;
  readonly out: [U];
  readonly state: State;
}

/** `unknown` where steps have channels that can be a weight's, else the message. */
export type CheckVector<Op extends string, I extends Shape, Beside> = number extends I["length"]
  ? unknown
  : I["length"] extends 1
    ? IsName<I[0], Beside> extends true
      ? NamedChannels<Op, I, I[0] & string>
      : unknown
    : Message<typeof notVector, { op: Op; shape: Show<I> }>;

/** Runtime twin of `CheckVector`. */
export function checkVector(op: string, sample: readonly Dim[]): string | undefined {
  if (sample.length !== 1) return fill(notVector, { op, shape: show(sample) });
  return checkNamedChannels(op, sample);
}

/** The step of a recurrent layer as a cell. */
export function builtInCell<O extends StepOptions<number>>(
  of: RecurrentKind<any>,
  rules: OptionRules<O>,
  given: O,
): Cell {
  const kind = `${of.kind}Cell`;
  checkOptions(kind, given, rules);
  const options = owned(given);
  const { units, trainable } = options;
  const layer = contextOf(scopeOf(kind, options), trainable);
  const isAlone = of.states.length === 1;
  return cellOf({
    scope: layer.scope,
    mirror: () => builtInCell(of, rules, backward(options)),
    check: (sample) => checkVector(kind, sample),
    sizes: () => (isAlone ? [units] : Object.fromEntries(of.states.map((name) => [name, [units]]))),
    output: () => ({ state: isAlone ? "" : of.states[0]!, sizes: [units] }),
    begin: (x) =>
      within({ ...currentPlace(), scope: layer.scope }, () => {
        // Of a sequence, all steps drop the same.
        const [batch, channels] = x.shape.slice(-2) as [Dim, Dim];
        const inputs = [...x.shape.slice(2).map(() => 1), batch, channels];
        const drops = dropsOf(options, of.gates, inputs, [batch, units], layer);
        const { projected, step } = of.cell(x, options, layer, drops);
        return {
          projected,
          step: (place, state) =>
            within({ ...currentPlace(), scope: layer.scope }, (): Stepped => {
              const { output, states } = step(place, (isAlone ? { [of.states[0]!]: state } : state) as never);
              return { output, state: isAlone ? output : states };
            }),
        };
      }),
  });
}

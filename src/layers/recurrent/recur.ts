import { scan } from "../../control/scan.js";
import { nodeOf, tensorOf } from "../../ir/node.js";
import type { Tensor } from "../../ir/tensor.js";
import { at } from "../../ops/at.js";
import { broadcastTo } from "../../ops/broadcastTo.js";
import { constant } from "../../ops/constant.js";
import { reshape } from "../../ops/reshape.js";
import { select } from "../../ops/select.js";
import { movedAxis } from "../../ops/shared/moved-axis.js";
import type { Dim } from "../../types/dim.js";

/** Tensors that a step carries on, by name. */
export type States = Readonly<Record<string, Tensor<any>>>;

/** One step: of the places of a sequence, and the states before. */
export type Step = (place: Tensor<any>, states: States) => { readonly output: Tensor<any>; readonly states: States };

/** How a sequence is gone along. */
export interface Along {
  /** Which steps there are, [batch, time]: all, unless said otherwise. */
  readonly mask: Tensor<any, "bool"> | undefined;
  readonly reverse: boolean;
  /** The state that is the output; else the output's shape, and it is carried by itself. Not known of a step that somebody wrote. */
  readonly output: string | readonly Dim[] | undefined;
}

/** What it comes to: the outputs in the places of their steps, the last output, and the last states. */
export interface Recurred {
  readonly outputs: Tensor<any>;
  readonly last: Tensor<any>;
  readonly states: States;
}

/** Beside the names of states, which are identifiers. */
const own = "the output";

/** What is [batch, time, …] as [time, batch, …]: a loop goes along its first axis, and inputs are mostly less to move than what is made of them. */
export function stepsFirst(x: Tensor<any, any>): Tensor<any, any> {
  return tensorOf(movedAxis(nodeOf(x), 1, 0));
}

/**
 * Steps along [time, batch, …]; outputs are [batch, time, …]. Where a mask says that a sample has no such step, its states stay, and its output is the one before,
 * at first zeros.
 */
export function recur(x: Tensor<any>, start: States, step: Step, along: Along): Recurred {
  const { mask, reverse, output } = along;
  if (output === undefined) return recurUnknown(x, start, step, along);
  const options = { axis: 0, reverse } as const;
  const isState = typeof output === "string";
  const carried = isState ? start : { ...start, [own]: zerosOf(output) };
  const last = isState ? output : own;
  const next = (states: States, place: Tensor<any>): States => {
    const found = step(place, states);
    return isState ? found.states : { ...found.states, [own]: found.output };
  };
  const scanned = mask ? { x, there: stepsFirst(mask) } : { x };
  const { carry, outputs } = scan(
    scanned,
    carried,
    (before, { x: place, there }: { x: Tensor<any>; there?: Tensor<any, "bool"> }) => {
      const after = next(before, place);
      const carry = there ? keptWhere(there, after, before) : after;
      return { carry, output: carry[last]! };
    },
    options,
  );
  const { [own]: _, ...states } = carry as States;
  return { outputs: stepsFirst(outputs), last: (carry as States)[last]!, states };
}

/** The same where nothing is known of the output before the step is made. */
function recurUnknown(x: Tensor<any>, start: States, step: Step, { mask, reverse }: Along): Recurred {
  const options = { axis: 0, reverse } as const;
  const { carry: states, outputs } = scan(
    mask ? { x, there: stepsFirst(mask) } : { x },
    start,
    (before, { x: place, there }: { x: Tensor<any>; there?: Tensor<any, "bool"> }) => {
      const { output, states } = step(place, before);
      return { carry: there ? keptWhere(there, states, before) : states, output };
    },
    options,
  );
  if (!mask) return { outputs: stepsFirst(outputs), last: at(outputs, reverse ? "0" : "-1") as Tensor<any>, states };
  const [, batch, ...sizes] = outputs.shape as Dim[];
  const held = scan(
    { output: outputs, there: stepsFirst(mask) } as { output: Tensor<any>; there: Tensor<any, "bool"> },
    { output: zerosOf([batch!, ...sizes]) },
    (before, { output, there }: { output: Tensor<any>; there: Tensor<any, "bool"> }) => {
      const carry = keptWhere(there, { output }, before) as { output: Tensor<any> };
      return { carry, output: carry.output };
    },
    options,
  );
  return { outputs: stepsFirst(held.outputs), last: held.carry.output, states };
}

/** States after a step for the samples that have it, those before it for others. */
function keptWhere(there: Tensor<any, "bool">, after: States, before: States): States {
  const entries = Object.entries(after).map(([name, state]) => {
    const condition = reshape(there, [there.shape[0]!, ...state.shape.slice(1).map(() => 1)] as any);
    return [name, select(condition as Tensor<any, "bool">, state, before[name]!) as Tensor<any>] as const;
  });
  return Object.fromEntries(entries);
}

export function zerosOf(shape: readonly Dim[]): Tensor<any> {
  return broadcastTo(constant(0), [...shape] as any) as Tensor<any>;
}

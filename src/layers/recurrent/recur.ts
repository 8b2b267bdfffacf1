import { scan } from "../../control/scan.js";
import type { Tensor } from "../../ir/tensor.js";
import { broadcastTo } from "../../ops/broadcastTo.js";
import { constant } from "../../ops/constant.js";
import { reshape } from "../../ops/reshape.js";
import { select } from "../../ops/select.js";
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
  /** The state that is the output; else the output's shape, and it is carried by itself. */
  readonly output: string | readonly Dim[];
}

/** What it comes to: the outputs in the places of their steps, the last output, and the last states. */
export interface Recurred {
  readonly outputs: Tensor<any>;
  readonly last: Tensor<any>;
  readonly states: States;
}

/** Beside the names of states, which are identifiers. */
const own = "the output";

/**
 * Steps along [batch, time, …]. Where a mask says that a sample has no such step, its states stay, and its output is the one before,
 * at first zeros.
 */
export function recur(x: Tensor<any>, start: States, step: Step, { mask, reverse, output }: Along): Recurred {
  const options = { axis: 1, reverse } as const;
  const isState = typeof output === "string";
  const carried = isState ? start : { ...start, [own]: zerosOf(output) };
  const last = isState ? output : own;
  const next = (states: States, place: Tensor<any>): States => {
    const found = step(place, states);
    return isState ? found.states : { ...found.states, [own]: found.output };
  };
  const scanned = mask ? { x, there: mask } : { x };
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
  return { outputs: outputs as Tensor<any>, last: (carry as States)[last]!, states };
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

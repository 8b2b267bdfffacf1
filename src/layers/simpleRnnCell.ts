import { builtInCell, type VectorCellRule } from "./cells/built-in.js";
import type { Cell } from "./cells/cell.js";
import { type StepOptions, stepRules } from "./recurrent/options.js";
import { simpleRnnKind } from "./simpleRnn.js";

/**
 * One step of a recurrent layer that hands its output on: h = tanh(x·W + h·R + b). Its state is the output itself; it is what
 * `simpleRnn` does in each step, with the same weights.
 * Source: Elman, "Finding structure in time" (1990).
 *
 * @param options `units`; `activation`, `useBias`, initializers, regularizers and constraints, `dropout`, `recurrentDropout`, `name`
 * @returns a cell, for `rnn` and `stackedRnnCells`, and to be called with [batch, channels] and a state
 * @throws SW_VALUE when an option is outside of its range; when it runs, SW_SHAPE where steps have no channels, or a name for their number
 * @example
 * const last = rnn(simpleRnnCell({ units: 32 }))(input(["batch", "time", 64])); // Tensor<["batch", 32], "float32">
 */
export function simpleRnnCell<
  const U extends number,
  const R extends number = number,
  const StateR extends number = number,
>(options: StepOptions<U, "simpleRnnCell", R, StateR>): Cell<VectorCellRule<"simpleRnnCell", U, [U]>> {
  return builtInCell(simpleRnnKind, stepRules, options);
}

import { builtInCell, type VectorCellRule } from "./cells/built-in.js";
import type { Cell } from "./cells/cell.js";
import { type LstmCellOptions, lstmKind, lstmStepRules } from "./lstm.js";

/**
 * One step of a long short-term memory: i, f, c̃, o = σ(x·W + h·R + b), c = f·c + i·tanh(c̃), h = o·tanh(c). Its state is `{ hidden, cell }`; it is what
 * `lstm` does in each step, with the same weights.
 * Source: Hochreiter and Schmidhuber, "Long short-term memory" (1997).
 *
 * @param options `units`; `activation`, `recurrentActivation`, `useBias`, initializers, regularizers and constraints, `unitForgetBias`,
 *   `dropout`, `recurrentDropout`, `name`
 * @returns a cell, for `rnn` and `stackedRnnCells`, and to be called with [batch, channels] and a state
 * @throws SW_VALUE when an option is outside of its range; when it runs, SW_SHAPE where steps have no channels, or a name for their number
 * @example
 * const cell = lstmCell({ units: 32 });
 * const last = rnn(cell)(input(["batch", "time", 64])); // Tensor<["batch", 32], "float32">
 * const { output, state } = cell(input(["batch", 64])); // state.hidden, state.cell
 */
export function lstmCell<const U extends number, const R extends number = number, const StateR extends number = number>(
  options: LstmCellOptions<U, "lstmCell", R, StateR>,
): Cell<VectorCellRule<"lstmCell", U, { hidden: [U]; cell: [U] }>> {
  return builtInCell(lstmKind, lstmStepRules, options);
}

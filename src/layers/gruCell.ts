import { builtInCell, type VectorCellRule } from "./cells/built-in.js";
import type { Cell } from "./cells/cell.js";
import { type GruCellOptions, gruKind, gruStepRules } from "./gru.js";

/**
 * One step of gated recurrent units: z, r = σ(x·W + h·R + b), h̃ = tanh(x·W + r·(h·R + b)), h = z·h + (1 - z)·h̃. Its state is the output itself; it is what
 * `gru` does in each step, with the same weights.
 * Source: Cho et al., "Learning phrase representations using RNN encoder–decoder" (2014).
 *
 * @param options `units`; `activation`, `recurrentActivation`, `useBias`, initializers, regularizers and constraints, `resetAfter`,
 *   `dropout`, `recurrentDropout`, `name`
 * @returns a cell, for `rnn` and `stackedRnnCells`, and to be called with [batch, channels] and a state
 * @throws SW_VALUE when an option is outside of its range; when it runs, SW_SHAPE where steps have no channels, or a name for their number
 * @example
 * const last = rnn(gruCell({ units: 32 }))(input(["batch", "time", 64])); // Tensor<["batch", 32], "float32">
 */
export function gruCell<const U extends number, const R extends number = number, const StateR extends number = number>(
  options: GruCellOptions<U, "gruCell", R, StateR>,
): Cell<VectorCellRule<"gruCell", U, [U]>> {
  return builtInCell(gruKind, gruStepRules, options);
}

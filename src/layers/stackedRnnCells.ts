import { checkOption, required } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Dim } from "../types/dim.js";
import {
  type Cell,
  type CellLike,
  type CellOutput,
  type CellParts,
  type CellRule,
  type CellSizes,
  type CheckCell,
  cellOf,
  isCell,
} from "./cells/cell.js";
import type { Sizes, State } from "./cells/state.js";

/** The shape rule of cells one after another: what the first takes, and the last gives. */
export interface StackedCellsRule<Rules extends CellRule[]> extends CellRule {
  readonly op: "stackedRnnCells";
  readonly check: WalkCells<this["in"], this["dtype"], Rules>["message"];
  readonly out: WalkCells<this["in"], "float32", Rules>["out"];
  readonly state: WalkCells<this["in"], "float32", Rules>["state"];
}

/** One walk over the rules of cells: the message of the first that refuses what comes into it, what comes out, and all states. */
export type WalkCells<I, D, Rules extends CellRule[], States extends unknown[] = []> = number extends Rules["length"]
  ? { message: unknown; out: any; state: any }
  : Rules extends [infer R extends CellRule, ...infer Rest extends CellRule[]]
    ? unknown extends CheckCell<R, I, D>
      ? WalkCells<CellOutput<R, I>, D, Rest, [...States, CellSizes<R, I>]>
      : { message: CheckCell<R, I, D>; out: any; state: any }
    : { message: unknown; out: I; state: States };

/**
 * Cells one after another as one cell: each takes the output of the one before. Its state is the list of their states.
 *
 * @param cells `lstmCell({ units: 64 })`, …: one or more
 * @returns a cell, for `rnn`
 * @throws SW_VALUE when one of them is no cell; when it runs, what a cell throws that does not take the output of the one before
 * @example
 * const stack = stackedRnnCells([lstmCell({ units: 64 }), gruCell({ units: 32 })]);
 * const last = rnn(stack)(input(["batch", "time", 8])); // Tensor<["batch", 32], "float32">
 */
export function stackedRnnCells<Rules extends CellRule[]>(
  cells: readonly [...{ [I in keyof Rules]: CellLike<Rules[I]> }],
): Cell<StackedCellsRule<Rules>> {
  const kind = "stackedRnnCells";
  checkOption(kind, "cells", cells, required(someCells));
  const all: readonly CellParts[] = Array.from(cells as readonly CellLike[], ({ cell }) => cell);
  return cellOf({
    scope: { kind, options: { cells: [...cells] } },
    mirror: () => stackedRnnCells(all.map((cell) => cell.mirror())),
    check(sample) {
      const inputs = inputsOf(all, sample);
      return all.reduce<string | undefined>((message, cell, i) => {
        const input = inputs[i];
        return message ?? (input && cell.check(input));
      }, undefined);
    },
    sizes(sample) {
      const inputs = inputsOf(all, sample);
      return all.map((cell, i): Sizes => cell.sizes(inputs[i] ?? []));
    },
    output(sample) {
      const last = all.length - 1;
      const input = inputsOf(all, sample)[last];
      const shown = input && all[last]!.output?.(input);
      return shown && { sizes: shown.sizes, state: shown.state === "" ? `${last}` : `${last}.${shown.state}` };
    },
    begin: (x) => ({
      projected: x,
      step(place, state) {
        const states: State[] = [];
        const output = all.reduce<Tensor<any>>((value, cell, i) => {
          const [, ...sample] = value.shape as Dim[];
          refuse("SW_SHAPE", cell.scope.kind, cell.check(sample));
          const { projected, step } = cell.begin(value, sample);
          const found = step(projected, (state as readonly State[])[i]!);
          states.push(found.state);
          return found.output;
        }, place);
        return { output, state: states };
      },
    }),
  });
}

const someCells = {
  takes: "a list of one cell or more, such as [lstmCell({ units: 64 })]",
  accepts: (value: unknown) => Array.isArray(value) && value.length > 0 && Array.from(value).every(isCell),
};

/** What each cell is given, as far as it is known: nothing is of what comes out of a cell that somebody wrote by hand. */
function inputsOf(cells: readonly CellParts[], sample: readonly Dim[]): (readonly Dim[] | undefined)[] {
  let known: readonly Dim[] | undefined = sample;
  return cells.map((cell) => {
    const input = known;
    known = input && cell.output?.(input)?.sizes;
    return input;
  });
}

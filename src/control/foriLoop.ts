import { tensorOf } from "../ir/node.js";
import type { CheckInt32 } from "../ir/option-checks.js";
import { callback, checkOption, int32, required } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import { arrangeLike, nodesOf } from "../ir/structure.js";
import type { Tensor } from "../ir/tensor.js";
import { builder as b } from "../ops/builder.js";
import { along } from "./along.js";
import { checkInitial, checkTree } from "./returned.js";
import { type CheckAlike, nodesAlike, type Tree } from "./trees.js";

/** What int32 counts. */
const mostRounds = 2 ** 31 - 1;

const rounds = { op: "foriLoop", by: "the body gives" } as const;

/**
 * A loop within the graph with a round for each integer from a lower bound up to an upper one, which itself is not among them: a `scan`
 * without outputs. Differentiated as such.
 *
 * @param lower an integer
 * @param upper an integer; where it is not above the lower one, there are no rounds
 * @param body computes from the number of the round, and from what is carried, what is carried on, of the same shapes and dtypes
 * @param initial what is carried into the first round: a tensor, or a record of them
 * @returns what is carried at last
 * @throws SW_SHAPE when the body carries on what is not like the carry; SW_VALUE when a bound is no integer, there are more than 2³¹ - 1 rounds, or the body returns no tensors
 * @example
 * const x = input([8]);
 * const steps = foriLoop(0, 10, (i, v) => subtract(v, divide(sin(v), add(cast(i, "float32"), 1))), x); // Tensor<[8], "float32">
 */
export function foriLoop<const C extends Tree, Z extends Tree, const L extends number, const U extends number>(
  lower: L & CheckInt32<"foriLoop", "the lower bound", L>,
  upper: U & CheckInt32<"foriLoop", "the upper bound", U>,
  body: ((index: Tensor<[], "int32">, carry: C) => Z) & CheckAlike<typeof rounds, C, Z>,
  initial: C,
): C {
  checkOption("foriLoop", "the lower bound", lower, required(int32));
  checkOption("foriLoop", "the upper bound", upper, required(int32));
  checkOption("foriLoop", "the body", body, required(callback));
  checkInitial("foriLoop", initial);
  if (upper <= lower) return initial;
  const tooMany = upper - lower > mostRounds;
  refuse(
    "SW_VALUE",
    "foriLoop",
    tooMany ? `foriLoop: has ${upper - lower} rounds, but may have ${mostRounds} at most` : undefined,
  );
  const start = [b.scalar(lower, "int32"), ...nodesOf(initial, "foriLoop")];
  const { carried } = along(
    { op: "foriLoop", xs: {}, axis: 0, reverse: false, start, rounds: upper - lower },
    ([index, ...carry]) => {
      const given = body(tensorOf<Tensor<[], "int32">>(index!), arrangeLike<C>(initial, carry));
      const next = nodesAlike(rounds, initial, checkTree("foriLoop", "the body", given));
      const after = calling("foriLoop", () => b.op("add", [index!, b.scalar(1, "int32")]));
      return { next: [after, ...next], outputs: [] };
    },
  );
  return arrangeLike<C>(initial, carried.slice(1));
}

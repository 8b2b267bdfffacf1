import fc from "fast-check";
import type { DType } from "../../../../src/ir/dtype.js";
import {
  alike,
  anyShape,
  axis,
  call,
  code,
  type Described,
  type Drawn,
  dtypes,
  flag,
  listOf,
  maybe,
  mostly,
  options,
  optionsOf,
  type Shape,
  shapeOf,
  some,
  tensor,
  tensors,
  values,
} from "../arguments.js";
import type { Argument } from "../program.js";

/** A function that gives what is computed outside of it, or a record of that. */
const giving = (parameters: string, result: Argument, isRecord = false): Argument => {
  return (scope) => {
    const given = result(scope);
    return isRecord ? `(${parameters}) => ({ v: ${given} })` : `(${parameters}) => ${given}`;
  };
};

/** A scalar of a dtype, mostly. */
const scalar = (dtype: Drawn<DType>): Drawn<Argument> =>
  tensors(mostly<Shape, Shape>(fc.constant([]), shapeOf(1, 2), 10), dtype);

/** Two tensors that are mostly alike. */
const pair: Drawn<readonly [Argument, Argument]> = fc
  .tuple(alike(anyShape), dtypes.any, mostly(fc.constant(undefined), dtypes.any, 12))
  .map(([[a, b], dtype, other]) => [tensor(a, dtype), tensor(b, other ?? dtype)]);

/** Whether each of two is a record: mostly as the other. */
const records: Drawn<readonly [boolean, boolean]> = mostly(
  some<readonly [boolean, boolean]>([false, false], [true, true]),
  some<readonly [boolean, boolean]>([true, false], [false, true]),
  9,
);

/** What is carried, and what is carried on: the same, or what is mostly like it. */
const carried: Drawn<readonly [initial: Argument, next: Argument]> = fc.oneof(
  pair,
  pair.map(([initial]) => [initial, code("_v")] as const),
);

/** What is gone along: a tensor, or a record of two, of which a step gives one. */
const along: Drawn<{ readonly xs: Argument; readonly one: string }> = fc.oneof(
  tensors(anyShape).map((xs) => ({ xs, one: "_x" })),
  pair.map(([a, b]) => ({ xs: options({ a, b }), one: "_x.b" })),
);

/** Loops and choices. Their functions are given what is computed outside, or give what they are given. */
export const control: Described = {
  cond: fc
    .tuple(scalar(dtypes.bool), pair, records)
    .map(([predicate, [a, b], [one, other]]) => call("cond", [predicate, giving("", a, one), giving("", b, other)])),
  switchCase: fc
    .tuple(scalar(dtypes.integer), pair, flag)
    .map(([index, [a, b], isRecord]) =>
      call("switchCase", [index, listOf([a, b].map((way) => giving("", way, isRecord)))]),
    ),
  scan: fc
    .tuple(along, carried, optionsOf({ axis: values(maybe(axis)), reverse: values(maybe(flag)) }))
    .map(([{ xs, one }, [initial, next], how]) =>
      call("scan", [xs, initial, (scope) => `(_v, _x) => ({ carry: ${next(scope)}, output: ${one} })`, how]),
    ),
  map: fc
    .tuple(along, optionsOf({ axis: values(maybe(axis)) }))
    .map(([{ xs, one }, how]) => call("map", [code(`(_x) => ${one}`), xs, how])),
  foriLoop: fc
    .tuple(values(some(0, 1, -2)), values(some(3, 2, 10)), carried)
    .map(([lower, upper, [initial, next]]) => call("foriLoop", [lower, upper, giving("_, _v", next), initial])),
  whileLoop: fc
    .tuple(scalar(dtypes.bool), carried, optionsOf({ maximumIterations: values(maybe(some(5, 1))) }))
    .map(([answer, [initial, next], how]) =>
      call("whileLoop", [giving("_v", answer), giving("_v", next), initial, how]),
    ),
};

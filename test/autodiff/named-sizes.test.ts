import { describe, expect, test } from "vitest";
import {
  broadcastTo,
  concat,
  constant,
  dot,
  gradients,
  input,
  jvp,
  pad,
  reshape,
  slice,
  square,
  subtract,
  sum,
  type Tensor,
} from "../../compiler/language.js";
import { openFunction } from "../../runtime/index.js";
import type { Dim } from "../../src/types/dim.js";
import { testedBackends } from "../support/backends.js";

// Derivatives of what is cut, padded and joined by named sizes: those of the same program with numbers in place of names.

type Matrix = Tensor<any>;
type Program = (x: Matrix, y: Matrix, n: Dim, m: Dim) => Matrix;

const programs: Record<string, Program> = {
  "concat of n and m": (x, y) => concat([x, y], 0),
  "concat of itself": (x) => concat([x, x], 0),
  "concat with one row": (x) => concat([x, constant([[1, 2]])], 0),
  "concat around another": (x, y) => concat([x, y, x], 0),
  "m of n rows": (x, _, __, m) => slice(x, [0, 0], [m, 2]),
  "one row from m on": (x, _, __, m) => slice(x, [m, 0], [1, 2]),
  "rows from 1 on": (x) => slice(x, [1, 0], [-1, 2]),
  "rows of rows": (x) => slice(slice(x, [1, 0], [-1, 2]), [1, 0], [-1, 2]),
  "pad by m": (x, _, __, m) =>
    pad(x, [
      [m, 0],
      [0, 0],
    ]),
  "pad by m and n": (x, _, n, m) =>
    pad(x, [
      [m, n],
      [0, 0],
    ]),
  "pad and cut again": (x, _, n) =>
    slice(
      pad(x, [
        [1, 1],
        [0, 0],
      ]),
      [1, 0],
      [n, 2],
    ),
  "all in one row": (x) => reshape(x, [-1]),
  "last row first": (x) => concat([slice(x, [1, 0], [-1, 2]), slice(x, [0, 0], [1, 2])], 0),
  "outer product": (x, y) => dot(reshape(x, [-1, 1]), reshape(y, [1, -1])),
  "differences of rows": (x, _, n) =>
    subtract(slice(x, [1, 0], [-1, 2]), slice(x, [0, 0], [typeof n === "number" ? n - 1 : `${n}-1`, 2])),
};

const total = (h: Matrix) => sum(square(h)) as Tensor<[]>;
const slope = (y: Tensor<[]>, x: Matrix): Matrix => gradients(y, { x }).x;

/** What is asked of each program. */
const questions: Record<string, (f: Program, x: Matrix, y: Matrix, n: Dim, m: Dim) => Matrix> = {
  value: (f, ...at) => f(...at),
  gradient: (f, ...at) => slope(total(f(...at)), at[0]),
  "gradient of the gradient": (f, ...at) => slope(total(slope(total(f(...at)), at[0])), at[0]),
  "derivative along ones": (f, x, y, n, m) => jvp(f(x, y, n, m), { x }, { x: broadcastTo(constant(1), [n, 2]) }),
  "gradient by the result": (f, ...at) => {
    const h = f(...at);
    return slope(total(h), h);
  },
};

const data = {
  x: [
    [1, 2],
    [3, 4],
    [5, 6],
  ],
  y: [
    [7, 8],
    [9, 10],
  ],
};

async function answers(program: Program, backend: "reference" | (typeof testedBackends)[number], n: Dim, m: Dim) {
  const f = await openFunction(
    { x: input([n, 2]), y: input([m, 2]) },
    ({ x, y }) => Object.fromEntries(Object.entries(questions).map(([name, ask]) => [name, ask(program, x, y, n, m)])),
    { backend },
  );
  const results = await f(data);
  f.dispose();
  return results;
}

describe.each(["reference" as const, ...testedBackends])("with named sizes on %s", (backend) => {
  test.each(Object.entries(programs))("%s", async (_, program) => {
    expect(await answers(program, backend, "n", "m")).toEqual(await answers(program, "reference", 3, 2));
  });
});

test("a difference of rows by hand", async () => {
  const results = await answers(programs["differences of rows"]!, "reference", "n", "m");
  // Σ (xᵢ₊₁ - xᵢ)² by x: every difference is 2, so the first row is drawn by -4, the last by 4.
  expect([...results.gradient!.data]).toEqual([-4, -4, 0, 0, 4, 4]);
});

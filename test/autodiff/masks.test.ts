import { describe, expect, test } from "vitest";
import {
  constant,
  divide,
  gradients,
  greater,
  i1,
  input,
  log,
  maximum,
  multiply,
  pow,
  relu,
  relu6,
  select,
  sqrt,
  square,
  subtract,
  sum,
  type Tensor,
} from "../../compiler/language.js";
import { openFunction } from "../../runtime/openFunction.js";
import { testedBackends } from "../support/backends.js";

type Vector = Tensor<[3]>;
const zero = constant(0);
const slope = (f: (x: Vector) => Tensor<any>) => (x: Vector) => gradients(sum(f(x)) as Tensor<[]>, { x }).x;

/** What select hides, and what it shows, of x = 4, -1, 0. */
const hidden: Readonly<Record<string, [f: (x: Vector) => Tensor<any>, wanted: number[]]>> = {
  "log x": [(x) => select(greater(x, zero), log(x), zero), [Math.log(4), 0, 0]],
  "1 / x": [(x) => select(greater(x, zero), divide(constant(1), x), zero), [0.25, 0, 0]],
  "1 / (max(x, 1e-30) · max(x, 2e-30))": [
    (x) => {
      const [left, right] = [maximum(x, constant(1e-30)), maximum(x, constant(2e-30))];
      return select(greater(x, zero), divide(constant(1), multiply(left, right)), zero);
    },
    [0.0625, 0, 0],
  ],
  "(1e20 · (x - 4))², which overflows": [
    (x) => select(greater(x, zero), square(multiply(subtract(x, constant(4)), constant(1e20))), zero),
    [0, 0, 0],
  ],
  "the gradient of select(x > 0, (1e20 · (x - 4))², 0)": [
    slope((x) => select(greater(x, zero), square(multiply(subtract(x, constant(4)), constant(1e20))), zero)),
    [0, 0, 0],
  ],
  "the gradient of √relu(x)": [slope((x) => sqrt(relu(x))), [0.25, 0, 0]],
  "the gradient of relu(x)^0.5": [slope((x) => pow(relu(x), constant(0.5))), [0.25, 0, 0]],
  "the gradient of √relu6(x)": [slope((x) => sqrt(relu6(x))), [0.25, 0, 0]],
  "the gradient of √relu6(2x), above 6 and below 0": [slope((x) => sqrt(relu6(divide(x, constant(0.5))))), [0, 0, 0]],
};

/** What SciPy's `ivp(1, x, n)` gives. */
const derivativesOfI1 = [
  [3.5630025133974885, 0.5476947599595309],
  [3.2049660704259595, -0.19408200703541983],
];

test.each([...testedBackends, "reference" as const])(
  "derivatives of i1 are infinite where it is, on %s",
  async (backend) => {
    const once = (x: Tensor<[4]>) => gradients(sum(i1(x)), { x }).x;
    const opened = await openFunction(
      { x: input([4]) },
      ({ x }) => ({ first: once(x), second: gradients(sum(once(x)), { x }).x }),
      { backend },
    );
    const { first, second } = await opened({ x: [3, -0.5, 100, -100] });
    opened.dispose();
    for (const [i, { data }] of [first, second].entries()) {
      derivativesOfI1[i]!.forEach((value, at) => {
        expect(data[at]).toBeCloseTo(value, 5);
      });
    }
    expect([...first.data.slice(2)]).toEqual([Infinity, Infinity]);
    expect([...second.data.slice(2)]).toEqual([Infinity, -Infinity]);
  },
);

describe.each([...testedBackends, "reference" as const])("what is not chosen does not count on %s", (backend) => {
  test.each(Object.entries(hidden))("%s", async (_, [f, wanted]) => {
    const opened = await openFunction({ x: input([3]) }, ({ x }) => ({ y: f(x) }), { backend });
    const { y } = await opened({ x: [4, -1, 0] });
    wanted.forEach((value, i) => {
      expect(y.data[i]).toBeCloseTo(value, 6);
    });
    opened.dispose();
  });
});

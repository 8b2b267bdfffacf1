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

/** What SciPy's `ivp(1, x, n)` gives of n = 1, 2, … */
const derivativesOfI1 = [
  [3.5630025133974885, 0.5476947599595309, 0.5, 0.5000001875000131, 0.6966397491143654, 0.7052280978557484],
  [3.2049660704259595, -0.19408200703541983, 0, 0.0003750000520833356, 0.42399945938634165, 0.43485942623212176],
  [2.9936165879066023, 0.4147799393105973, 0.375, 0.3750001562500115, 0.5394119256766479, 0.5466154119201239],
  [2.7764797999479787, -0.16201105230782678, 0, 0.00031250004557291865, 0.35558687821109447, 0.3647828380011812],
];

test.each([...testedBackends, "reference" as const])(
  "derivatives of i1 are as exact at 0 and beside it, and infinite where it is, on %s",
  async (backend) => {
    const derivative = (x: Tensor<[8]>, n: number): Tensor<[8]> =>
      n === 0 ? i1(x) : gradients(sum(derivative(x, n - 1)), { x }).x;
    const opened = await openFunction(
      { x: input([8]) },
      ({ x }) => ({ 1: derivative(x, 1), 2: derivative(x, 2), 3: derivative(x, 3), 4: derivative(x, 4) }),
      { backend },
    );
    const found = await opened({ x: [3, -0.5, 0, 1e-3, 0.99, 1.01, 100, -100] });
    opened.dispose();
    for (const [i, { data }] of [found[1], found[2], found[3], found[4]].entries()) {
      derivativesOfI1[i]!.forEach((value, at) => {
        expect(Math.abs(data[at]! - value), `derivative ${i + 1} of number ${at}`).toBeLessThan(1e-5);
      });
    }
    expect([...found[1].data.slice(6)]).toEqual([Infinity, Infinity]);
    expect([...found[2].data.slice(6)]).toEqual([Infinity, -Infinity]);
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

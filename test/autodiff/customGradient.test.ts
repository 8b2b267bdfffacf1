import { describe, expect, test } from "vitest";
import {
  add,
  constant,
  customGradient,
  exp,
  gradients,
  input,
  jvp,
  log,
  maximum,
  minimum,
  multiply,
  neg,
  ones,
  sigmoid,
  square,
  stopGradient,
  subtract,
  sum,
  type Tensor,
  tanh,
  variable,
} from "../../compiler/language.js";
import { optimize } from "../../compiler/pipeline.js";
import { verify } from "../../compiler/verify.js";
import { openFunction } from "../../runtime/index.js";
import { makeGraph } from "../../src/ir/graph.js";
import { nodeOf } from "../../src/ir/node.js";
import { testedBackends } from "../support/backends.js";

const graphOf = (y: Tensor<any>) => makeGraph("f", { y: nodeOf(y) }, [], new Map());

/** log(1 + eˣ), with the gradient sigmoid(x) instead of eˣ / (1 + eˣ). */
function softplus<const N extends string>(x: Tensor<[N]>) {
  return customGradient(
    { x },
    (at) => log(add(exp(at.x), constant(1))),
    ({ inputs, dy }) => ({ x: multiply(dy, sigmoid(inputs.x)) }),
  );
}

describe.each([...testedBackends, "reference" as const])("on %s", (backend) => {
  test("the rule is taken in place of the ops', and differentiated in its turn", async () => {
    const f = await openFunction(
      { x: input(["n"]) },
      ({ x }) => {
        const y = softplus(x);
        const { x: first } = gradients(sum(y), { x });
        const { x: second } = gradients(sum(first), { x });
        return { y, first, second, pushed: jvp(y, { x }, { x }) };
      },
      { backend },
    );
    const { y, first, second, pushed } = await f({ x: [0, 50, 100] });
    const s = [0.5, 1 / (1 + Math.exp(-50)), 1];
    // e¹⁰⁰ is ∞ in float32, and ∞ / ∞ is no number: the ops' own gradient would be NaN.
    expect(y.data[0]).toBeCloseTo(Math.LN2, 6);
    s.forEach((value, i) => {
      expect(first.data[i]).toBeCloseTo(value, 6);
      expect(second.data[i]).toBeCloseTo(value * (1 - value), 6);
      expect(pushed.data[i]).toBeCloseTo(value * [0, 50, 100][i]!, 4);
    });
    f.dispose();
  });

  test("a single tensor, a list, and a gradient that is clipped on its way", async () => {
    const f = await openFunction(
      { x: input([3]), y: input([3]) },
      ({ x, y }) => {
        const clipped = customGradient(
          x,
          (at) => at,
          ({ dy }) => minimum(maximum(dy, constant(-1)), constant(1)),
        );
        const product = customGradient(
          [x, y],
          ([p, q]) => multiply(p, q),
          ({ inputs: [p, q], output, dy }) => [multiply(dy, add(q, multiply(output, constant(0)))), multiply(dy, p)],
        );
        return {
          clipped: gradients(sum(multiply(clipped, constant([0.5, 7, -9]))), x),
          ...gradients(sum(square(product)), { x, y }),
        };
      },
      { backend },
    );
    const { clipped, x, y } = await f({ x: [1, 2, 3], y: [4, 5, 6] });
    expect([...clipped.data]).toEqual([0.5, 1, -1]);
    // d(xy)² = 2xy·y, 2xy·x
    expect([...x.data]).toEqual([32, 100, 216]);
    expect([...y.data]).toEqual([8, 40, 108]);
    f.dispose();
  });
});

test("the output's own derivative, where the rule uses it, is the rule's", async () => {
  const f = await openFunction(
    { x: input(["n"]) },
    ({ x }) => {
      // tanh with the rule dy · (1 - y²): the second derivative is -2y(1 - y²).
      const y = customGradient(
        { x },
        (at) => tanh(at.x),
        ({ output, dy }) => ({ x: multiply(dy, subtract(constant(1), square(output))) }),
      );
      const { x: first } = gradients(sum(y), { x });
      return gradients(sum(first), { x });
    },
    { backend: "reference" },
  );
  const y = Math.tanh(0.7);
  expect((await f({ x: [0.7] })).x.data[0]).toBeCloseTo(-2 * y * (1 - y * y), 5);
});

test("stopGradient holds its value constant: nothing flows, and nothing is left of it after simplification", async () => {
  const f = await openFunction(
    { x: input(["n"]) },
    ({ x }) => ({ dx: gradients(sum(multiply(x, stopGradient(square(x)))), { x }).x }),
    { backend: "reference" },
  );
  expect([...(await f({ x: [3] })).dx.data]).toEqual([9]);
  expect(f.graph.toString()).not.toContain("stopGradient");
});

test("after simplification a custom gradient is its value alone, as an output too", () => {
  const x = input(["n"]);
  const graph = verify(optimize(graphOf(softplus(x))));
  expect(graph.nodes.map(({ op }) => op)).toEqual(["input", "exp", "constant", "add", "log"]);
  const same = customGradient(
    x,
    (at) => at,
    ({ dy }) => neg(dy),
  );
  expect(optimize(graphOf(same)).outputs.y).toBe(nodeOf(x));
});

describe("refused", () => {
  const x = input(["batch", 2]);
  const W = variable("W", [2], ones());

  test("a variable or an input that the gradient would not reach", () => {
    const rule = ({ dy }: { dy: Tensor<["batch", 2]> }) => dy;
    expect(() => customGradient(x, (at) => multiply(at, W), rule)).toThrow(
      'customGradient: forward depends on the variable "W", which is not among the inputs: no gradient would reach it; list it, or hold it constant with stopGradient()',
    );
    expect(() => customGradient(x, (at) => add(at, tanh(input([2]))), rule)).toThrow(
      "customGradient: forward depends on an input [2], which is not among the inputs",
    );
    expect(customGradient(x, (at) => multiply(at, stopGradient(W)), rule).shape).toEqual(["batch", 2]);
  });

  test("a gradient that is missing", () => {
    const y = customGradient(
      { x, W },
      (at) => multiply(at.x, at.W),
      ({ dy }) => ({ x: dy }) as never,
    );
    expect(() => gradients(sum(y as Tensor<any>), { x })).toThrow('customGradient: the rule gives no gradient of "W"');
  });
});

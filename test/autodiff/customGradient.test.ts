import { describe, expect, test } from "vitest";
import {
  add,
  compile,
  constant,
  customGradient,
  type Dim,
  dot,
  exp,
  gradients,
  input,
  jvp,
  log,
  maximum,
  meanSquaredError,
  minimum,
  model,
  multiply,
  neg,
  ones,
  sgd,
  sigmoid,
  square,
  stopGradient,
  subtract,
  sum,
  type Tensor,
  tanh,
  variable,
} from "../../compiler/language.js";
import { optimize, pipeline } from "../../compiler/pipeline.js";
import { verify } from "../../compiler/verify.js";
import { open, openFunction } from "../../runtime/index.js";
import { array } from "../../src/ir/array.js";
import { type Graph, makeGraph } from "../../src/ir/graph.js";
import { nodeOf } from "../../src/ir/node.js";
import { testedBackends } from "../support/backends.js";
import { expectClose } from "../support/close.js";
import { callReference } from "../support/computation.js";

const graphOf = (y: Tensor<any>) => makeGraph("f", { y: nodeOf(y) }, [], new Map());

/** log(1 + eˣ), with the gradient sigmoid(x) instead of eˣ / (1 + eˣ). */
function softplus<const N extends Dim>(x: Tensor<[N]>) {
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
  const cube = customGradient(
    x,
    (at) => multiply(at, square(at)),
    ({ dy }) => dy,
  );
  const graph = verify(optimize(graphOf(cube)));
  expect(graph.nodes.map(({ op }) => op)).toEqual(["input", "square", "multiply"]);
  const same = customGradient(
    x,
    (at) => at,
    ({ dy }) => neg(dy),
  );
  expect(optimize(graphOf(same)).outputs.y).toBe(nodeOf(x));
});

test("every pass leaves what both compute as it is", () => {
  const x = input([3]);
  const y = multiply(softplus(x), stopGradient(square(x)));
  const { x: dx } = gradients(sum(y), { x });
  const graph = makeGraph("f", { y: nodeOf(y), dx: nodeOf(dx) }, [], new Map());
  const run = (call: Graph) =>
    callReference({ inputs: new Map([["x0", nodeOf(x)]]), variables: new Map(), call }, [
      array(new Float32Array([-1, 0.5, 2]), [3]),
    ]);
  const wanted = run(graph);
  for (const pass of pipeline) {
    // `stabilize` puts log(1 + eˣ) another way, which rounds otherwise.
    const found = run(verify(pass.run(graph)));
    for (const name of ["y", "dx"]) expectClose(found[name]!, wanted[name]!, 1e-6, pass.name);
  }
});

test("in compiled training the rule is what moves the weights, and what is stopped moves none", async () => {
  const frozen = variable("frozen", [2, 1], ones());
  const pushed = variable("pushed", [2, 1], ones());
  const line = model({ p: input(["batch", 2]) }, ({ p }) => {
    const reversed = customGradient(
      { pushed },
      (at) => at.pushed,
      ({ dy }) => ({ pushed: neg(dy) }),
    );
    return add(dot(p, stopGradient(frozen)), dot(p, reversed));
  });
  const program = compile(line, { optimizer: sgd({ learningRate: 0.25 }), loss: meanSquaredError() });
  const session = await open(program, { backend: "reference" });
  await session.fit({ p: [[1, 2]] }, [[2]], { epochs: 1, verbose: "silent" });
  expect([...session.getWeight("frozen").data]).toEqual([1, 1]);
  // The output is 6, its loss's slope 2 · (6 - 2) = 8, and the step -0.25 · -8 · p.
  expect([...session.getWeight("pushed").data]).toEqual([3, 5]);
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
    const z = customGradient(x, tanh, () => undefined as never);
    expect(() => gradients(sum(z as Tensor<any>), { x })).toThrow("customGradient: the rule gives no gradient");
  });
});

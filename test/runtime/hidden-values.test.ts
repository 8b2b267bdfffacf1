import { describe, expect, test } from "vitest";
import {
  add,
  compile,
  constant,
  dense,
  greater,
  input,
  log,
  model,
  select,
  sgd,
  sparseCategoricalCrossentropy,
  type Tensor,
  zeros,
} from "../../compiler/language.js";
import { open } from "../../runtime/index.js";
import { array } from "../../src/ir/array.js";
import { testedBackends } from "../support/backends.js";

type Logits = Tensor<["batch", number]>;
const mask = constant([0, 0, Number.NEGATIVE_INFINITY]);

/** Logits of which two classes are as probable as each other, and what is not finite is not chosen, or masks a class. */
const nets: Readonly<Record<string, (x: Tensor<["batch", 2]>) => Logits>> = {
  "a logarithm that select hides": (x) =>
    add(
      dense(x, { units: 2, kernelInitializer: zeros(), useBias: false }),
      select(greater(x, constant(0)), log(x), constant(0)),
    ),
  "a class that -∞ masks": (x) => add(dense(x, { units: 3, kernelInitializer: zeros(), useBias: false }), mask),
};

describe.each([...testedBackends, "reference" as const])("the loss of a model on %s is ln 2", (backend) => {
  test.each(Object.entries(nets))("with %s", async (_, build) => {
    const net = model({ x: input(["batch", 2]) }, ({ x }) => build(x));
    const loss = sparseCategoricalCrossentropy({ fromLogits: true });
    const session = await open(compile(net, { optimizer: sgd(), loss }), { backend });
    const x = array(Float32Array.of(1, -1), [1, 2]);
    const { history } = await session.fit({ x }, Int32Array.of(0), { verbose: "silent" });
    expect(history.loss[0]).toBeCloseTo(Math.LN2, 5);
    expect((await session.evaluate({ x }, Int32Array.of(0))).loss).toBeLessThan(Math.LN2);
    session.dispose();
  });
});

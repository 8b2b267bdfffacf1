import { expect, test } from "vitest";
import { compilePrediction } from "../../compiler/compilePrediction.js";
import {
  activation,
  add,
  broadcastTo,
  compile,
  constant,
  dense,
  input,
  meanSquaredError,
  model,
  relu,
  reshape,
  scan,
  sgd,
  slice,
  type Tensor,
  tanh,
} from "../../compiler/language.js";
import { open } from "../../runtime/index.js";
import { generate, type NdArray } from "../../src/ir/array.js";
import { testedBackends } from "../support/backends.js";
import { expectClose } from "../support/close.js";

/** h := relu((h + x) · W + b), three times: in a loop of which each step calls a layer, or written out. */
function netOf(looped: boolean) {
  return model({ x: input(["batch", 3, 4]) }, ({ x }) => {
    const step = dense({ units: 4, activation: relu, name: "step" });
    const start = broadcastTo(constant(0), ["batch", 4]);
    const next = (state: Tensor<["batch", 4]>, place: Tensor<["batch", 4]>) => step(add(state, place));
    const places = [0, 1, 2].map((t) => reshape(slice(x, [0, t, 0], [-1, 1, -1]), ["batch", 4]));
    const last = looped
      ? scan(x, start, (state, place) => {
          const carry = next(state, place);
          return { carry, output: carry };
        }).carry
      : places.reduce(next, start);
    return dense(last, { units: 1 });
  });
}

test.each([...testedBackends, "reference"] as const)(
  "a layer that a step calls has its weights once, and trains as if written out, on %s",
  async (backend) => {
    const x = generate([6, 3, 4], "float32", (i) => Math.sin(i * 1.7));
    const y = generate([6, 1], "float32", (i) => Math.cos(i * 2.3));
    const trained = async (looped: boolean) => {
      const program = compile(netOf(looped), { optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError() });
      expect([...program.model.variables.keys()]).toEqual(["step/kernel", "step/bias", "dense/kernel", "dense/bias"]);
      const session = await open(program, { backend, seed: 2 });
      await session.fit({ x }, y, { epochs: 3, batchSize: 3, verbose: "silent" });
      const [kernel, prediction] = [session.getWeight("step/kernel"), await session.predict({ x })];
      session.dispose();
      return { kernel, prediction };
    };
    const [looped, writtenOut] = [await trained(true), await trained(false)];
    expectClose(looped.kernel as NdArray, writtenOut.kernel as NdArray, 1e-5);
    expectClose(looped.prediction as NdArray, writtenOut.prediction as NdArray, 1e-5);
  },
);

test("layers in a body are named there; the loop is of none of them", () => {
  const net = model({ x: input(["batch", "time", 4]) }, ({ x }) => {
    const { outputs } = scan(x, constant(0), (carry, place) => ({
      carry,
      output: activation(dense(place, { units: 2, name: "inner" }), tanh),
    }));
    return outputs;
  });
  const text = String(compilePrediction(net).call);
  expect(text).toMatch(/= scan\([^#\n]*\n/);
  expect(text).toContain("# inner");
});

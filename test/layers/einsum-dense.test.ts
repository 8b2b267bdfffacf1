import { describe, expect, test } from "vitest";
import {
  einsumDense,
  glorotUniform,
  gradients,
  input,
  model,
  multiply,
  sum,
  type Tensor,
  trainableVariables,
  varianceScaling,
} from "../../compiler/language.js";
import { openFunction } from "../../runtime/index.js";
import { array, type NdArray } from "../../src/ir/array.js";
import cases from "../fixtures/einsum-dense.json" with { type: "json" };
import { testedBackends } from "../support/backends.js";

interface Numbers {
  readonly shape: number[];
  readonly data: number[];
}

/** A weight that starts as Keras's is. */
const startingAs = ({ data }: Numbers) => ({ name: "given", sample: () => Float32Array.from(data) });

function expectNumbers(actual: NdArray, { shape, data }: Numbers, name: string): void {
  expect(actual.shape, name).toEqual(shape);
  for (const [i, wanted] of data.entries()) {
    const error = Math.abs((actual.data[i] as number) - wanted);
    expect(error, `${name}[${i}] is ${actual.data[i]}, wanted ${wanted}`).toBeLessThan(
      1e-5 * Math.max(1, Math.abs(wanted)),
    );
  }
}

describe.each(cases)("einsumDense with $options gives Keras's numbers", (of) => {
  test.each([...testedBackends, "reference"] as const)("and gradients on %s", async (backend) => {
    const [kernel, bias] = of.weights as [Numbers, Numbers?];
    const net = model({ x: input(of.x.shape as never) as Tensor<any> }, ({ x }) =>
      einsumDense(
        x as Tensor<any>,
        {
          ...of.options,
          kernelInitializer: startingAs(kernel),
          ...(bias && { biasInitializer: startingAs(bias) }),
        } as never,
      ),
    );
    const inputs = {
      x: input(of.x.shape as never) as Tensor<any>,
      weighed: input(of.weighed.shape as never) as Tensor<any>,
    };
    using f = await openFunction(
      inputs,
      ({ x, weighed }) => {
        const y = net.apply({ x } as never) as Tensor<any>;
        const loss = sum(multiply(y, weighed) as Tensor<any>) as Tensor<[]>;
        return { y, ...gradients(loss, { x, ...trainableVariables(net) }) } as Record<string, Tensor<any>>;
      },
      { backend },
    );
    const arrayOf = ({ shape, data }: Numbers) => array(Float32Array.from(data), shape);
    const { y, x, ...weights } = (await f({ x: arrayOf(of.x), weighed: arrayOf(of.weighed) } as never)) as Record<
      string,
      NdArray
    >;
    expectNumbers(y!, of.y, "y");
    expectNumbers(x!, of.dx, "dx");
    const found = Object.entries(weights).sort(([a], [b]) => (a < b ? 1 : -1));
    expect(found.map(([name]) => name)).toEqual(["einsumDense/kernel", "einsumDense/bias"].slice(0, of.weights.length));
    for (const [i, [name, value]] of found.entries()) expectNumbers(value, of.dweights[i]!, name);
  });
});

test.each(cases)("a kernel of $options starts within Keras's bound", ({ options, limit, x, weights }) => {
  const net = model({ x: input(x.shape as never) as Tensor<any> }, ({ x }) =>
    einsumDense(x as Tensor<any>, options as never),
  );
  const { initializer } = net.variables.get("einsumDense/kernel")!.attributes;
  const largest = { uniform: () => 1, normal: () => 0, integer: () => 0 };
  const start = initializer.sample(weights[0]!.shape, largest);
  expect(start[0]).toBeCloseTo(limit, 6);
  // And so it does in generated code.
  const { name, expression } = initializer;
  expect(name).toBe("glorotUniform");
  const makers = { glorotUniform, varianceScaling };
  const written = new Function(...Object.keys(makers), `return ${expression}`)(...Object.values(makers));
  expect(written.sample(weights[0]!.shape, largest)).toEqual(start);
});

test.each([
  [{ equation: "btc,cd->btd", outputShape: "8" }, 'einsumDense: outputShape is "8", but must be a positive integer'],
  [
    { equation: "btc,cd->btd", outputShape: [2.5, 8] },
    "einsumDense: outputShape is 2.5, but must be a positive integer",
  ],
  [{ equation: 3, outputShape: [8] }, "einsumDense: equation is 3, but must be a text that is not empty"],
  [{ equation: "btc,cd->btd" }, "einsumDense: outputShape is undefined, but must be a positive integer"],
])("%o is refused", (options, fault) => {
  expect(() => einsumDense(input(["batch", 3, 4]), options as never)).toThrow(fault);
});

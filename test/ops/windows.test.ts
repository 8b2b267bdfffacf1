import fc from "fast-check";
import { expect, test } from "vitest";
import type { NdArray } from "../../src/ir/array.js";
import type { Node } from "../../src/ir/node.js";
import { builder as b } from "../../src/ops/builder.js";
import { definitionOf } from "../../src/ops/registry.js";
import { ramp } from "../../src/ops/shared/ramp.js";
import {
  type ConvolutionAttributes,
  convolutionAttributes,
  type PoolAttributes,
} from "../../src/ops/shared/windows/attributes.js";
import { checkConvolution } from "../../src/ops/shared/windows/check-convolution.js";
import { checkPool } from "../../src/ops/shared/windows/check-pool.js";
import { scattered } from "../../src/ops/shared/windows/scattered.js";
import { loadOn, testedBackends } from "../support/backends.js";
import { expectClose } from "../support/close.js";
import { callReference, callWith, computationFor, inputsFor } from "../support/computation.js";

// Configurations beyond the ops' samples: every kind of window that an op takes, on every backend, against the reference.

interface Windows {
  readonly x: readonly number[];
  readonly size: readonly number[];
  readonly attributes: ConvolutionAttributes;
}

/** Sizes, strides, dilations and paddings of windows over so many axes, whether they fit or not. */
function windowsOver(rank: number): fc.Arbitrary<Windows> {
  const each = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: rank, maxLength: rank });
  const upTo = (most: number) => each(fc.integer({ min: 1, max: most }));
  const ones = fc.constant(new Array<number>(rank).fill(1));
  return fc
    .record({
      x: upTo(rank === 3 ? 4 : 7),
      size: upTo(3),
      steps: fc.oneof(
        fc.record({ strides: upTo(3), dilations: ones }),
        fc.record({ strides: ones, dilations: upTo(3) }),
      ),
      padding: fc.oneof(
        { arbitrary: fc.constantFrom("same" as const, "valid" as const), weight: 3 },
        { arbitrary: each(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 }))), weight: 1 },
      ),
      groups: fc.constantFrom(1, 1, 2, 3),
    })
    .map(({ x, size, steps, padding, groups }) => {
      return { x: [2, ...x], size, attributes: convolutionAttributes({ ...steps, padding, groups }) };
    });
}

/** Computes what several cases ask for on one backend, and compares. */
async function compare(backend: (typeof testedBackends)[number], cases: readonly [NdArray[], (x: Node[]) => Node[]][]) {
  const arrays = cases.flatMap(([inputs]) => inputs);
  const nodes = inputsFor(arrays);
  const unused = nodes.values();
  const outputs: Record<string, Node> = {};
  cases.forEach(([inputs, results], i) => {
    results(inputs.map(() => unused.next().value!)).forEach((node, j) => {
      const { attributes, inputs: operands } = node;
      outputs[`${i}.${j} ${node.op}(${operands.map(({ shape }) => `[${shape}]`)}) ${JSON.stringify(attributes)}`] =
        node;
    });
  });
  const computation = computationFor(nodes, outputs);
  const wanted = callReference(computation, arrays);
  const executable = await loadOn(backend, computation);
  try {
    const actual = callWith(executable, arrays);
    for (const [name, value] of Object.entries(wanted)) expectClose(actual[name]!, value, 2e-5, name);
  } finally {
    executable.dispose();
  }
}

/** How many cases there are at least of each kind; a long run is asked for by SHAPEWRIGHT_WINDOWS=250. */
const count = Number(process.env.SHAPEWRIGHT_WINDOWS ?? 30);

for (const rank of [1, 2, 3]) {
  const drawn = fc.sample(windowsOver(rank), { seed: 7 * rank, numRuns: 2 * count });
  test.each(testedBackends)(`convolutions over ${rank} axes and their gradients on %s`, async (backend) => {
    const cases = drawn.flatMap(({ x, size, attributes }, i): [NdArray[], (x: Node[]) => Node[]][] => {
      const { groups = 1 } = attributes;
      const [channels, filters] = [groups * (1 + (i % 2)), groups * (1 + (i % 3))];
      const [image, filter] = [ramp([...x, channels]), ramp([...size, channels / groups, filters])];
      if (checkConvolution("conv", image.shape, filter.shape, attributes) !== undefined) return [];
      const results = ([a, f, bias]: Node[]) => {
        const y = b.op("convolution", [a!, f!], attributes);
        const dy = b.op("multiply", [y, b.scalar(0.5)]);
        return [
          y,
          b.op("affineConvolution", [a!, f!, bias!], { ...attributes, activation: "relu" }),
          b.op("convolutionBackpropInput", [dy, f!], { ...attributes, inputShape: a!.shape }),
          b.op("convolutionBackpropFilter", [a!, dy], { ...attributes, filterShape: f!.shape }),
        ];
      };
      return [[[image, filter, ramp([filters])], results]];
    });
    expect(cases.length).toBeGreaterThan(count);
    await compare(backend, cases);
  });

  test.each(testedBackends)(`pools over ${rank} axes and their derivatives on %s`, async (backend) => {
    const cases = drawn.flatMap(({ x, size, attributes }, i): [NdArray[], (x: Node[]) => Node[]][] => {
      const pool: PoolAttributes = { poolSize: size, strides: attributes.strides, padding: attributes.padding };
      const image = scattered([...x, 1 + (i % 3)], i);
      if (checkPool("pool", image.shape, pool) !== undefined) return [];
      const results = ([a, v]: Node[]) => {
        const [largest, mean] = [b.op("maxPool", [a!], pool), b.op("averagePool", [a!], pool)];
        const dy = b.op("tanh", [mean]);
        return [
          largest,
          mean,
          b.op("maxPoolGradient", [a!, largest, dy], pool),
          b.op("maxPoolGather", [a!, largest, v!], pool),
          b.op("averagePoolGradient", [dy], { ...pool, inputShape: a!.shape }),
        ];
      };
      return [[[image, ramp(image.shape)], results]];
    });
    expect(cases.length).toBeGreaterThan(count);
    await compare(backend, cases);
  });
}

test.each([
  [
    "without our own kernels, of which strides are left",
    false,
    ["StridedSlice [1,3,2,1]", "Conv2DBackpropFilter [1,1,1,1]"],
  ],
  ["with them, as it is", true, ["Conv2DBackpropFilter [1,3,2,1]"]],
])("oneDNN is asked for no gradient of a filter that passes over places: %s", (_, hasOwnKernels, wanted) => {
  const found: string[] = [];
  const ref = { node: "", output: 0 };
  const constant = (values: readonly number[]) => ({ node: `${values}`, output: 0 });
  const op = (name: string, inputs: { node: string }[], { strides }: { strides?: { ints: number[] } }) => {
    found.push(`${name} [${strides ? strides.ints : inputs.at(-1)!.node}]`);
    return ref;
  };
  const [x, dy] = inputsFor([ramp([2, 7, 5, 3]), ramp([2, 3, 3, 4])]);
  const node = b.op("convolutionBackpropFilter", [x!, dy!], {
    ...convolutionAttributes({ strides: [3, 2], padding: "same" }),
    filterShape: [1, 1, 3, 4],
  });
  definitionOf("convolutionBackpropFilter").tensorflow(
    { hasOwnKernels, op, constant, shape: constant } as never,
    [ref, ref],
    node as never,
  );
  expect(found).toEqual(wanted);
});

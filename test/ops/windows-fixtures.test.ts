import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { gradientNodes } from "../../compiler/autodiff/gradients.js";
import type { Computation } from "../../compiler/program.js";
import { array, elementCount, type NdArray } from "../../src/ir/array.js";
import type { Node } from "../../src/ir/node.js";
import { builder as b } from "../../src/ops/builder.js";
import { ramp } from "../../src/ops/shared/ramp.js";
import type { ConvolutionAttributes, PoolAttributes } from "../../src/ops/shared/windows/attributes.js";
import { scattered } from "../../src/ops/shared/windows/scattered.js";
import { loadOn, testedBackends } from "../support/backends.js";
import { expectClose } from "../support/close.js";
import { callReference, callWith, computationFor, inputsFor } from "../support/computation.js";

type Results = "y" | "dx" | "dFilter" | "ddx" | "ddFilter";

/** What test/fixtures/windows.py writes. */
type Fixture = { readonly [Name in Results]?: readonly number[] } & (
  | { readonly op: "convolution"; readonly x: number[]; readonly filter: number[]; attributes: ConvolutionAttributes }
  | { readonly op: "maxPool" | "averagePool"; readonly x: number[]; readonly attributes: PoolAttributes }
);

const fixtures: readonly Fixture[] = JSON.parse(
  readFileSync(new URL("../fixtures/windows.json", import.meta.url), "utf8"),
);

/** y, the gradients of loss = Σ tanh(y), and those of Σ v · dloss/dx. */
function derivatives(y: Node, inputs: readonly Node[], v: Node): Readonly<Record<string, Node>> {
  const sum = (x: Node) => b.op("sum", [x], { axes: x.shape.map((_, axis) => axis), keepDims: false });
  const first = gradientNodes(sum(b.op("tanh", [y])), inputs);
  const second = gradientNodes(sum(b.op("multiply", [first[0]!, v])), inputs);
  const [dx, dFilter] = first;
  const [ddx, ddFilter] = second;
  return { y, dx: dx!, ddx: ddx!, ...(dFilter && ddFilter && { dFilter, ddFilter }) };
}

async function callOn(
  backend: "reference" | (typeof testedBackends)[number],
  computation: Computation,
  arrays: readonly NdArray[],
): Promise<Record<string, NdArray>> {
  if (backend === "reference") return callReference(computation, arrays);
  const executable = await loadOn(backend, computation);
  try {
    return callWith(executable, arrays);
  } finally {
    executable.dispose();
  }
}

for (const backend of ["reference", ...testedBackends] as const) {
  test.each(fixtures.map((fixture, i) => [`${i}: ${fixture.op} of [${fixture.x}]`, fixture] as const))(
    `${backend} agrees with TensorFlow and PyTorch on %s`,
    async (_, fixture) => {
      const arrays = fixture.op === "convolution" ? [ramp(fixture.x), ramp(fixture.filter, 3)] : [scattered(fixture.x)];
      const direction = ramp(fixture.x, 5);
      const [v, ...inputs] = inputsFor([direction, ...arrays]);
      const y = b.op(fixture.op as "convolution", inputs, fixture.attributes);
      const outputs = derivatives(y, inputs, v!);
      const computation = computationFor([v!, ...inputs], outputs);
      const actual = await callOn(backend, computation, [direction, ...arrays]);
      for (const [name, node] of Object.entries(outputs)) {
        const wanted = fixture[name as Results];
        expect(wanted, name).toHaveLength(elementCount(node.shape as number[]));
        expectClose(actual[name]!, array(Float32Array.from(wanted!), node.shape as number[]), 1e-4, name);
      }
    },
  );
}

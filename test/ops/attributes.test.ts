import { describe, expect, test } from "vitest";
import {
  conv2d,
  dense,
  input,
  layerConfigs,
  maxPool2d,
  model,
  piecewiseConstantDecay,
  reshape,
  slice,
  transpose,
} from "../../compiler/language.js";
import { array } from "../../src/ir/array.js";
import { attributesKey, numbering } from "../../src/ir/attributes.js";
import { Body } from "../../src/ir/body.js";
import type { DType } from "../../src/ir/dtype.js";
import { makeGraph } from "../../src/ir/graph.js";
import { makeNode } from "../../src/ir/makeNode.js";
import { type Node, nodeOf, type OpName } from "../../src/ir/node.js";
import type { OpDefinition } from "../../src/ir/op.js";
import { builder } from "../../src/ops/builder.js";
import { inputOp } from "../../src/ops/input.js";
import { registry } from "../../src/ops/registry.js";
import { inputsFor } from "../support/computation.js";
import { samplesOf } from "../support/samples.js";

/** A value whose lists can be changed. */
function changeable(value: unknown): unknown {
  return Array.isArray(value) ? value.map(changeable) : value;
}

/** Changes all that can be changed of a list, and of lists in it. */
function spoil(value: unknown): void {
  if (!Array.isArray(value)) return;
  value.forEach(spoil);
  value.push("spoilt");
}

describe("what was given may be changed: a node keeps what it was made with", () => {
  const withAttributes = (Object.values(registry) as OpDefinition<OpName>[]).filter((definition) =>
    samplesOf(definition).some(({ attributes }) => Object.keys(attributes).length > 0),
  );

  test.each(withAttributes.map((definition) => [definition.name, definition] as const))("%s", (_, definition) => {
    for (const { inputs, attributes } of samplesOf(definition)) {
      const given = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, changeable(value)]));
      const number = numbering();
      const before = attributesKey(given, number);
      const node = makeNode(definition, inputsFor(inputs), given as typeof attributes);
      for (const name of Object.keys(given)) {
        spoil(given[name]);
        given[name] = "spoilt";
      }
      expect(attributesKey(node.attributes, number)).toBe(before);
    }
  });

  test("by the functions that users call", () => {
    const x = input(["batch", 4, 6, 3]);
    const [shape, begin, size, permutation, strides, sizes] = [
      ["batch", 72],
      [0, 0, 0, 0],
      ["batch", 2, 2, 1],
      [0, 2, 1, 3],
      [2, 3],
      ["batch", 5],
    ] as [(string | number)[], number[], (string | number)[], number[], [number, number], (string | number)[]];
    const nodes = [
      reshape(x, shape as never),
      slice(x, begin, size as never),
      transpose(x, permutation as never),
      maxPool2d(x, { poolSize: [1, 1], strides } as never),
      input(sizes as never),
    ].map((tensor) => nodeOf(tensor));
    const before = nodes.map(({ shape, attributes }) => JSON.stringify({ shape, attributes }));
    for (const list of [shape, begin, size, permutation, strides, sizes]) list.fill(1);
    expect(nodes.map(({ shape, attributes }) => JSON.stringify({ shape, attributes }))).toEqual(before);
  });

  test("by a schedule, whose steps are made later", () => {
    const [boundaries, values] = [
      [1, 2],
      [0.5, 0.25, 0],
    ];
    const { rate } = piecewiseConstantDecay(boundaries, values);
    const [steps] = inputsFor([array(new Float32Array([1]), [])]);
    const made = () => makeGraph("rate", { rate: rate(builder, steps!, {}) }, [], new Map()).toString();
    const before = made();
    boundaries.fill(7);
    values.fill(7);
    expect(made()).toBe(before);
  });

  test("by a layer that waits for its input", () => {
    const given = { filters: 2, kernelSize: [3, 3] as [number, number], strides: [1, 1] as [number, number] };
    const layer = conv2d(given);
    given.kernelSize[0] = 1;
    given.filters = 5;
    const net = model({ x: input(["batch", 8, 8, 1]) }, ({ x }) => layer(x));
    expect(net.output.shape).toEqual(["batch", 6, 6, 2]);
    expect(layerConfigs(net)[0]!.options).toEqual({ filters: 2, kernelSize: [3, 3], strides: [1, 1] });
    const options = { units: 3 };
    dense(options);
    expect(Object.isFrozen(options)).toBe(false);
  });
});

describe("two bodies have one text exactly when they compute the same of the same", () => {
  const body = (dtype: DType, result: (x: Node, y: Node) => Node[]) => {
    const parameters = ["x", "y"].map(() => makeNode(inputOp, [], { shape: [2], dtype }));
    return new Body(parameters, result(parameters[0]!, parameters[1]!));
  };
  const number = numbering();
  const key = (of: Body) => attributesKey({ body: of }, number);
  const sum = (x: Node, y: Node) => builder.op("add", [x, y]);

  test("parameters' dtypes count", () => {
    expect(key(body("float32", (x, y) => [sum(x, y)]))).toBe(key(body("float32", (x, y) => [sum(x, y)])));
    expect(key(body("float32", (x, y) => [sum(x, y)]))).not.toBe(key(body("int32", (x, y) => [sum(x, y)])));
  });

  test("which of the nodes are results counts, and in which order", () => {
    const texts = [
      body("float32", (x) => [x, x]),
      body("float32", (x, y) => [x, y]),
      body("float32", (x, y) => [y, x]),
      body("float32", (x, y) => [sum(x, y), x]),
      body("float32", (x, y) => [sum(x, y), y]),
      body("float32", (x, y) => [sum(x, y)]),
    ].map(key);
    expect(new Set(texts).size).toBe(texts.length);
  });
});

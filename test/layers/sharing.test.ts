import { describe, expect, test } from "vitest";
import {
  activation,
  array,
  attention,
  bidirectional,
  block,
  cast,
  compile,
  concat,
  conv2d,
  dense,
  dropout,
  flatten,
  heNormal,
  identity,
  input,
  layerConfigs,
  layerNormalization,
  lstm,
  meanSquaredError,
  model,
  multiHeadAttention,
  normalization,
  ones,
  relu,
  sequential,
  sgd,
  softmax,
  subtract,
} from "../../compiler/language.js";
import { predictionGraph } from "../../compiler/predictionGraph.js";
import { open } from "../../runtime/index.js";
import { printGraph } from "../../src/ir/print.js";
import { testedBackends } from "../support/backends.js";

const column = (values: number[]) => array(new Float32Array(values), [values.length, 1] as [number, 1]);
const pair = { a: input(["batch", 1]), b: input(["batch", 1]) };
const scale = () => dense({ units: 1, useBias: false, kernelInitializer: ones() });

describe("a layer that is called twice", () => {
  test("has its weights once, under one name", () => {
    const twins = model(pair, ({ a, b }) => {
      const shared = scale();
      return subtract(shared(a), shared(b));
    });
    expect([...twins.variables.keys()]).toEqual(["dense/kernel"]);
    const apart = model(pair, ({ a, b }) => subtract(scale()(a), scale()(b)));
    expect([...apart.variables.keys()]).toEqual(["dense/kernel", "dense_1/kernel"]);
  });

  test.each([...testedBackends, "reference" as const])("gets the gradient of both calls on %s", async (backend) => {
    const twins = model(pair, ({ a, b }) => {
      const shared = scale();
      return subtract(shared(a), shared(b));
    });
    const program = compile(twins, { optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError(), onWarning() {} });
    const session = await open(program, { backend });
    // y = w·(a - b) with w = 1, so dL/dw = mean of 2·(y - t)·(a - b) = (2·1·2 + 2·(-3)·(-1)) / 2 = 5.
    const data = { a: column([3, 1]), b: column([1, 2]) };
    await session.fit(data, column([1, 2]), { epochs: 1, batchSize: 2, verbose: "silent" });
    expect(session.getWeight("dense/kernel").data[0]).toBeCloseTo(1 - 0.1 * 5, 6);
    session.dispose();
  });

  test("says which sizes differ where the inputs do", () => {
    const layer = dense({ units: 3, name: "tower" });
    layer(input(["batch", 4]));
    expect(() => layer(input(["batch", 5]))).toThrow(
      'dense "tower": its kernel is [4, 3] since it was first called, but this input needs [5, 3]; ' +
        "a layer has its weights once: make another layer for another size",
    );
  });

  test("keeps the weights that came with it when a block is used twice", () => {
    const tower = block(dense({ units: 4, activation: relu }), dense({ units: 2 }));
    const net = model({ a: input(["batch", 3]), b: input(["batch", 3]) }, ({ a, b }) =>
      concat([tower(a), sequential(b, tower, activation(relu))], 1),
    );
    expect([...net.variables.keys()]).toEqual(["dense/kernel", "dense/bias", "dense_1/kernel", "dense_1/bias"]);
  });
});

describe("a model within a model", () => {
  const encoder = model({ x: input(["batch", 1]) }, ({ x }) => scale()(x));

  test("is applied with its own weights", () => {
    const twins = model(pair, ({ a, b }) => subtract(encoder.apply({ x: a }), encoder.apply({ x: b })));
    expect([...twins.variables.values()]).toEqual([...encoder.variables.values()]);
  });

  test.each([...testedBackends, "reference" as const])("computes on %s", async (backend) => {
    const both = model(pair, ({ a, b }) => concat([encoder.apply({ x: a }), encoder.apply({ x: b })], 1));
    const program = compile(both, { optimizer: sgd(), loss: meanSquaredError(), onWarning() {} });
    const session = await open(program, { backend });
    await session.setWeight("dense/kernel", array(new Float32Array([2]), [1, 1]));
    const { data } = await session.predict({ a: column([1, 2]), b: column([3, 4]) });
    expect([...data]).toEqual([2, 6, 4, 8]);
    session.dispose();
  });

  test("refuses what does not fit its inputs", () => {
    const apply = encoder.apply as (inputs: object) => unknown;
    expect(() => apply({})).toThrow('model: the input "x" is missing');
    expect(() => apply(pair.a)).toThrow("model: tensors are given by the inputs' names, as { x: … }, got a tensor");
    expect(() => apply({ x: pair.a, y: pair.b })).toThrow('model: no input is named "y"');
    expect(() => apply({ x: input(["batch", 2]) })).toThrow("model: x takes [batch, 1], got [batch, 2]");
    expect(() => apply({ x: input(["batch", 1], "int32") })).toThrow("model: x takes float32, got int32");
  });
});

describe("functions beside layers", () => {
  const x = input(["batch", 4]);

  test("stand for their activation", () => {
    const both = model({ x }, ({ x }) => sequential(x, dense({ units: 2 }), relu, block(softmax, dense({ units: 3 }))));
    const spelt = model({ x }, ({ x }) =>
      sequential(x, dense({ units: 2 }), activation(relu), block(activation(softmax), dense({ units: 3 }))),
    );
    expect(JSON.stringify(layerConfigs(both))).toBe(JSON.stringify(layerConfigs(spelt)));
    expect(printGraph(predictionGraph(both))).toBe(printGraph(predictionGraph(spelt)));
  });

  const apply = sequential as (...args: unknown[]) => unknown;
  const remedy =
    "not a layer; a layer is made by a call without its input, such as flatten() or reshape([-1, 8]), and a function gives a tensor of its input's shape, as relu does";
  test.each<[string, unknown]>([
    ["a function", () => undefined],
    ["a function", (t: typeof x) => dense(t, { units: 3 })],
    ["a function", (t: typeof x) => cast(t, "int32")],
    ["null", null],
    ["an object", [relu]],
    ["2", 2],
  ])("are refused where they are none: %s", (what, given) => {
    expect(() => apply(x, dense({ units: 2 }), given)).toThrow(`sequential: layer 2 is ${what}, ${remedy}`);
    expect(() => block(dense({ units: 2 }), given as typeof relu)(x)).toThrow(`block: layer 2 is ${what}, ${remedy}`);
  });

  test("are called once each, whatever they take", () => {
    const given: unknown[][] = [];
    const spread = (...args: (typeof x)[]) => {
      given.push(args);
      return relu(args[0]!);
    };
    expect(apply(x, spread, dense({ units: 2 }))).toMatchObject({ shape: ["batch", 2] });
    expect(given).toEqual([[x]]);
    const failing = (...args: (typeof x)[]) => {
      given.push(args);
      throw new Error("of the user");
    };
    expect(() => apply(x, failing)).toThrow("of the user");
    expect(given.length).toBe(2);
    for (const uncalled of [layerNormalization, dense, flatten, dropout]) {
      expect(() => apply(x, uncalled), uncalled.name).toThrow(`sequential: layer 1 is a function, ${remedy}`);
    }
  });

  test("are given float32", () => {
    expect(() => apply(cast(x, "int32"), relu)).toThrow("activation: takes float32, got int32; use cast() first");
  });
});

test("a model's layers can be written as JSON", () => {
  const net = model({ image: input(["batch", 8, 8, 1]) }, ({ image }) =>
    sequential(
      image,
      conv2d({ filters: 2, kernelSize: [3, 2], activation: relu, kernelInitializer: heNormal() }),
      flatten(),
      dropout(0.5, { name: "drop" }),
      dense({ units: 3, useBias: false }),
    ),
  );
  expect(JSON.parse(JSON.stringify(layerConfigs(net)))).toEqual([
    {
      kind: "conv2d",
      name: "conv2d",
      options: { filters: 2, kernelSize: [3, 2], activation: "relu", kernelInitializer: "heNormal()" },
    },
    { kind: "flatten", name: "flatten", options: {} },
    { kind: "dropout", name: "drop", options: { name: "drop", rate: 0.5 } },
    { kind: "dense", name: "dense", options: { units: 3, useBias: false } },
  ]);
});

test("a layer refuses arguments behind the last one that it reads", () => {
  const x = input(["batch", 3]);
  const refused: readonly [layer: unknown, args: unknown[], message: string][] = [
    [dense, [x, { units: 2 }, relu], "dense: takes 2 arguments (x, options), got 3"],
    [dense, [{ units: 2 }, { activation: relu }], "dense: takes one argument beside its input, got 2"],
    [dropout, [x, 0.5, {}, 7], "dropout: takes 3 arguments (x, rate, options), got 4"],
    [lstm, [{ units: 2 }, {}], "lstm: takes one argument beside its input, got 2"],
    [attention, [{}, {}], "attention: takes one argument beside its input, got 2"],
    [bidirectional, [lstm({ units: 2 }), {}, {}], "bidirectional: takes 2 arguments beside its input, got 3"],
    [normalization, [{}, {}], "normalization: takes one argument beside its input, got 2"],
  ];
  for (const [layer, args, message] of refused) {
    expect(() => (layer as (...args: unknown[]) => unknown)(...args)).toThrow(
      `${message}; what more is to be said stands in the options`,
    );
  }
});

test("options in front of the input are no layer that waits", () => {
  const x = input(["batch", 3, 2]);
  const refused: readonly [layer: unknown, options: object, message: string][] = [
    [
      dense,
      { units: 2, name: "first" },
      "dense: the options stand in front of the input; write dense(x, { units: …, name: … })",
    ],
    [lstm, { units: 2 }, "lstm: the options stand in front of the input; write lstm(x, { units: … })"],
    [identity, { name: "f" }, "identity: the options stand in front of the input; write identity(x, { name: … })"],
  ];
  for (const [layer, options, message] of refused) {
    expect(() => (layer as (...args: unknown[]) => unknown)(options, x)).toThrow(
      expect.objectContaining({ code: "SW_VALUE", message }),
    );
  }
});

test("a layer that waits takes one tensor: options beside it would do nothing", () => {
  const x = input(["batch", 3]);
  const layer = dense({ units: 2 }) as (...args: unknown[]) => { shape: unknown };
  const message = "dense: a layer that waits takes one tensor; say options where it is made, or dense(x, …) at once";
  for (const other of [{ units: 3 }, x, []]) {
    expect(() => layer(x, other)).toThrow(expect.objectContaining({ code: "SW_VALUE", message }));
  }
  expect([x].map(layer as never)).toMatchObject([{ shape: ["batch", 2] }]);
});

test.each([
  ["dense", () => dense(undefined as never, { units: 2 }), "undefined"],
  ["lstm", () => lstm(null as never, { units: 2 }), "null"],
  ["multiHeadAttention", () => multiHeadAttention(undefined as never, { numHeads: 2, keyDim: 2 }), "undefined"],
  ["dense", () => dense(array(new Float32Array(2), [1, 2]) as never, { units: 2 }), "an object"],
])("%s of an input that is missing, or is data, says so", (kind, build, found) => {
  expect(build).toThrow(
    expect.objectContaining({
      code: "SW_VALUE",
      message: `${kind}: takes a tensor, got ${found}; make one with input, variable or constant`,
    }),
  );
});

import { describe, expect, test } from "vitest";
import { graphCost } from "../../compiler/analysis/cost.js";
import {
  abs,
  add,
  array,
  broadcastTo,
  compile,
  compileLoss,
  cond,
  constant,
  dense,
  dropout,
  foriLoop,
  gather,
  gaussianNoise,
  gradients,
  greater,
  input,
  isTraining,
  logicalNot,
  map,
  mean,
  meanSquaredError,
  model,
  multiply,
  ones,
  randomBrightness,
  randomUniform,
  relu,
  scan,
  sgd,
  square,
  stepKey,
  subtract,
  sum,
  switchCase,
  type Tensor,
  tanh,
  whileLoop,
} from "../../compiler/language.js";
import { optimize } from "../../compiler/pipeline.js";
import { verify } from "../../compiler/verify.js";
import { hashGraph } from "../../runtime/build/hashGraph.js";
import { eager, open, openFunction } from "../../runtime/index.js";
import { generate } from "../../src/ir/array.js";
import { withinBodies } from "../../src/ir/body.js";
import { type Graph, makeGraph, topologicalOrder } from "../../src/ir/graph.js";
import { isOp, type Node, nodeOf } from "../../src/ir/node.js";
import type { TensorLike } from "../../src/ir/tensor.js";
import { testedBackends } from "../support/backends.js";

const backends = [...testedBackends, "reference"] as const;
const graphOf = (outputs: Record<string, TensorLike>, inputs: Record<string, TensorLike> = {}) =>
  makeGraph(
    "g",
    Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, nodeOf(tensor)])),
    [],
    new Map(Object.entries(inputs).map(([name, tensor]) => [nodeOf(tensor), name])),
  );

describe.each(backends)("on %s", (backend) => {
  test("the way that is not chosen does not run, in loops and with gradients neither", async () => {
    // gather fails at places that are not there; the loop in the other way would not end.
    const table = constant([1, 2, 3]);
    const f = await openFunction(
      { x: input(["n"]), i: input([], "int32") },
      ({ x, i }) => {
        const safe = () => multiply(gather(table, i), 1);
        const endless = () =>
          whileLoop(
            (v) => greater(v, -1),
            (v) => add(v, 1),
            mean(x),
          );
        const isThere = greater(3, i);
        const { outputs } = scan(
          x,
          constant(0),
          (total, place) => {
            const next = add(
              total,
              multiply(
                place,
                cond(isThere, safe, () => constant(10)),
              ),
            );
            return { carry: next, output: next };
          },
          { axis: 0 },
        );
        const y = cond(greater(sum(outputs), 1e30), endless, () => sum(outputs));
        return { y, dx: gradients(sum(outputs), { x }).x };
      },
      { backend },
    );
    const at = async (i: number) => {
      const { y, dx } = await f({ x: [1, 2], i: { shape: [], dtype: "int32", data: Int32Array.of(i) } });
      return [y.data[0], ...dx.data];
    };
    expect(await at(1)).toEqual([8, 4, 2]);
    expect(await at(7)).toEqual([40, 20, 10]);
    f.dispose();
  });

  test("layers in ways, with dropout, train as they do outside", async () => {
    const netOf = (chosen: boolean) =>
      model({ x: input(["batch", 4]) }, ({ x }) => {
        const wide = dense({ units: 6, activation: relu, name: "wide" });
        const one = dense({ units: 2, name: "one" });
        const dropped = () => one(dropout(wide(x), 0.5));
        return chosen ? cond(greater(mean(square(x)), -1), dropped, () => one(wide(x))) : dropped();
      });
    const x = generate([8, 4], "float32", (i) => Math.sin(i * 1.7));
    const y = generate([8, 2], "float32", (i) => Math.cos(i * 2.3));
    const trained = async (chosen: boolean) => {
      const program = compile(netOf(chosen), { optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError() });
      const session = await open(program, { backend, seed: 3 });
      await session.fit({ x }, y, { epochs: 2, batchSize: 4, verbose: "silent" });
      const { data } = await session.predict({ x });
      session.dispose();
      return [...data];
    };
    const [inside, outside] = [await trained(true), await trained(false)];
    inside.forEach((value, i) => {
      expect(value).toBeCloseTo(outside[i]!, 5);
    });
  });

  test("a choice by whether the step trains, in a loop too", async () => {
    const net = model({ x: input(["batch", 1]) }, ({ x }) => {
      const factor = () =>
        cond(
          isTraining(),
          () => constant(10),
          () => constant(1),
        );
      const looped = foriLoop(0, 2, (_, v) => multiply(v, factor()), x);
      const { y } = cond(
        logicalNot(isTraining()),
        () => ({ y: x, unread: tanh(x) }),
        () => ({ y: add(x, 1), unread: x }),
      );
      return dense(add(looped, y), { units: 1, kernelInitializer: ones(), useBias: false });
    });
    const program = compile(net, { optimizer: sgd({ learningRate: 1e-30 }), loss: meanSquaredError() });
    const choices = (graph: Graph) => withinBodies(optimize(graph).nodes).filter((node) => isOp(node, "cond"));
    expect([choices(program.train), choices(program.predict)]).toEqual([[], []]);
    const session = await open(program, { backend });
    const [x, y] = [array(Float32Array.of(2), [1, 1]), array(Float32Array.of(0), [1, 1])];
    const { history } = await session.fit({ x }, y, { epochs: 1, verbose: "silent" });
    expect(history.loss).toEqual([203 ** 2]);
    expect((await session.evaluate({ x }, y)).loss).toBe(16);
    expect([...(await session.predict({ x })).data]).toEqual([4]);
    session.dispose();
  });

  test("each round of a training loop draws anew, also of what is not the round's, and by a key from outside all draw the same", async () => {
    const many = constant(Array.from({ length: 64 }, () => 1));
    const photo = broadcastTo(constant(100), [1, 2, 2, 1]);
    const net = model({ x: input(["batch", 1]) }, ({ x }) => {
      const key = stepKey();
      const draws = {
        byKeyFromOutside: () => randomUniform(key, []),
        byKey: () => randomUniform(stepKey(), []),
        inDropout: () => sum(dropout(many, 0.5)),
        inNoise: () => sum(gaussianNoise(many, 1)),
        ofImage: () => sum(randomBrightness(photo, { factor: 0.2 })),
        inLoop: () => sum(map((one) => dropout(tanh(one), 0.5), many)),
        inChoice: () =>
          cond(
            isTraining(),
            () => sum(dropout(many, 0.5)),
            () => constant(0),
          ),
      };
      const apart = (draw: () => Tensor<[]>) => abs(foriLoop(0, 2, (_, v) => subtract(draw(), v), constant(0)));
      const reported = Object.entries(draws).map(([name, draw]) => [name, apart(draw)] as const);
      return { ...Object.fromEntries(reported), loss: dense(x, { units: 1, useBias: false }) };
    });
    const program = compileLoss(net, { optimizer: sgd() });
    expect(withinBodies(optimize(program.train).nodes).filter((node) => isOp(node, "cond"))).toEqual([]);
    const session = await open(program, { backend, seed: 5 });
    const { loss: _, ...apart } = await session.trainStep({ inputs: { x: array(Float32Array.of(1), [1, 1]) } });
    session.dispose();
    const isAnew = Object.entries(apart).map(([name, difference]) => [name, (difference as number) > 1e-4]);
    expect(isAnew).toEqual(Object.keys(apart).map((name) => [name, name !== "byKeyFromOutside"]));
    expect(isAnew).toHaveLength(7);
  });

  test("no rounds, as many as allowed, and records", async () => {
    const f = await openFunction(
      { n: input([], "int32") },
      ({ n }) => {
        const count = (options: { maximumIterations?: number }) =>
          whileLoop(
            ({ i }) => greater(n, i),
            ({ i, total }) => ({ i: add(i, 1), total: add(total, multiply(i, i)) }),
            { i: constant(0, "int32"), total: constant(0, "int32") },
            options,
          );
        return {
          free: count({}).total,
          bound: count({ maximumIterations: 3 }).total,
          none: foriLoop(5, 5, (_, v) => add(v, 1), n),
          fori: foriLoop(-1, 2, (i, v) => add(multiply(v, 2), i), n),
        };
      },
      { backend },
    );
    const at = async (n: number) => {
      const found = await f({ n: { shape: [], dtype: "int32", data: Int32Array.of(n) } });
      return Object.values(found).map(({ data }) => data[0]);
    };
    expect(await at(-2)).toEqual([0, 0, -2, -19]);
    expect(await at(2)).toEqual([1, 1, 2, 13]);
    expect(await at(5)).toEqual([30, 5, 5, 37]);
    f.dispose();
  });

  test("one of many branches, the first below 0 and the last above the last number", async () => {
    const f = await openFunction(
      { x: input([]), i: input([], "int32") },
      ({ x, i }) => {
        const branches = [0, 1, 2, 3, 4].map((factor) => () => ({ y: multiply(square(x), factor) }));
        const { y } = switchCase(i, [branches[0]!, ...branches.slice(1)]);
        return { y, dx: gradients(y, { x }).x };
      },
      { backend },
    );
    const found = [];
    for (const i of [-7, 0, 1, 2, 3, 4, 5, 1e9]) {
      const { y, dx } = await f({ x: 3, i: { shape: [], dtype: "int32", data: Int32Array.of(i) } });
      found.push([y.data[0], dx.data[0]]);
    }
    expect(found).toEqual([0, 0, 1, 2, 3, 4, 4, 4].map((factor) => [9 * factor, 6 * factor]));
    f.dispose();
  });

  test("along the nearest axis, where a round gives fewer than stand before it", async () => {
    const f = await openFunction(
      { x: input(["batch", 1, 1, 1, 2, 2]) },
      ({ x }) => ({
        first: map((place) => sum(place, { axis: [0, 1] }), x, { axis: -6 }),
        last: map((place) => sum(place), x, { axis: 4 }),
      }),
      { backend },
    );
    const { first, last } = await f({
      x: { shape: [2, 1, 1, 1, 2, 2], dtype: "float32", data: Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7) },
    });
    expect(first).toEqual({ shape: [2, 1, 2, 2], dtype: "float32", data: Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7) });
    expect(last).toEqual({ shape: [2], dtype: "float32", data: Float32Array.of(10, 18) });
    f.dispose();
  });

  test("a place of each of several tensors, along any axis", async () => {
    const f = await openFunction(
      { a: input(["batch", "time", 2]), b: input(["batch", "time"], "int32") },
      ({ a, b }) => {
        const one = (place: { a: Tensor<["batch", 2]>; b: Tensor<["batch"], "int32"> }) => ({
          twice: multiply(place.b, 2),
          total: sum(place.a, { axis: -1 }),
        });
        const { twice, total } = map(one, { a, b }, { axis: 1 });
        return { twice, total, last: map((place) => sum(place), a, { axis: -1 }) };
      },
      { backend },
    );
    const { twice, total, last } = await f({
      a: [
        [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
      ],
      b: { shape: [1, 3], dtype: "int32", data: Int32Array.of(1, 2, 3) },
    });
    expect([twice.shape, ...twice.data]).toEqual([[1, 3], 2, 4, 6]);
    expect([total.shape, ...total.data]).toEqual([[1, 3], 3, 7, 11]);
    expect([last.shape, ...last.data]).toEqual([[2], 9, 12]);
    f.dispose();
  });
});

describe("the graph of a choice and of a loop", () => {
  const x = input(["batch", 3]);
  const w = input([3]);
  const build = (factor: number) =>
    cond(
      greater(mean(x), 0),
      () => ({ y: multiply(tanh(x), w), unread: square(x) }),
      () => ({ y: multiply(x, factor), unread: x }),
    ).y;

  test("prints with both ways, without what is not read", () => {
    const graph = verify(optimize(graphOf({ y: build(2) }, { x, w })));
    expect(optimize(graph)).toBe(graph);
    expect(`${graph}`).toMatchInlineSnapshot(`
      "graph g {
        %x: float32[batch, 3] = input
        %1: float32[] = mean(%x) axes=[0,1]
        %2: bool[] = greater(%1, 0)
        %w: float32[3] = input
        %4: (float32[batch, 3]) = cond(%2, %x, %w)
          ifTrue {
            %0: float32[batch, 3] = input
            %1: float32[3] = input
            %2: float32[batch, 3] = tanh(%0)
            %3: float32[batch, 3] = multiply(%2, %1)
            return 0 = %3
          }
          ifFalse {
            %0: float32[batch, 3] = input
            %1: float32[3] = input
            %2: float32[batch, 3] = multiply(%0, 2)
            return 0 = %2
          }
        %5: float32[batch, 3] = result(%4) index=0
        return y = %5
      }"
    `);
  });

  test("prints a loop with its condition, and what the gradient alone would read goes away", () => {
    const found = whileLoop(
      (v) => greater(mean(v), 0),
      (v) => multiply(v, w),
      x,
      { maximumIterations: 5 },
    );
    const graph = verify(optimize(graphOf({ y: found }, { x, w })));
    expect(`${graph}`).toMatchInlineSnapshot(`
      "graph g {
        %x: float32[batch, 3] = input
        %w: float32[3] = input
        %2: (int32[], float32[batch, 3]) = whileLoop(0, %x, %w) carries=2 maximumIterations=5
          condition {
            %0: int32[] = input
            %1: float32[batch, 3] = input
            %2: float32[3] = input
            %3: float32[] = mean(%1) axes=[0,1]
            %4: bool[] = greater(%3, 0)
            %5: bool[] = less(%0, 5)
            %6: bool[] = logicalAnd(%4, %5)
            return 0 = %6
          }
          body {
            %0: int32[] = input
            %1: float32[batch, 3] = input
            %2: float32[3] = input
            %3: int32[] = add(%0, 1)
            %4: float32[batch, 3] = multiply(%1, %2)
            return 0 = %3
            return 1 = %4
          }
        %3: float32[batch, 3] = result(%2) index=1
        return y = %3
      }"
    `);
  });

  test("hashes by what its ways compute", () => {
    const hashOf = (factor: number) => hashGraph(graphOf({ y: build(factor) }, { x, w }));
    expect(hashOf(2)).toBe(hashOf(2));
    expect(hashOf(2)).not.toBe(hashOf(3));
  });

  test("costs the dearer way, and of a loop that a condition ends one round", () => {
    const sizes = new Map([["batch", 10]]);
    const flopsOf = (y: TensorLike) => graphCost(optimize(graphOf({ y })), sizes).flops;
    const asked = flopsOf(greater(mean(x), 0));
    // tanh and a product, 30 each; in the other way a product alone.
    expect(flopsOf(build(2)) - asked).toBe(60);
    const loop = whileLoop(
      (v) => greater(mean(v), 0),
      (v) => multiply(v, w),
      x,
    );
    expect(flopsOf(loop)).toBe(asked + 30);
  });

  test("what was made before a way, and weights, it reads from outside", () => {
    const before = tanh(x);
    const y = cond(
      greater(mean(x), 0),
      () => multiply(before, 2),
      () => multiply(tanh(w), before),
    );
    const nodes = optimize(graphOf({ y, before })).nodes;
    const [choice] = nodes.filter((node) => isOp(node, "cond"));
    expect(nodes.filter((node) => isOp(node, "tanh"))).toHaveLength(1);
    expect(choice!.inputs.map(({ op }) => op)).toEqual(["greater", "tanh", "input"]);
  });
});

test("the choices among many branches are nested as deep as halves of halves", () => {
  const x = input(["batch"]);
  const branches = Array.from({ length: 160 }, (_, i) => () => multiply(tanh(x), i));
  const depthOf = (nodes: readonly Node[]): number =>
    Math.max(
      0,
      ...topologicalOrder(nodes).map((node) =>
        isOp(node, "cond")
          ? 1 + Math.max(depthOf(node.attributes.ifTrue.results), depthOf(node.attributes.ifFalse.results))
          : 0,
      ),
    );
  const chosen = switchCase(input([], "int32"), [branches[0]!, ...branches.slice(1)]);
  expect(depthOf([nodeOf(chosen)])).toBe(8);
});

test("eager tensors choose and loop", async () => {
  using tf = await eager({ backend: "reference" });
  const x = constant([1, 2, 3]);
  const double = whileLoop(
    (v) => greater(50, sum(v)),
    (v) => multiply(v, 2),
    x,
  );
  expect([...tf.value(double).data]).toEqual([16, 32, 48]);
  expect([...tf.value(switchCase(constant(1, "int32"), [() => x, () => square(x)])).data]).toEqual([1, 4, 9]);
});

test("a loop without a bound has no gradient", () => {
  const x = input([]);
  const y = whileLoop(
    (v) => greater(v, 1),
    (v) => multiply(v, 0.5),
    x,
  );
  expect(() => gradients(y, { x })).toThrow(
    "whileLoop: is differentiated only where it is known how many rounds there are at most, for what is carried into each is kept; say { maximumIterations }",
  );
});

describe("a program without types is refused", () => {
  const x = input(["batch", 3]);
  const yes = greater(mean(x), 0);
  const any = (value: unknown): any => value;
  const refused: Record<string, () => unknown> = {
    "cond: ifTrue is a tensor, but must be a function": () => cond(yes, any(x), () => x),
    "cond: ifFalse is undefined, but must be a function": () => cond(yes, () => x, any(undefined)),
    "cond: the predicate is true, but must be a tensor": () =>
      cond(
        any(true),
        () => x,
        () => x,
      ),
    "cond: ifTrue returns null, but must return a tensor or a record of tensors": () =>
      cond(
        yes,
        () => any(null),
        () => x,
      ),
    'cond: ifFalse returns 3 as "a", but must return a tensor or a record of tensors': () =>
      cond(
        yes,
        () => ({ a: x }),
        any(() => ({ a: 3 })),
      ),
    "cond: ifTrue returns a Promise, but must return a tensor or a record of tensors": () =>
      cond(
        yes,
        any(async () => x),
        any(async () => x),
      ),
    "cond: ifFalse returns a Map, but must return a tensor or a record of tensors": () =>
      cond(
        yes,
        () => x,
        () => any(new Map([["a", x]])),
      ),
    "cond: ifTrue returns a record of nothing, but must return a tensor or a record of tensors, of at least one": () =>
      cond(
        yes,
        () => ({}),
        () => ({}),
      ),
    "switchCase: branch 0 returns a record of nothing, but must return a tensor or a record of tensors, of at least one":
      () => switchCase(input([], "int32"), [() => ({})]),
    "switchCase: branch 1 returns a Promise, but must return a tensor or a record of tensors": () =>
      switchCase(input([], "int32"), [() => x, any(async () => x)]),
    "whileLoop: what is carried at first is a Map, but must be a tensor or a record of tensors, of at least one": () =>
      whileLoop(
        () => yes,
        (v) => v,
        any(new Map([["a", x]])),
      ),
    "map: options are given as a record, got a Map": () => map((v) => v, x, any(new Map([["axis", 1]]))),
    "whileLoop: maximumIterations is 1.5, but must be a positive integer of int32": () =>
      whileLoop(
        () => yes,
        (v) => v,
        x,
        { maximumIterations: any(1.5) },
      ),
    "whileLoop: maximumIterations is 0, but must be a positive integer of int32": () =>
      whileLoop(
        () => yes,
        (v) => v,
        x,
        { maximumIterations: any(0) },
      ),
    "whileLoop: what is carried at first is null, but must be a tensor or a record of tensors, of at least one": () =>
      whileLoop(
        () => yes,
        (v) => v,
        any(null),
      ),
    "whileLoop: the condition returns true, but must return a tensor": () =>
      whileLoop(
        any(() => true),
        (v) => v,
        x,
      ),
    "foriLoop: the upper bound is 1.5, but must be an integer of int32": () => foriLoop(0, any(1.5), (_, v) => v, x),
    "foriLoop: has 4294967295 rounds, but may have 2147483647 at most": () =>
      foriLoop(-(2 ** 31), 2 ** 31 - 1, (_, v) => v, x),
    "map: the function returns an array, but must return a tensor or a record of tensors": () => map(() => any([x]), x),
    "map: a round gives no tensor, so there is nothing to compute": () => map(() => ({}), x),
    "map: axis 2 is out of range for [batch, 3] (rank 2: -2 to 1)": () => map((v) => v, any(x), { axis: 2 }),
    "switchCase: branches is [], but must be a list of functions, of at least one": () =>
      switchCase(input([], "int32"), any([])),
  };
  test.each(Object.keys(refused))("%s", (message) => {
    expect(refused[message]!).toThrow(message);
  });
});

test("what a loop's body is given is told where it is used outside", () => {
  const x = input([3]);
  let kept: unknown;
  const keep = <T>(value: T): T => {
    kept = value;
    return value;
  };
  foriLoop(0, 3, (_, carry) => keep(carry), x);
  expect(() => model({ x }, () => multiply(kept as typeof x, 2))).toThrow(
    expect.objectContaining({
      code: "SW_NAME",
      message:
        "model: the output depends on float32 [3] of a loop's body, which is known in its rounds alone; return it from the body: carried on, " +
        "or as an output",
    }),
  );
});

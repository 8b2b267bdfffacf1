import { describe, expect, test } from "vitest";
import { graphCost } from "../../compiler/analysis/cost.js";
import {
  add,
  broadcastTo,
  cast,
  concat,
  constant,
  dot,
  gradients,
  input,
  jvp,
  mean,
  model,
  multiply,
  reshape,
  scan,
  slice,
  square,
  sum,
  type Tensor,
  tanh,
} from "../../compiler/language.js";
import { optimize } from "../../compiler/pipeline.js";
import { verify } from "../../compiler/verify.js";
import { hashGraph } from "../../runtime/build/hashGraph.js";
import { eager, openFunction } from "../../runtime/index.js";
import { type NdArray, array as ndArray } from "../../src/ir/array.js";
import { makeGraph } from "../../src/ir/graph.js";
import { isOp, nodeOf } from "../../src/ir/node.js";
import { testedBackends } from "../support/backends.js";
import { callReference, computationFor } from "../support/computation.js";

const backends = [...testedBackends, "reference"] as const;

type Recurrence = (
  x: Tensor<["batch", "time", 3]>,
  start: Tensor<["batch", 2]>,
  W: Tensor<[3, 2]>,
  U: Tensor<[2, 2]>,
) => { last: Tensor<["batch", 2]>; all: Tensor<["batch", "time", 2]> };

/** h := tanh(x · W + h · U), as a loop. */
const looped: Recurrence = (x, start, W, U) => {
  const { carry, outputs } = scan(x, start, (h, place) => {
    const next = tanh(add(dot(place, W), dot(h, U)));
    return { carry: next, output: next };
  });
  return { last: carry, all: outputs };
};

const inputs = () => ({
  x: input(["batch", "time", 3]),
  start: input(["batch", 2]),
  W: input([3, 2]),
  U: input([2, 2]),
});

const numbers = (count: number, phase: number) =>
  Float32Array.from({ length: count }, (_, i) => Math.sin(i * 1.7 + phase));
const array = (shape: number[], phase: number) => ({
  shape,
  dtype: "float32" as const,
  data: numbers(
    shape.reduce((product, size) => product * size, 1),
    phase,
  ),
});
const data = { x: array([2, 4, 3], 0), start: array([2, 2], 1), W: array([3, 2], 2), U: array([2, 2], 3) };

/** The same in plain JavaScript. */
function expected() {
  const [x, W, U] = [data.x.data, data.W.data, data.U.data];
  let h = [...data.start.data];
  const all: number[] = Array(16);
  for (let t = 0; t < 4; t++) {
    h = h.map((_, i) => {
      const [row, unit] = [Math.floor(i / 2), i % 2];
      const ofX = [0, 1, 2].reduce((sum, k) => sum + x[row * 12 + t * 3 + k]! * W[k * 2 + unit]!, 0);
      return Math.tanh(ofX + [0, 1].reduce((sum, k) => sum + h[row * 2 + k]! * U[k * 2 + unit]!, 0));
    });
    for (const [i, value] of h.entries()) all[Math.floor(i / 2) * 8 + t * 2 + (i % 2)] = value;
  }
  return { last: h, all };
}

/** The same, written out: four steps by ops that are tested by themselves. */
const unrolled: Recurrence = (x, start, W, U) => {
  const all: Tensor<["batch", 1, 2]>[] = [];
  let h = start;
  for (let t = 0; t < 4; t++) {
    const place = reshape(slice(x, [0, t, 0], [-1, 1, -1]), ["batch", 3]);
    h = tanh(add(dot(place, W), dot(h, U)));
    all.push(reshape(h, ["batch", 1, 2]));
  }
  return { last: h, all: concat([all[0]!, all[1]!, all[2]!, all[3]!], 1) as never };
};

/** A loop within a loop, over the same sequence: what is within is carried on to the next place. */
const nested: Recurrence = (x, start, W, U) => {
  const { carry, outputs } = scan(x, start, (h, place) => {
    const inner = scan(x, h, (g, other) => {
      const next = tanh(add(dot(multiply(other, place), W), dot(g, U)));
      return { carry: next, output: multiply(next, h) };
    });
    return { carry: inner.carry, output: mean(inner.outputs, { axis: 1 }) };
  });
  return { last: carry, all: outputs };
};

const nestedUnrolled: Recurrence = (x, start, W, U) => {
  const places = [0, 1, 2, 3].map((t) => reshape(slice(x, [0, t, 0], [-1, 1, -1]), ["batch", 3]));
  let h = start;
  const all = places.map((place) => {
    let g = h;
    const products = places.map((other) => {
      g = tanh(add(dot(multiply(other, place), W), dot(g, U)));
      return multiply(g, h);
    });
    h = g;
    const total = products.reduce((sum, product) => add(sum, product));
    return reshape(multiply(total, constant(0.25)), ["batch", 1, 2]);
  });
  return { last: h, all: concat([all[0]!, all[1]!, all[2]!, all[3]!], 1) as never };
};

/** Derivatives of the first and second order, and a derivative forward, of a recurrence. */
function derivatives(recurrence: Recurrence) {
  return ({ x, start, W, U }: ReturnType<typeof inputs>) => {
    const { last, all } = recurrence(x, start, W, U);
    const loss = add(mean(square(last)), mean(tanh(multiply(all, all))));
    const first = gradients(loss, { x, start, W, U });
    const bent = add(
      add(sum(square(first.x)), sum(square(first.W))),
      add(sum(square(first.start)), sum(square(first.U))),
    );
    const second = gradients(bent, { x, start, W, U });
    const forward = jvp({ last, all }, { W, start }, { W: square(W), start: tanh(start) });
    return {
      ...Object.fromEntries(Object.entries(first).map(([name, value]) => [`d_${name}`, value])),
      ...Object.fromEntries(Object.entries(second).map(([name, value]) => [`dd_${name}`, value])),
      last,
      all,
      forwardLast: forward.last,
      forwardAll: forward.all,
    };
  };
}

const pairs = { "a loop": [looped, unrolled], "a loop within a loop": [nested, nestedUnrolled] } as const;

/** What the written-out form gives on the reference kernels: found once. */
const wanted = Object.fromEntries(
  Object.entries(pairs).map(([name, [, written]]) => [
    name,
    openFunction(inputs(), derivatives(written), { backend: "reference" }).then((f) => f(data)),
  ]),
);

function expectSame(actual: NdArray, expected: NdArray, what: string): void {
  expect(actual.shape, what).toEqual(expected.shape);
  for (const [i, value] of expected.data.entries())
    expect(actual.data[i], `${what}, element ${i}`).toBeCloseTo(value, 4);
}

describe.each(backends)("a scan on %s", (backend) => {
  test("gives what a loop gives", async () => {
    const f = await openFunction(inputs(), ({ x, start, W, U }) => looped(x, start, W, U), { backend });
    const { last, all } = await f(data);
    expected().last.forEach((value, i) => {
      expect(last.data[i]).toBeCloseTo(value, 5);
    });
    expected().all.forEach((value, i) => {
      expect(all.data[i]).toBeCloseTo(value, 5);
    });
    expect([last.shape, all.shape]).toEqual([
      [2, 2],
      [2, 4, 2],
    ]);
    f.dispose();
  });

  test.each(Object.keys(pairs) as (keyof typeof pairs)[])(
    "%s is differentiated as what is written out",
    async (name) => {
      const f = await openFunction(inputs(), derivatives(pairs[name][0]), { backend });
      const results: Record<string, NdArray> = await f(data);
      const written: Record<string, NdArray> = await wanted[name]!;
      expect(Object.keys(results)).toEqual(Object.keys(written));
      for (const key of Object.keys(written)) expectSame(results[key]!, written[key]!, key);
      f.dispose();
    },
  );

  test("records, a counter, and backwards", async () => {
    const f = await openFunction(
      { a: input(["time", 2]), b: input(["time"], "int32") },
      ({ a, b }) => {
        const start = { count: cast(constant(0), "int32"), sum: broadcastTo(constant(0), [2]) };
        const { carry, outputs } = scan(
          { a, b },
          start,
          ({ count, sum }, place) => {
            const next = add(sum, multiply(place.a, cast(place.b, "float32")));
            return { carry: { count: add(count, place.b), sum: next }, output: { before: count, next } };
          },
          { axis: 0, reverse: true },
        );
        return { ...carry, ...outputs, da: gradients(sum(outputs.next), { a }).a };
      },
      { backend },
    );
    const results = await f({
      a: [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      b: new Int32Array([1, 10, 100]),
    });
    const found = Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, [...data]]));
    expect(found).toEqual({
      count: [111],
      sum: [531, 642],
      before: [110, 100, 0],
      next: [531, 642, 530, 640, 500, 600],
      // Place t is in the sums of t + 1 outputs: of its own, and of those before it, which come after.
      da: [1, 1, 20, 20, 300, 300],
    });
    f.dispose();
  });
});

test("what is carried for what is read stays, from one to the next, and nothing else", () => {
  const x = input([4]);
  const start = { a: constant(1), b: constant(2), c: constant(3), unread: constant(4) };
  const { carry } = scan(
    x,
    start,
    ({ a, b, c, unread }, place) => ({
      carry: { a: add(a, b), b: add(b, c), c: add(c, place), unread: multiply(unread, a) },
      output: place,
    }),
    { axis: 0 },
  );
  const graph = optimize(makeGraph("chain", { a: nodeOf(carry.a) }, [], new Map()));
  const loop = verify(graph).nodes.find((node) => isOp(node, "scan"));
  expect(loop?.attributes).toMatchObject({ carries: 3, sequences: 1 });
  const { a } = callReference(computationFor([nodeOf(x)], { a: nodeOf(carry.a) }), [
    ndArray(Float32Array.of(1, 2, 3, 4), [4]),
  ]);
  // c: 3, 4, 6, 9; b: 2, 5, 9, 15; a: 1, 3, 8, 17, 32
  expect(a!.data[0]).toBe(32);
  const pruned = { inputs: new Map([["x0", nodeOf(x)]]), variables: new Map(), call: graph };
  expect(callReference(pruned, [ndArray(Float32Array.of(1, 2, 3, 4), [4])]).a).toEqual(a);
});

/** The graph of a nested loop with derivatives of two orders, before any pass. */
function nestedGraph() {
  const given = inputs();
  const outputs = derivatives(nested)(given);
  const names = new Map(Object.entries(given).map(([name, tensor]) => [nodeOf(tensor), name]));
  const nodes = Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, nodeOf(tensor)]));
  return makeGraph("nested", nodes, [], names);
}

describe("the graph of a loop within a loop", () => {
  const before = nestedGraph();
  const after = optimize(before);

  test("verifies, before and after the passes, which come to rest", () => {
    verify(before);
    verify(after);
    expect(optimize(after)).toBe(after);
    expect(after.nodes.length).toBeLessThan(before.nodes.length);
  });

  test("hashes alike when it is built anew, and otherwise when something within differs", () => {
    expect(hashGraph(nestedGraph())).toBe(hashGraph(before));
    const inner = (value: number) => {
      const x = input(["time"]);
      const outer = scan(
        x,
        constant(0),
        (sum, place) => {
          const { carry } = scan(x, sum, (s, p) => ({ carry: add(s, multiply(p, constant(value))), output: s }), {
            axis: 0,
          });
          return { carry: add(carry, place), output: carry };
        },
        { axis: 0 },
      );
      return hashGraph(makeGraph("g", { y: nodeOf(outer.outputs) }, [], new Map()));
    };
    expect(inner(0)).toBe(inner(0));
    expect(new Set([0, -0, 1].map(inner)).size).toBe(3);
  });

  test("costs as much as what is written out, and the memory of a round", () => {
    const costOf = (recurrence: Recurrence) => {
      const given = inputs();
      const { last, all } = recurrence(given.x, given.start, given.W, given.U);
      const graph = optimize(makeGraph("g", { last: nodeOf(last), all: nodeOf(all) }, [], new Map()));
      return graphCost(
        graph,
        new Map([
          ["batch", 2],
          ["time", 4],
        ]),
      );
    };
    expect(costOf(looped).flops).toBe(costOf(unrolled).flops);
    expect(costOf(looped).peakBytes).toBeGreaterThan(2 * 4 * 2 * 4);
  });
});

test("prints with its bodies", () => {
  const x = input(["batch", "time"]);
  const W = input([]);
  const { outputs } = scan(x, broadcastTo(constant(0), ["batch"]), (sum, place) => {
    const next = add(sum, multiply(place, W));
    return { carry: next, output: next };
  });
  const names = new Map([
    [nodeOf(x), "x"],
    [nodeOf(W), "W"],
  ]);
  expect(`${optimize(makeGraph("g", { y: nodeOf(outputs) }, [], names))}`).toMatchInlineSnapshot(`
    "graph g {
      %0: float32[batch] = broadcastTo(0) shape=["batch"]
      %x: float32[batch, time] = input
      %2: float32[time, batch] = transpose(%x) permutation=[1,0]
      %W: float32[] = input
      %4: (float32[batch], float32[time, batch]) = scan(%0, %2, %W) carries=1 sequences=1 length="time"
        body {
          %0: float32[batch] = input
          %1: float32[batch] = input
          %2: float32[] = input
          %3: float32[batch] = multiply(%1, %2)
          %4: float32[batch] = add(%0, %3)
          return 0 = %4
          return 1 = %4
        }
      %5: float32[time, batch] = result(%4) index=1
      %6: float32[batch, time] = transpose(%5) permutation=[1,0]
      return y = %6
    }"
  `);
});

test("eager tensors are scanned, and models with loops are called", async () => {
  using tf = await eager({ backend: "reference" });
  const x = constant([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  const { carry } = scan(x, constant([0, 0]), (sum, place) => ({ carry: add(sum, place), output: sum }));
  expect([...tf.value(carry).data]).toEqual([6, 15]);
  const net = model(
    { x: input(["batch", "time"]) },
    ({ x }) =>
      scan(x, broadcastTo(constant(0), ["batch"]), (sum, place) => ({ carry: add(sum, place), output: sum })).carry,
  );
  expect([...tf.value(tf.model(net)({ x })).data]).toEqual([6, 15]);
});

describe("what a scan refuses", () => {
  const x = input(["batch", "time", 3]);
  const start = broadcastTo(constant(0), ["batch", 3]);

  test("a step that carries on something else", () => {
    // @ts-expect-error
    const wrong = () => scan(x, start, (sum, place) => ({ carry: dot(place, input([3, 2])), output: sum }));
    expect(wrong).toThrow("scan: the carry is float32 [batch, 3], but a step carries on float32 [batch, 2]");
    // @ts-expect-error
    const named = () => scan(x, { sum: start }, ({ sum }) => ({ carry: {}, output: sum }));
    expect(named).toThrow("scan: the carry is float32 [batch, 3] as sum, but a step carries on nothing");
  });

  test("tensors of different lengths, and axes that are not there", () => {
    const differ = () => scan({ x, y: input(["batch", 5]) } as never, start, (sum) => ({ carry: sum, output: sum }));
    expect(differ).toThrow("scan: the tensors differ in size along axis 1");
    const outside = () => scan(input(["batch"]) as never, start, (sum) => ({ carry: sum, output: sum }));
    expect(outside).toThrow("scan: axis 1 is out of range for [batch] (rank 1: -1 to 0)");
  });
});

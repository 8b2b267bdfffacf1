import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gradientNodes } from "../../compiler/autodiff/gradients.js";
import { pushForward } from "../../compiler/autodiff/jvp.js";
import { pullBack } from "../../compiler/autodiff/pullBack.js";
import {
  add,
  argMax,
  broadcastTo,
  constant,
  dot,
  gradients,
  hessianVectorProduct,
  input,
  jacobian,
  jvp,
  multiply,
  nextAfter,
  oneHot,
  ones,
  reciprocal,
  relu,
  rsqrt,
  softmax,
  sqrt,
  square,
  stack,
  stopGradient,
  sum,
  type Tensor,
  tanh,
  topK,
  variable,
  vjp,
} from "../../compiler/language.js";
import { optimize } from "../../compiler/pipeline.js";
import { verify } from "../../compiler/verify.js";
import { openFunction } from "../../runtime/index.js";
import { array, generate, type NdArray } from "../../src/ir/array.js";
import { makeGraph } from "../../src/ir/graph.js";
import { type Node, nodeOf } from "../../src/ir/node.js";
import { random } from "../../src/ir/random.js";
import { builder as b } from "../../src/ops/builder.js";
import { loadOn, testedBackends } from "../support/backends.js";
import { expectClose } from "../support/close.js";
import { callReference, callWith, computationFor, inputsFor } from "../support/computation.js";
import { evaluatorOf, slopeTolerance } from "../support/differences.js";
import { cases } from "../support/randomGraphs.js";

/** Random directions, one for each array. */
function directions(arrays: readonly { shape: readonly (number | string)[] }[], seed: number): NdArray[] {
  const generator = random(seed, "directions");
  return arrays.map(({ shape }) => generate(shape as number[], "float32", () => generator.normal()));
}

/**
 * (f(x + h·v) - f(x - h·v)) / 2h; `undefined` where two step sizes disagree, or the two sides do: at a kink, and where a
 * function bends too much for float32.
 */
function slopeAlong(f: (at: readonly NdArray[]) => number, arrays: readonly NdArray[], v: readonly NdArray[]) {
  const at = (h: number) =>
    f(arrays.map((x, i) => ({ ...x, data: x.data.map((value: number, j: number) => value + h * v[i]!.data[j]) })));
  const between = (from: number, to: number) => (at(to) - at(from)) / (to - from);
  const [wide, narrow] = [between(-2e-3, 2e-3), between(-1e-3, 1e-3)];
  const near = (a: number, b: number, tolerance: number) =>
    Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(narrow));
  // A kink at the very place leaves the rule with one side's slope, and differences with the mean of both.
  const smooth = near(between(-1e-3, 0), between(0, 1e-3), slopeTolerance);
  return smooth && near(wide, narrow, 0.2 * slopeTolerance) ? narrow : undefined;
}

function expectNear(actual: number, wanted: number, tolerance: number): void {
  expect(Math.abs(actual - wanted)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(wanted)));
}

const dotAll = (xs: readonly Node[], ys: readonly Node[]) =>
  xs
    .map((x, i) => sum(multiply(x as never, ys[i] as never) as Tensor<any>))
    .reduce((total, term) => add(total, term) as Tensor<[]>);

describe("on random graphs, with kinks and pools, half of them with gradients in them", () => {
  test("jvp is the slope along a direction", () => {
    let trusted = 0;
    fc.assert(
      fc.property(cases, fc.nat(1000), ({ graph, inputs, arrays }, seed) => {
        const v = directions(arrays, seed);
        const wanted = slopeAlong(evaluatorOf(graph.outputs.loss!, inputs), arrays, v);
        if (wanted === undefined) return;
        trusted++;
        const [slope] = pushForward([graph.outputs.loss!], inputs, v.map(b.constant));
        expectNear(evaluatorOf(slope!, inputs)(arrays), wanted, 2 * slopeTolerance);
      }),
      { numRuns: 100 },
    );
    expect(trusted).toBeGreaterThan(20);
  });

  test("a gradient's vjp is the slope of the gradient: second derivatives", () => {
    let trusted = 0;
    fc.assert(
      fc.property(cases, fc.nat(1000), ({ graph, inputs, arrays }, seed) => {
        const [u, v] = [directions(arrays, seed), directions(arrays, seed + 1)];
        const firsts = gradientNodes(graph.outputs.loss!, inputs);
        const projection = nodeOf(dotAll(firsts, u.map(b.constant)));
        const wanted = slopeAlong(evaluatorOf(projection, inputs), arrays, v);
        if (wanted === undefined) return;
        trusted++;
        const product = pullBack([projection], [b.scalar(1)], inputs);
        const along = product.flatMap((node, i) => (node ? [[node, b.constant(v[i]!)] as const] : []));
        if (along.length === 0) return expectNear(0, wanted, 2 * slopeTolerance);
        const [nodes, weights] = [along.map(([node]) => node), along.map(([, weight]) => weight)];
        expectNear(evaluatorOf(nodeOf(dotAll(nodes, weights)), inputs)(arrays), wanted, 2 * slopeTolerance);
      }),
      { numRuns: 100 },
    );
    expect(trusted).toBeGreaterThan(20);
  });

  test("jvp and vjp are adjoint: u · (J v) = (uᵀ J) · v", () => {
    fc.assert(
      fc.property(cases, fc.nat(1000), ({ graph, inputs, arrays }, seed) => {
        const last = graph.outputs.last!;
        const v = directions(arrays, seed).map(b.constant);
        const u = directions([last as Node & { shape: number[] }], seed).map(b.constant);
        const pushed = dotAll(pushForward([last], inputs, v), u);
        const pulled = pullBack([last], u, inputs).flatMap((node, i) => (node ? [dotAll([node], [v[i]!])] : []));
        const left = optimize(makeGraph("left", { y: nodeOf(pushed) }, [], new Map()));
        verify(left);
        const value = evaluatorOf(left.outputs.y!, inputs)(arrays);
        const other = pulled.reduce((total, term) => total + evaluatorOf(nodeOf(term), inputs)(arrays), 0);
        const scale = pulled.reduce(
          (most, term) => Math.max(most, Math.abs(evaluatorOf(nodeOf(term), inputs)(arrays))),
          1,
        );
        expect(Math.abs(value - other)).toBeLessThanOrEqual(2e-3 * scale);
      }),
      { numRuns: 100 },
    );
  });
});

describe.each([...testedBackends, "reference" as const])("closed forms on %s", (backend) => {
  test("jvp, vjp, jacobian and Hessian-vector product of y = W · (x ∘ x), f = Σ x³", async () => {
    const W = constant([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const f = await openFunction(
      { x: input([3]) },
      ({ x }) => {
        const y = dot(W, square(x));
        const some = relu(x);
        return {
          pushed: jvp(y, x, constant([1, 0, -1])),
          pulled: vjp(y, [x], constant([1, -1]))[0],
          J: jacobian(y, x),
          ofScalar: jacobian(sum(y), { x }).x,
          Hv: hessianVectorProduct(sum(multiply(x, square(x))), { x }, { x: constant([1, 2, 3]) }).x,
          // At 0, where the curvature is infinite, in a direction without it.
          flat: stack(
            [sqrt, rsqrt, reciprocal].map((g) => hessianVectorProduct(sum(g(some)), some, constant([1, 0, -2]))),
          ),
        };
      },
      { backend },
    );
    const { pushed, pulled, J, ofScalar, Hv, flat } = await f({ x: [1, -2, 3] });
    // J = W · diag(2x), with 2x = 2, -4, 6.
    expect(J.shape).toEqual([2, 3]);
    expect([...J.data]).toEqual([2, -8, 18, 8, -20, 36]);
    expect([...ofScalar.data]).toEqual([10, -28, 54]);
    expect([...pushed.data]).toEqual([2 - 18, 8 - 36]);
    expect([...pulled.data]).toEqual([-6, 12, -18]);
    // ∂²(x³) = 6x, so H v = 6 · x · v.
    expect([...Hv.data]).toEqual([6, -24, 54]);
    // -¼ x^-1.5, ¾ x^-2.5 and 2 x^-3, by v
    const curved = [-0.25, 0, 3 ** -1.5 / 2, 0.75, 0, -1.5 * 3 ** -2.5, 2, 0, -4 / 27];
    curved.forEach((wanted, i) => void expect(flat.data[i]).toBeCloseTo(wanted, 6));
    f.dispose();
  });

  test("the jacobian of softmax is diag(p) - p pᵀ, and of a matrix it has both shapes", async () => {
    const f = await openFunction(
      { x: input([3]) },
      ({ x }) => {
        const M = broadcastTo(x, [2, 3]);
        return { p: softmax(x), J: jacobian(softmax(x), x), I: jacobian(M, { x, M }).M };
      },
      { backend },
    );
    const { p, J, I } = await f({ x: [0.5, -1, 2] });
    const wanted = generate([3, 3], "float32", (i) => {
      const [row, column] = [Math.floor(i / 3), i % 3];
      return p.data[row]! * ((row === column ? 1 : 0) - p.data[column]!);
    });
    expectClose(J, wanted, 1e-6);
    expect(I.shape).toEqual([2, 3, 2, 3]);
    expect([...I.data]).toEqual(Array.from({ length: 36 }, (_, i) => (i % 7 === 0 ? 1 : 0)));
    f.dispose();
  });
});

describe.each(testedBackends)("on %s", (backend) => {
  test("second derivatives through convolution, pool, softmax and cross-entropy are the reference kernels'", async () => {
    const generator = random(8, "images");
    const fill = (shape: number[]) => generate(shape, "float32", () => generator.normal());
    const arrays = [fill([2, 6, 6, 2]), fill([3, 3, 2, 3]), fill([3]), fill([27, 4]), fill([2, 6, 6, 2])];
    const inputs = inputsFor(arrays);
    const [images, filter, bias, W, v] = inputs as [Node, Node, Node, Node, Node];
    const convolved = b.op("add", [b.op("convolution", [images, filter], { strides: [1, 1], padding: "same" }), bias]);
    const pooled = b.op("maxPool", [b.op("tanh", [convolved])], {
      poolSize: [2, 2],
      strides: [2, 2],
      padding: "valid",
    });
    const logits = b.op("dot", [b.op("reshape", [pooled], { shape: [2, 27] }), W]);
    const labels = b.constant(array(new Int32Array([1, 3]), [2]));
    const losses = b.op("sparseSoftmaxCrossEntropyWithLogits", [logits, labels]);
    const squares = b.op("square", [b.op("softmax", [logits])]);
    const loss = b.op("add", [
      b.op("mean", [losses], { axes: [0], keepDims: false }),
      b.op("sum", [squares], { axes: [0, 1], keepDims: false }),
    ]);
    const firsts = gradientNodes(loss, [images, filter, bias, W]);
    const along = nodeOf(dotAll([firsts[0]!], [v]));
    const seconds = gradientNodes(along, [images, filter, bias, W]);
    const pushed = pushForward(firsts, [images], [v]);
    const outputs = Object.fromEntries([...seconds, ...pushed].map((node, i) => [`d${i}`, node]));
    const computation = computationFor(inputs, outputs);
    const executable = await loadOn(backend, { ...computation, call: optimize(computation.call) });
    const [actual, wanted] = [callWith(executable, arrays), callReference(computation, arrays)];
    for (const [name, value] of Object.entries(wanted)) expectClose(actual[name]!, value, 1e-4, name);
    // The Hessian is symmetric: forward over reverse and reverse over reverse agree.
    for (const i of [0, 1, 2, 3]) expectClose(actual[`d${i}`]!, actual[`d${i + 4}`]!, 1e-4, `d${i}`);
    executable.dispose();
  });
});

test("of a jvp of elementwise functions, the forward rules are left after optimisation", () => {
  const x = input(["n"]);
  const v = input(["n"]);
  const names = new Map([
    [nodeOf(x), "x"],
    [nodeOf(v), "v"],
  ]);
  const slope = jvp(tanh(multiply(square(x), constant(3))), x, v);
  expect(optimize(makeGraph("slope", { slope: nodeOf(slope) }, [], names)).toString()).toMatchInlineSnapshot(`
    "graph slope {
      %v: float32[n] = input
      %x: float32[n] = input
      %2: float32[n] = multiply(%x, 2)
      %3: float32[n] = multiply(%v, %2)
      %4: float32[n] = multiply(%3, 3)
      %5: float32[n] = square(%x)
      %6: float32[n] = multiply(%5, 3)
      %7: float32[n] = tanh(%6)
      %8: float32[n] = tanhGradient(%4, %7)
      return slope = %8
    }"
  `);
});

describe("zeros and refusals", () => {
  const x = input([2]);
  const value = (y: Tensor<any>, data: number[]) =>
    callReference(computationFor([nodeOf(x)], { y: nodeOf(y) }), [array(Float32Array.from(data), [2])]).y!;

  test("what does not depend on a tensor has zero derivatives by it, in its shape", () => {
    const W = variable("W", [2, 3], ones());
    expect(value(jvp(square(x), W, W), [1, 2])).toEqual(array(new Float32Array(2), [2]));
    expect(value(vjp(square(x), { W }, x).W, [1, 2])).toEqual(array(new Float32Array(6), [2, 3]));
    expect(value(jacobian(square(x), W), [1, 2])).toEqual(array(new Float32Array(12), [2, 2, 3]));
    expect(value(hessianVectorProduct(sum(x), x, x), [1, 2])).toEqual(array(new Float32Array(2), [2]));
  });

  test("an output that is wanted has itself for derivative, and an output twice counts twice", () => {
    const y = square(x);
    expect([...value(vjp([y, y], y, [x, constant([10, 10])]), [1, 2]).data]).toEqual([11, 12]);
    expect([...value(jvp(y, y, constant([5, 6])), [1, 2]).data]).toEqual([5, 6]);
  });

  test("tangents and cotangents are asked for and not more", () => {
    const W = variable("W", [2], ones());
    expect(() => jvp(x, { x, W }, { x } as never)).toThrow('jvp: the tangent of "W" is missing');
    expect(() => jvp(x, x, undefined as never)).toThrow("jvp: the tangent is missing");
    expect(() => jvp(x, { x }, { x, y: x } as never)).toThrow('jvp: "y" is a tangent of nothing');
    expect(() => vjp([x, W], x, [x] as never)).toThrow('vjp: the cotangent of "1" is missing');
  });

  test("an op without a gradient is refused, and let be behind stopGradient()", () => {
    const next = nextAfter(x, 0);
    const message =
      "nextAfter: has no gradient: it steps from one number of float32 to the next, and steps have no slope";
    expect(() => gradients(sum(multiply(next, x)), x)).toThrow(message);
    expect(() => jvp(next, x, x)).toThrow(message);
    expect([...value(gradients(sum(multiply(stopGradient(next), x)), x), [2, 3]).data]).toEqual([
      2 - 2 ** -23,
      3 - 2 ** -22,
    ]);
  });

  test("what is chosen by integers that come of a tensor is a constant to its gradient, as in PyTorch", () => {
    // torch.autograd.grad((F.one_hot(x.argmax(), 2) * x).sum(), x), and the same of topk's indices
    const hot = oneHot(argMax(x), 2);
    expect([...value(gradients(sum(multiply(hot, x)), x), [1, -2]).data]).toEqual([1, 0]);
    const routed = oneHot(topK(x, 1).indices, 2);
    expect([...value(gradients(sum(multiply(routed, square(x))), x), [1, 3]).data]).toEqual([0, 6]);
    expect([...value(jvp(hot, x, x), [1, -2]).data]).toEqual([0, 0]);
  });

  test("a jacobian is of numbers of sizes, and small", () => {
    const big = broadcastTo(sum(x), [257]);
    expect(() => jacobian(big, x)).toThrow(
      "jacobian: [257] has 257 elements, and each takes a backward pass; 256 are the most: use vjp() or jvp() for products with the jacobian",
    );
    expect(jacobian(broadcastTo(sum(x), [256]), x).shape).toEqual([256, 2]);
    expect(jacobian(multiply(constant([]), sum(x)), x).shape).toEqual([0, 2]);
  });
});

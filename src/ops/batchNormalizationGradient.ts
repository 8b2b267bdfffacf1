import { array, generate } from "../ir/array.js";
import type { Node } from "../ir/node.js";
import type { ResultsOpDefinition, Samples } from "../ir/op.js";
import { asImages, axesOf, channelwise, checkNormalized, type Epsilon, rowsOf, sumsOf } from "./shared/batch-norm.js";
import { flopsPerElement } from "./shared/flops.js";
import { ramp } from "./shared/ramp.js";
import { positiveRamp, tfjsArithmetic } from "./shared/update.js";

declare module "../ir/node.js" {
  interface OpTable {
    /**
     * The gradient of γ · x̂ + β for x̂ = (x - μ) / √(v + ε), where μ and v are the mean and the variance of x. Inputs: dy, x, γ, μ, v.
     * Results: dx = γ / √(v + ε) · (dy - dβ / n - x̂ · dγ / n), dγ = Σ dy · x̂, dβ = Σ dy, with n numbers for each channel.
     */
    batchNormalizationGradient: Epsilon;
  }
}

export const batchNormalizationGradientOp: ResultsOpDefinition<"batchNormalizationGradient"> = {
  name: "batchNormalizationGradient",
  several: true,
  traits: ["keepsFinite"],
  words: { noun: "slope", formula: ([dy, x]) => `the gradients of normalized ${x}, from ${dy}` },
  infer([dy, x, ...vectors]) {
    checkNormalized("batchNormalizationGradient", x!, vectors);
    checkNormalized("batchNormalizationGradient", dy!, vectors);
    return [x!, vectors[0]!, vectors[0]!];
  },
  gradient({ b, node, inputs: [dy, x, gamma, mean, variance], dys: [u, s, t] }) {
    // With i = 1 / √(v + ε), k = γ · i, U = Σ u, C = Σ u · x̂: Σ u · dx = k · E, for E = Σ u · dy - dβ · U / n - dγ · C / n, so that
    //   d(dy) = k · (u - U / n - x̂ · C / n) + s · x̂ + t      dx̂ = -k · (dy · C + u · dγ) / n + s · dy
    //   dγ = i · E      di = γ · E + Σ dx̂ · (x - μ)      dx = dx̂ · i      dμ = -Σ dx      dv = -½ · i³ · di
    const { plus, minus, times, over, sum, inverse, count } = channelwise(b, x!);
    const neg = (value: Node) => b.op("neg", [value]);
    const i = inverse(variance!, node.attributes.epsilon);
    const centred = minus(x!, mean!);
    const normal = times(centred, i);
    const [, dGamma, dBeta] = b.results(node);
    const [toDy, toNormal]: [Node[], Node[]] = [[], []];
    let energy: Node | undefined;
    if (u) {
      const k = times(gamma!, i);
      const [meanU, meanC] = [over(sum(u), count), over(sum(times(u, normal)), count)];
      energy = minus(minus(sum(times(u, dy!)), times(dBeta!, meanU)), times(dGamma!, meanC));
      toDy.push(times(minus(minus(u, meanU), times(normal, meanC)), k));
      toNormal.push(times(plus(times(dy!, meanC), times(u, over(dGamma!, count))), neg(k)));
    }
    if (s) {
      toDy.push(times(normal, s));
      toNormal.push(times(dy!, s));
    }
    if (t) toDy.push(b.op("broadcastTo", [t], { shape: x!.shape }));
    const dDy = toDy.length > 0 ? toDy.reduce(plus) : undefined;
    if (toNormal.length === 0) return [dDy, undefined, undefined, undefined, undefined];
    const dNormal = toNormal.reduce(plus);
    const dx = times(dNormal, i);
    const dInverse = [...(energy ? [times(gamma!, energy)] : []), sum(times(dNormal, centred))].reduce(plus);
    const cubed = times(b.op("square", [i]), i);
    return [dDy, dx, energy && times(i, energy), neg(sum(dx)), times(dInverse, cubed, b.scalar(-0.5))];
  },
  tensorflow(t, [dy, x, gamma, mean, variance], { shape, attributes: { epsilon } }) {
    const float = { type: "float32" } as const;
    const attributes = { T: float, U: float, epsilon: { float: epsilon }, is_training: { bool: true } };
    const inputs = [
      asImages(t, dy!, shape),
      asImages(t, x!, shape),
      gamma!,
      mean!,
      variance!,
      t.constant([], "float32"),
    ];
    const dx = t.op("FusedBatchNormGradV3", inputs, attributes, 5);
    return [shape.length === 4 ? dx : t.reshape(dx, shape), t.output(dx, 1), t.output(dx, 2)];
  },
  tfjs(k, [dy, x, gamma, mean, variance], { attributes: { epsilon } }) {
    const [count, channels] = [rowsOf(x!), x!.shape.at(-1)!];
    const [gradient, rows] = [k.reshape(dy!, [count, channels]), k.reshape(x!, [count, channels])];
    const { add, subtract, multiply, divide, sqrt, keep } = tfjsArithmetic(k);
    const sum = (a: typeof rows) => k.run("Sum", { x: a }, { axis: axesOf(rows), keepDims: false });
    const deviation = keep(sqrt(add(variance!, epsilon)));
    const normal = keep(divide(subtract(rows, mean!), deviation));
    const dBeta = sum(gradient);
    const dGamma = sum(keep(multiply(gradient, normal)));
    const common = subtract(gradient, divide(dBeta, count));
    const share = subtract(common, multiply(normal, divide(dGamma, count)));
    const dx = keep(multiply(share, divide(gamma!, deviation)));
    return [k.reshape(dx, x!.shape), dGamma, dBeta];
  },
  reference([dy, x, gamma, mean, variance], { attributes: { epsilon } }) {
    const [slopes, channels, rows] = [dy!.data as Float32Array, x!.shape.at(-1)!, rowsOf(x!)];
    const deviation = (c: number) => Math.sqrt((variance!.data[c]! as number) + epsilon);
    const normal = (i: number, c: number) => ((x!.data[i]! as number) - (mean!.data[c]! as number)) / deviation(c);
    const dBeta = sumsOf(dy!, (i) => slopes[i]!);
    const dGamma = sumsOf(dy!, (i, c) => slopes[i]! * normal(i, c));
    const dx = generate(x!.shape, "float32", (i) => {
      const c = i % channels;
      const share = slopes[i]! - dBeta[c]! / rows - (normal(i, c) * dGamma[c]!) / rows;
      return ((gamma!.data[c]! as number) / deviation(c)) * share;
    });
    return [dx, ...[dGamma, dBeta].map((numbers) => array(Float32Array.from(numbers), [channels]))];
  },
  // One for dβ, four for dγ, four for dx.
  flops: flopsPerElement(9),
};

export const batchNormalizationGradientSamples: Samples<"batchNormalizationGradient"> = () =>
  [
    [4, 3],
    [2, 3, 2],
    [2, 2, 2, 3],
  ].map((shape) => {
    const channels = [shape.at(-1)!];
    return {
      inputs: [ramp(shape, 5), ramp(shape), ramp(channels, 1), ramp(channels, 2), positiveRamp(channels, 3)],
      attributes: { epsilon: 1e-3 },
    };
  });

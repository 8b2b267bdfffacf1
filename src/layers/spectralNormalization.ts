import { orthogonal } from "../initializers/orthogonal.js";
import type { DType } from "../ir/dtype.js";
import type { CheckCount } from "../ir/option-checks.js";
import { anything, checkOption, checkOptions, count, type OptionRules } from "../ir/options.js";
import { calling, currentPlace, within } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { AnyTensor, Tensor } from "../ir/tensor.js";
import { divide } from "../ops/divide.js";
import { equal } from "../ops/equal.js";
import { matmul } from "../ops/matmul.js";
import { maximum } from "../ops/maximum.js";
import { multiply } from "../ops/multiply.js";
import { norm } from "../ops/norm.js";
import { reshape } from "../ops/reshape.js";
import { select } from "../ops/select.js";
import { stateUpdate } from "../ops/stateUpdate.js";
import { stopGradient } from "../ops/stopGradient.js";
import { sum } from "../ops/sum.js";
import { swapAxes } from "../ops/swapAxes.js";
import type { LastDim } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import { fill, type Message } from "../types/message.js";
import type { Moment } from "../types/settled.js";
import {
  type ApplyDType,
  type ApplyRule,
  aLayer,
  type CheckRule,
  type Layer,
  type LayerContext,
  type LayerKind,
  type LayerLike,
  type LayerRule,
  layerOf,
  type NamedLayer,
  named,
  type Waiting,
  type WeightsOf,
} from "./layer.js";
import type { Sum } from "./weights.js";

const kind = "spectralNormalization";

/** Options of `spectralNormalization`. */
export interface SpectralNormalizationOptions<P extends number> extends NamedLayer {
  /** How often the largest singular value is brought nearer in each training step. @default 1 */
  readonly powerIterations?: P & CheckCount<typeof kind, "powerIterations", P>;
}

/** The shape rule of `spectralNormalization` in `sequential`: the layer's own, with a vector of as many numbers as it has outputs. */
export interface SpectralNormalizationRule<R extends LayerRule> extends LayerRule {
  readonly op: typeof kind;
  readonly takes: DType;
  readonly gives: ApplyDType<R, this["dtype"]>;
  /** Of a layer without a kernel something is said where it stands. */
  readonly check: unknown extends CheckKernel<R["op"]> ? CheckRule<R, this["in"], this["dtype"] & DType> : unknown;
  readonly out: ApplyRule<R, this["in"]>;
  readonly weights: ApplyRule<R, this["in"]> extends infer S extends Shape
    ? Sum<WeightsOf<R, this["in"]>, LastDim<S>>
    : number;
}

export const noKernel = "spectralNormalization: takes a layer with one kernel, such as dense() or conv2d(), got {kind}";

/** How many of a kernel's last axes are those of outputs; the second one from the end alone, where it is transposed. */
const outputAxes = {
  dense: 1,
  embedding: 1,
  conv1d: 1,
  conv2d: 1,
  conv3d: 1,
  depthwiseConv1d: 2,
  depthwiseConv2d: 2,
  conv1dTranspose: "transposed",
  conv2dTranspose: "transposed",
  conv3dTranspose: "transposed",
} as const;

type CheckKernel<Op extends string> = string extends Op
  ? unknown
  : Op extends keyof typeof outputAxes
    ? unknown
    : Message<typeof noKernel, { kind: Op }>;

/**
 * A layer whose kernel is divided by its largest singular value σ. Once u has come near, a dense layer stretches no difference; a
 * convolution may by more, since its windows overlap and σ is the kernel's as a matrix. Of the kernel as a matrix W from what an output sees to the outputs, σ = v · W u for v = W u / ‖W u‖, where u is a weight, `vectorU`, that each
 * training step brings nearer to W's singular vector, `powerIterations` times; evaluation and prediction take u as it is. Gradients go
 * through σ, of which u and v are constants, as PyTorch's do; Keras's do not, and it writes the quotient into the kernel in each step.
 * A kernel of zeros stays what it is.
 * Source: Miyato, Kataoka, Koyama and Yoshida, "Spectral normalization for generative adversarial networks" (2018).
 *
 * @param layer `dense`, a convolution or `embedding` without its input
 * @param options `powerIterations`, `name`
 * @returns a layer with the shapes of the one that is given, for `sequential` and to be called
 * @throws SW_VALUE when the layer has no kernel, or `powerIterations` is no positive integer
 * @example
 * const image = input(["batch", 28, 28, 1]);
 * const critic = sequential(image, spectralNormalization(conv2d({ filters: 8, kernelSize: 3 }))); // Tensor<["batch", 26, 26, 8], "float32">
 */
export function spectralNormalization<R extends LayerRule, const P extends number, Now extends Moment = "now">(
  layer: LayerLike<R> & CheckKernel<R["op"]>,
  options: SpectralNormalizationOptions<P> = {},
): Waiting<SpectralNormalizationRule<R>, Now> {
  checkOptions(kind, options, own);
  checkOption(kind, "layer", layer, aLayer);
  const { scope } = layer;
  refuse("SW_VALUE", kind, scope.kind in outputAxes ? undefined : fill(noKernel, { kind: scope.kind }));
  return layerOf(normalized, [layer, options]) as Layer<SpectralNormalizationRule<R>>;
}

const own: OptionRules<SpectralNormalizationOptions<number>> = { ...named, powerIterations: count };

const normalized: LayerKind<SpectralNormalizationOptions<number> & { readonly layer: unknown }> = {
  kind,
  appliesOthers: true,
  rules: { ...own, layer: anything },
  optionsOf: ([layer, options]) => ({ ...(options as NamedLayer), layer }),
  build(x, { layer, powerIterations = 1 }, context) {
    const inner = layer as Layer & ((x: AnyTensor) => AnyTensor);
    const of = inner.scope;
    const weight = <W>(name: string, made: W): W =>
      name === "kernel" || name === "embeddings"
        ? (overNorm(of.kind as keyof typeof outputAxes, made as Tensor<any>, powerIterations, context) as W)
        : made;
    return within({ ...currentPlace(), reparametrization: { of, weight } }, () => inner(x));
  },
};

/** W / σ. */
function overNorm(layer: keyof typeof outputAxes, kernel: Tensor<any>, times: number, context: LayerContext) {
  return within({ ...currentPlace(), scope: context.scope }, () =>
    calling(kind, () => {
      const W = matrixOf(layer, kernel);
      const fixed = stopGradient(W);
      const start = context.weight("vectorU", [1, W.shape[1]!], orthogonal(), { trainable: false }) as Row;
      const u = currentPlace().frozen ? start : stateUpdate(start, iterated(fixed, start, times));
      const v = stopGradient(backward(fixed, u));
      const sigma = sum(multiply(v, matmul(stopGradient(u), W, { transposeB: true }) as Row));
      return divide(kernel, select(equal(sigma, 0), 1, sigma) as Tensor<[]>);
    }),
  );
}

type Row = Tensor<[1, number]>;
type Matrix = Tensor<[number, number]>;

/** A kernel as a matrix from all that an output sees to the outputs. */
function matrixOf(layer: keyof typeof outputAxes, kernel: Tensor<any>): Matrix {
  const axes = outputAxes[layer];
  const ordered: Tensor<any> = axes === "transposed" ? swapAxes(kernel, -1, -2) : kernel;
  const outputs = ordered.shape.slice(axes === 2 ? -2 : -1) as number[];
  return reshape(ordered, [-1, outputs.reduce((product, size) => product * size, 1)]) as Matrix;
}

/** u after some power iterations. Of a kernel of zeros it stays: at 0, it would never move again. */
function iterated(W: Matrix, u: Row, times: number): Row {
  if (times === 0) return u;
  const moved = matmul(backward(W, u), W) as Row;
  return iterated(W, select(equal(norm(moved), 0), u, unit(moved)) as Row, times - 1);
}

/** v, the direction of W u. */
function backward(W: Matrix, u: Row): Row {
  return unit(matmul(u, W, { transposeB: true }) as Row);
}

/** x / ‖x‖, of a vector of zeros itself, as PyTorch's. */
function unit(x: Row): Row {
  return divide(x, maximum(norm(x), 1e-12)) as Row;
}

import { aConstraint, type Constraint } from "../constraints/constraint.js";
import { glorotUniform } from "../initializers/glorotUniform.js";
import { anInitializer, type Initializer } from "../initializers/initializer.js";
import { zeros } from "../initializers/zeros.js";
import { flag, type OptionRules } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { aRegularizer, type Regularizer } from "../regularizers/regularizer.js";
import {
  activated,
  activationRule,
  type KeepsShape,
  type LayerContext,
  type WeightedLayer,
  weighted,
} from "./layer.js";
import { rulesOf } from "./rulesOf.js";

/** Options of layers that add a bias to something and apply an activation. */
export interface BiasOptions extends WeightedLayer {
  /** Applied to the output: nothing, unless said otherwise. */
  readonly activation?: KeepsShape;
  /** Whether a bias is added. @default true */
  readonly useBias?: boolean;
  /** How the bias starts. @default zeros() */
  readonly biasInitializer?: Initializer;
  /** What the bias costs besides the loss, such as `l2(0.01)`: nothing, unless said otherwise. */
  readonly biasRegularizer?: Regularizer;
  /** What becomes of the bias after each step, such as `nonNeg()`: it stays, unless said otherwise. */
  readonly biasConstraint?: Constraint;
}

/** Whether a layer that waits has a bias, for those who count its weights. */
export interface UseBias<HasBias extends boolean> {
  readonly useBias?: HasBias;
}

/** Options of layers that compute activation(x · kernel + bias), for some product. */
export interface KernelAndBiasOptions extends BiasOptions {
  /** How the kernel starts. @default glorotUniform() */
  readonly kernelInitializer?: Initializer;
  /** What the kernel costs besides the loss, such as `l2(0.01)`: nothing, unless said otherwise. */
  readonly kernelRegularizer?: Regularizer;
  /** What becomes of the kernel after each step, such as `maxNorm()`: it stays, unless said otherwise. */
  readonly kernelConstraint?: Constraint;
}

export const biasRules: OptionRules<BiasOptions> = {
  ...weighted,
  activation: activationRule,
  useBias: flag,
  biasInitializer: anInitializer,
  biasRegularizer: aRegularizer,
  biasConstraint: aConstraint,
};

export const kernelAndBiasRules: OptionRules<KernelAndBiasOptions> = {
  ...biasRules,
  kernelInitializer: anInitializer,
  kernelRegularizer: aRegularizer,
  kernelConstraint: aConstraint,
};

/** activation(product(kernel) + bias). The kernel's last axis is the bias's. */
export function kernelAndBias(
  layer: LayerContext,
  options: KernelAndBiasOptions,
  shape: number[],
  product: (kernel: Tensor<any>) => Tensor<any>,
): Tensor<any> {
  const { kernelInitializer = glorotUniform() } = options;
  return withBias(
    layer,
    options,
    product(layer.weight("kernel", shape, kernelInitializer, rulesOf(options, "kernel"))),
  );
}

/** activation(x + bias), with a bias for each place of the last axis. */
export function withBias({ scope, weight }: LayerContext, options: BiasOptions, x: Tensor<any>): Tensor<any> {
  const { activation, useBias = true, biasInitializer = zeros() } = options;
  const bias = () => weight("bias", [x.shape.at(-1)!], biasInitializer, rulesOf(options, "bias"));
  const sum = useBias ? (add(x, bias()) as Tensor<any>) : x;
  return activation ? activated(scope.kind, activation, sum) : sum;
}

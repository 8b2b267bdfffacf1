import { glorotUniform } from "../initializers/glorotUniform.js";
import { anInitializer, type Initializer } from "../initializers/initializer.js";
import { zeros } from "../initializers/zeros.js";
import { flag, type OptionRules } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { type Activation, activated, activationRule, type LayerContext, type NamedLayer, named } from "./layer.js";

/** Options of layers that add a bias to something and apply an activation. */
export interface BiasOptions extends NamedLayer {
  /** Applied to the output: nothing, unless said otherwise. */
  readonly activation?: Activation;
  /** Whether a bias is added. @default true */
  readonly useBias?: boolean;
  /** How the bias starts. @default zeros() */
  readonly biasInitializer?: Initializer;
}

/** Options of layers that compute activation(x · kernel + bias), for some product. */
export interface KernelAndBiasOptions extends BiasOptions {
  /** How the kernel starts. @default glorotUniform() */
  readonly kernelInitializer?: Initializer;
}

export const biasRules: OptionRules<BiasOptions> = {
  ...named,
  activation: activationRule,
  useBias: flag,
  biasInitializer: anInitializer,
};

export const kernelAndBiasRules: OptionRules<KernelAndBiasOptions> = { ...biasRules, kernelInitializer: anInitializer };

/** activation(product(kernel) + bias). The kernel's last axis is the bias's. */
export function kernelAndBias(
  layer: LayerContext,
  options: KernelAndBiasOptions,
  shape: number[],
  product: (kernel: Tensor<any>) => Tensor<any>,
): Tensor<any> {
  const { kernelInitializer = glorotUniform() } = options;
  return withBias(layer, options, product(layer.weight("kernel", shape, kernelInitializer)));
}

/** activation(x + bias), with a bias for each place of the last axis. */
export function withBias({ scope, weight }: LayerContext, options: BiasOptions, x: Tensor<any>): Tensor<any> {
  const { activation, useBias = true, biasInitializer = zeros() } = options;
  const sum = useBias ? (add(x, weight("bias", [x.shape.at(-1)!], biasInitializer)) as Tensor<any>) : x;
  return activation ? activated(scope.kind, activation, sum) : sum;
}

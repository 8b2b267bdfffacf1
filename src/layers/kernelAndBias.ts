import { glorotUniform } from "../initializers/glorotUniform.js";
import { anInitializer, type Initializer } from "../initializers/initializer.js";
import { zeros } from "../initializers/zeros.js";
import { flag, type OptionRules } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { type Activation, activated, activationRule, type LayerContext, type NamedLayer, named } from "./layer.js";

/** Options of layers that compute activation(x · kernel + bias), for some product. */
export interface KernelAndBiasOptions extends NamedLayer {
  /** Applied to the output: nothing, unless said otherwise. */
  readonly activation?: Activation;
  /** Whether a bias is added. @default true */
  readonly useBias?: boolean;
  /** How the kernel starts. @default glorotUniform() */
  readonly kernelInitializer?: Initializer;
  /** How the bias starts. @default zeros() */
  readonly biasInitializer?: Initializer;
}

export const kernelAndBiasRules: OptionRules<KernelAndBiasOptions> = {
  ...named,
  activation: activationRule,
  useBias: flag,
  kernelInitializer: anInitializer,
  biasInitializer: anInitializer,
};

/** activation(product(kernel) + bias). The kernel's last axis is the bias's. */
export function kernelAndBias(
  { scope, weight }: LayerContext,
  options: KernelAndBiasOptions,
  shape: number[],
  product: (kernel: Tensor<any>) => Tensor<any>,
): Tensor<any> {
  const { activation, useBias = true, kernelInitializer = glorotUniform(), biasInitializer = zeros() } = options;
  const linear = product(weight("kernel", shape, kernelInitializer));
  const sum = useBias ? (add(linear, weight("bias", [shape.at(-1)!], biasInitializer)) as Tensor<any>) : linear;
  return activation ? activated(scope.kind, activation, sum) : sum;
}

import { glorotUniform } from "../../initializers/glorotUniform.js";
import { orthogonal } from "../../initializers/orthogonal.js";
import type { Tensor } from "../../ir/tensor.js";
import type { LayerContext } from "../layer.js";
import type { RecurrentOptions } from "./options.js";

/** The kernels by which so many gates multiply inputs and states, side by side: one product for all. */
export function kernelsOf(
  x: Tensor<any>,
  options: RecurrentOptions<number, boolean>,
  { weight }: LayerContext,
  gates: number,
): { readonly kernel: Tensor<any>; readonly recurrent: Tensor<any> } {
  const { units, kernelInitializer = glorotUniform(), recurrentInitializer = orthogonal() } = options;
  return {
    kernel: weight("kernel", [x.shape.at(-1)!, gates * units], kernelInitializer),
    recurrent: weight("recurrentKernel", [units, gates * units], recurrentInitializer),
  };
}

import { glorotUniform } from "../../initializers/glorotUniform.js";
import { orthogonal } from "../../initializers/orthogonal.js";
import type { Tensor } from "../../ir/tensor.js";
import { concat } from "../../ops/concat.js";
import { dot } from "../../ops/dot.js";
import { split } from "../../ops/split.js";
import type { LayerContext } from "../layer.js";
import { rulesOf } from "../rulesOf.js";
import type { Drop } from "./dropping.js";
import type { StepOptions } from "./options.js";

/** The kernels by which so many gates multiply inputs and states, side by side: one product for all. */
export function kernelsOf(
  x: Tensor<any>,
  options: StepOptions<number>,
  { weight }: LayerContext,
  gates: number,
): { readonly kernel: Tensor<any>; readonly recurrent: Tensor<any> } {
  const { units, kernelInitializer = glorotUniform(), recurrentInitializer = orthogonal() } = options;
  return {
    kernel: weight("kernel", [x.shape.at(-1)!, gates * units], kernelInitializer, rulesOf(options, "kernel")),
    recurrent: weight("recurrentKernel", [units, gates * units], recurrentInitializer, rulesOf(options, "recurrent")),
  };
}

/** x · kernel, of whose equal parts, one for each gate, each drops elements of x by itself where each has its own way to. */
export function gatesOf(
  x: Tensor<any>,
  kernel: Tensor<any>,
  drops: readonly Drop[],
  product: (x: Tensor<any>, kernel: Tensor<any>) => Tensor<any> = dot,
): Tensor<any> {
  if (drops.length === 1) return product(drops[0]!(x), kernel);
  const kernels = split(kernel, drops.length, -1) as Tensor<any>[];
  return concat(kernels.map((part, gate) => product(drops[gate]!(x), part)) as any, -1);
}

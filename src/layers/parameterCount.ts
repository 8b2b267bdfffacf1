import type { DType } from "../ir/dtype.js";
import { nodeOf } from "../ir/node.js";
import { checkOption } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { input } from "../ops/input.js";
import { parametersOf } from "../parameters.js";
import type { Shape } from "../types/dim.js";
import { type ApplyRule, aLayer, type CheckRule, type Layer, type LayerRule, type WeightsOf } from "./layer.js";
import type { Sum } from "./weights.js";

/**
 * What the layers of a block hold together. A walk of its own, which only those pay for who ask: sums of numbers of this size
 * cost more than all that `sequential` does for a layer.
 */
export type Count<S, Rules extends LayerRule[], N extends number = 0> = number extends Rules["length"]
  ? number
  : Rules extends [infer R extends LayerRule, ...infer Rest extends LayerRule[]]
    ? Count<ApplyRule<R, S>, Rest, Sum<N, WeightsOf<R, S>>>
    : N;

/**
 * How many numbers the variables of a layer, or of a block of layers, hold, whether training changes them or not: Keras's
 * `count_params()`, as a literal type where the layers' types say it. `number` where a size is not known, or a layer's type does
 * not tell how many weights it has. The layer's weights are made, as if it were called.
 *
 * @param layer a layer without its input
 * @param x what it is to be applied to, of which only shape and dtype matter
 * @throws SW_VALUE when it is no layer; what the layer throws whose input does not fit
 * @example
 * const head = block(dense({ units: 64, activation: relu }), dense({ units: 10 }));
 * const count = parameterCount(head, input(["batch", 784])); // 50890
 */
export function parameterCount<R extends LayerRule, const S extends Shape, D extends DType>(
  layer: Layer<R>,
  x: Tensor<S, D> & CheckRule<R, S, D>,
): WeightsOf<R, S> {
  checkOption("parameterCount", "layer", layer, aLayer);
  const own = input(nodeOf(x).shape as Shape, nodeOf(x).dtype) as never;
  return parametersOf(nodeOf(layer(own))) as WeightsOf<R, S>;
}

import { checkOption } from "../ir/options.js";
import { currentPlace, within } from "../ir/place.js";
import type { Moment } from "../types/settled.js";
import { aLayer, type Layer, type LayerLike, type LayerRule, type Waiting } from "./layer.js";

/**
 * A layer, or a block, whose weights training leaves as they are, with all layers in it; their moving statistics, too. It is the layer
 * itself: its weights are made by its first call, which has to be a frozen one.
 *
 * @param layer a layer without its input: `dense({ units: 10 })`, a block, …
 * @returns the layer, for `sequential`, or to be called
 * @throws SW_VALUE when it is no layer; when it is called, and has weights that are trained
 * @example
 * const features = frozen(block(dense({ units: 64, activation: relu }), batchNormalization()));
 * const scores = sequential(input(["batch", 784]), features, dense({ units: 10 })); // Tensor<["batch", 10], "float32">
 */
export function frozen<R extends LayerRule, Now extends Moment = "now">(layer: LayerLike<R>): Waiting<R, Now> {
  checkOption("frozen", "layer", layer, aLayer);
  const inside =
    (call: (...args: unknown[]) => unknown) =>
    (...args: unknown[]) =>
      within({ ...currentPlace(), frozen: true }, () => call(...args));
  const others = Object.entries(layer).map(([name, own]) => [name, typeof own === "function" ? inside(own) : own]);
  return Object.assign(inside(layer as never), Object.fromEntries(others), { frozen: true }) as unknown as Layer<R>;
}

/** Whether a layer is one that `frozen` gave. */
export function isFrozen(layer: Layer): boolean {
  return "frozen" in layer;
}

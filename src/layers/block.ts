import type { DType } from "../ir/dtype.js";
import { anything } from "../ir/options.js";
import type { Moment } from "../types/settled.js";
import { type Layer, type LayerKind, type LayerRule, layerOf, type NamedLayer, named, type Waiting } from "./layer.js";
import type { Count } from "./parameterCount.js";
import { applyAll, type FirstOther, type Given, type MessageAt, type RulesOf, type Walk } from "./sequential.js";

/** The shape rule of layers one after another: what the first takes, and the last gives. */
export interface BlockRule<Rules extends LayerRule[]> extends LayerRule {
  readonly op: "block";
  readonly takes: DType;
  readonly gives: Walk<any, this["dtype"], Rules>["dtype"];
  readonly check: Walk<this["in"], this["dtype"], Rules>["message"];
  readonly weights: Count<this["in"], Rules>;
  readonly out: Walk<this["in"], any, Rules>["out"];
}

/**
 * Layers one after another as one layer, to be named once and used in several places. Used twice, its weights are shared;
 * `() => block(…)` makes a new one each time.
 *
 * @param layers layers without their input: `dense({ units: 10 })`, `flatten()`, another block, …; functions that keep the shape, such as `relu`
 * @throws SW_VALUE when one of them is no layer
 * @example
 * const tower = block(dense({ units: 64, activation: relu }), dense({ units: 16 }));
 * const left = tower(input(["batch", 784])); // Tensor<["batch", 16], "float32">
 * const right = sequential(input(["batch", 784]), tower, activation(relu)); // the same weights
 */
export function block<L extends Given[], Now extends Moment = "now">(
  ...layers: OnlyLayers<L>
): Waiting<BlockRule<RulesOf<"block", L>>, Now> {
  return layerOf(blockLayer, layers) as Layer<BlockRule<RulesOf<"block", L>>>;
}

type OnlyLayers<L extends Given[]> = { [I in keyof L]: L[I] & MessageAt<I, FirstOther<RulesOf<"block", L>>> };

const blockLayer: LayerKind<NamedLayer & { readonly layers: readonly unknown[] }> = {
  kind: "block",
  appliesOthers: true,
  rules: { ...named, layers: anything },
  optionsOf: (layers) => ({ layers }),
  most: Number.POSITIVE_INFINITY,
  build: (x, { layers }) => applyAll("block", x, layers),
};

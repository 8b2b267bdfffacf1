import type { AnyTensor, Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import type { ApplyRule, CheckRule, Layer, LayerRule } from "./layer.js";

/**
 * One walk over the layers' rules: what must hold of the layer at each place (nothing, or a message where it is
 * wrong), and the shape that comes out. After a mistake the shape is unknown, and no later layer complains.
 */
type Walk<S, Rules extends LayerRule[], Places extends unknown[] = []> = number extends Rules["length"]
  ? { places: unknown[]; out: any }
  : Rules extends [infer R extends LayerRule, ...infer Rest extends LayerRule[]]
    ? unknown extends CheckRule<R, S>
      ? Walk<ApplyRule<R, S>, Rest, [...Places, unknown]>
      : { places: [...Places, CheckRule<R, S>, ...Anything<Rest>]; out: any }
    : { places: Places; out: S };

/** As many places as there are layers, with nothing asked of them. */
type Anything<L extends unknown[]> = { [I in keyof L]: unknown };

/** The layers that may stand where `Rules` stand, after an input of shape `S`. */
type Layers<S extends Shape, Rules extends LayerRule[]> = {
  [I in keyof Rules]: Layer<Rules[I]> & PlaceOf<Walk<S, Rules>, I>;
};

/** A conditional type: TypeScript would let anything pass for `Walk<S, Rules>["places"][I]` while the walk is open. */
type PlaceOf<W, I> = W extends { places: infer Places } ? Places[I & keyof Places] : never;

/**
 * Applies layers one after another.
 *
 * @param x the first layer's input, float32
 * @param layers layers without their input: `dense({ units: 10 })`, `flatten()`, …
 * @returns the last layer's output
 * @example
 * const logits = sequential(input(["batch", 28, 28]), flatten(), dense({ units: 10 })); // Tensor<["batch", 10], "float32">
 */
export function sequential<const S extends Shape, Rules extends LayerRule[]>(
  x: Tensor<S>,
  ...layers: Layers<S, Rules>
): Tensor<Walk<S, Rules> extends { out: infer Out extends Shape } ? Out : any> {
  return (layers as unknown as Layer[]).reduce<AnyTensor>((value, layer) => layer.apply(value), x) as never;
}

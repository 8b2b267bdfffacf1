import { ascending, type OptionRules } from "../../ir/options.js";
import { maximum } from "../../ops/maximum.js";
import { minimum } from "../../ops/minimum.js";
import type { Any } from "../../ops/shared/composite.js";
import { type NamedLayer, named } from "../layer.js";
import type { Bounds } from "./drawn.js";

/** Options of layers that change colours. */
export interface ValueRangeOptions extends NamedLayer {
  /** Where the numbers of images lie: `[0, 1]` once they are scaled. @default [0, 255] */
  readonly valueRange?: Bounds;
}

export const valueRangeRules: OptionRules<ValueRangeOptions> = { valueRange: ascending, ...named };

/** Where numbers lie, by a layer's options. */
export function rangeOf({ valueRange = [0, 255] }: ValueRangeOptions): Bounds {
  return valueRange;
}

/** Numbers, or the bound that they are beyond. */
export function inRange(values: Any, [low, high]: Bounds): Any {
  return minimum(maximum(values, low) as Any, high);
}

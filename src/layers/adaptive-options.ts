import type { SizesOption } from "../ops/shared/windows/options.js";
import type { NamedLayer } from "./layer.js";

/** Options of the layers that pool to a size. */
export interface AdaptivePoolingOptions<Op extends string, Size, Now> extends NamedLayer {
  /** How many windows each axis is divided into: one number, or one for each axis. */
  readonly outputSize: SizesOption<Op, "outputSize", Size, Now>;
}

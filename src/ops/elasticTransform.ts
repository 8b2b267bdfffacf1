import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { CheckNotNegative, CheckPositive } from "../ir/option-checks.js";
import { checkOptions, float32, notNegative, positive } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Dim, Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { builder as b } from "./builder.js";
import { foldIn } from "./foldIn.js";
import { multiply } from "./multiply.js";
import type { Any } from "./shared/composite.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { checkKey, type Key } from "./shared/key.js";
import { bell, blurred } from "./shared/windows/blurred.js";
import { aCoordinatesFillMode, type CoordinatesFillMode } from "./shared/windows/coordinates.js";
import { displaced } from "./shared/windows/displaced.js";
import { type CheckImages, checkImages } from "./shared/windows/images.js";
import { aSamplingInterpolation, type SamplingInterpolation } from "./shared/windows/sampled.js";

const name = "elasticTransform";

/** Options of `elasticTransform`. */
export interface ElasticTransformOptions<A extends number = number, V extends number = number> {
  /** How far pixels are moved: by the smeared noise times so much. @default 20 */
  readonly alpha?: A & CheckNotNegative<typeof name, "alpha", A>;
  /** How large the noise is, and how far it is smeared, as the standard deviation in pixels. @default 5 */
  readonly sigma?: V & CheckPositive<typeof name, "sigma", V>;
  /** Whether places between pixels are `"bilinear"`, a mean of the four around, or `"nearest"`, one of them. @default "bilinear" */
  readonly interpolation?: SamplingInterpolation;
  /**
   * What comes in from outside: `"reflect"`, the pixels from the edge back (`dcba|abcd|dcba`); `"mirror"`, without the one of the edge
   * (`dcb|abcd|cba`); `"wrap"`, those from the other edge on; `"nearest"`, those of the edge; or `"constant"`, `fillValue`.
   *
   * @default "reflect"
   */
  readonly fillMode?: CoordinatesFillMode;
  /** What comes in from outside with `"constant"`. @default 0 */
  readonly fillValue?: number;
}

/**
 * Images pulled about like rubber: each pixel comes from where noise, smeared over its neighbours, says. The rule is that of Keras's
 * `ops.image.elastic_transform`, of which the noise across and down is one and the same; here it is drawn for each.
 * Source: Simard et al., "Best practices for convolutional neural networks applied to visual document analysis" (2003).
 *
 * @param images [batch, height, width, channels], float32
 * @param key int32 [2], from `randomKey`, `foldIn` or `stepKey`
 * @param options `alpha` (20), `sigma` (5), `interpolation` ("bilinear"), `fillMode` ("reflect"), `fillValue` (0)
 * @returns the images' shape
 * @throws SW_SHAPE when images have another rank, or the key is none; SW_DTYPE when images are not float32; SW_VALUE when an option is out of range
 * @example
 * const wavy = elasticTransform(input(["batch", 28, 28, 1]), stepKey(), { alpha: 8, sigma: 3 }); // Tensor<["batch", 28, 28, 1], "float32">
 */
export function elasticTransform<
  const S extends Shape,
  D extends DType,
  const A extends number = number,
  const V extends number = number,
>(
  images: Tensor<S, D> & FirstMessage<CheckDType<typeof name, D, "float32">, CheckImages<typeof name, S, 4>>,
  key: Key,
  options: ElasticTransformOptions<A, V> = {},
): Tensor<S, D> {
  const [node, drawnBy] = [nodeOf(images, name), nodeOf(key, name)];
  refuse("SW_DTYPE", name, checkDType(name, node.dtype, ["float32"]));
  refuse("SW_SHAPE", name, checkImages(name, node.shape, 2));
  refuse("SW_SHAPE", name, checkKey(name, drawnBy));
  checkOptions<ElasticTransformOptions>(name, options, {
    alpha: notNegative,
    sigma: positive,
    interpolation: aSamplingInterpolation,
    fillMode: aCoordinatesFillMode,
    fillValue: float32,
  });
  const {
    alpha = 20,
    sigma = 5,
    interpolation = "bilinear",
    fillMode = "reflect",
    fillValue = 0,
  } = options as ElasticTransformOptions;
  const [batch, height, width] = node.shape as [Dim, Dim, Dim, Dim];
  const weights = bell((6 * Math.floor(sigma)) | 1, sigma);
  /** [batch, height, width, 1], for a number of its own. */
  const away = (index: number): Any => {
    const own = nodeOf(foldIn(tensorOf(drawnBy) as Key, index));
    const noise = b.op("randomNormal", [own], { shape: [batch, height, width, 1] });
    const large = b.op("multiply", [noise, b.scalar(sigma)]);
    return multiply(tensorOf(blurred(large, weights, weights, "same")) as Any, alpha);
  };
  const reading = { interpolation, fillMode, fillValue };
  return calling(name, () => displaced(images as Any, { down: away(1), across: away(0) }, reading)) as Tensor<any, any>;
}

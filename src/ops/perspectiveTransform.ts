import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { checkOptions, float32 } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { at } from "./at.js";
import { concat } from "./concat.js";
import { multiply } from "./multiply.js";
import { neg } from "./neg.js";
import { onesLike } from "./onesLike.js";
import type { Any } from "./shared/composite.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { type CheckSameShape, checkSameShape } from "./shared/join.js";
import { type CheckImages, checkImages } from "./shared/windows/images.js";
import { type CheckPerImage, checkPerImage } from "./shared/windows/per-image.js";
import { projected } from "./shared/windows/projected.js";
import { aSamplingInterpolation, type SamplingInterpolation } from "./shared/windows/sampled.js";
import { solve } from "./solve.js";
import { stack } from "./stack.js";
import { zerosLike } from "./zerosLike.js";

/** Options of `perspectiveTransform`. */
export interface PerspectiveTransformOptions {
  /** Whether places between pixels are `"bilinear"`, a mean of the four around, or `"nearest"`, one of them. @default "bilinear" */
  readonly interpolation?: SamplingInterpolation;
  /** What comes in from outside. @default 0 */
  readonly fillValue?: number;
}

type Check<S extends Shape, D extends DType, What extends string, T extends Shape> = FirstMessage<
  CheckDType<typeof name, D, "float32">,
  CheckPerImage<typeof name, What, S, T, [4, 2]>
>;

const name = "perspectiveTransform";

/**
 * Images seen from another side: what is at four points comes to four others, and lines stay lines. The rule is that of Keras's
 * `ops.image.perspective_transform`.
 *
 * @param images [batch, height, width, channels], float32
 * @param startPoints (x, y) of four points, no three of them on a line, in pixels: [4, 2] for all images, or [batch, 4, 2]; float32
 * @param endPoints where they come to, of the same shape
 * @param options `interpolation` ("bilinear"), `fillValue` (0)
 * @returns the images' shape
 * @throws SW_SHAPE when images have another rank, or points are not four; SW_DTYPE when one is not float32; SW_VALUE when an option is out of
 *   range; SW_DATA when three points are on a line, known when the program runs
 * @example
 * const corners = constant([[0, 0], [27, 0], [0, 27], [27, 27]]);
 * const narrow = constant([[6, 0], [21, 0], [0, 27], [27, 27]]);
 * const y = perspectiveTransform(input(["batch", 28, 28, 1]), corners, narrow); // Tensor<["batch", 28, 28, 1], "float32">
 */
export function perspectiveTransform<
  const S extends Shape,
  D extends DType,
  const T extends Shape,
  E extends DType,
  const U extends Shape,
  F extends DType,
>(
  images: Tensor<S, D> & FirstMessage<CheckDType<typeof name, D, "float32">, CheckImages<typeof name, S, 4>>,
  startPoints: Tensor<T, E> & Check<S, E, "startPoints", T>,
  endPoints: Tensor<U, F> & FirstMessage<CheckDType<typeof name, F, "float32">, CheckSameShape<typeof name, T, U>>,
  options: PerspectiveTransformOptions = {},
): Tensor<S, D> {
  const [node, from, to] = [nodeOf(images, name), nodeOf(startPoints, name), nodeOf(endPoints, name)];
  refuse("SW_DTYPE", name, checkDType(name, node.dtype, ["float32"]));
  refuse("SW_SHAPE", name, checkImages(name, node.shape, 2));
  refuse("SW_DTYPE", name, checkDType(name, from.dtype, ["float32"]));
  refuse("SW_SHAPE", name, checkPerImage(name, "startPoints", node.shape, from.shape, [4, 2]));
  refuse("SW_DTYPE", name, checkDType(name, to.dtype, ["float32"]));
  refuse("SW_SHAPE", name, checkSameShape(name, from.shape, to.shape));
  checkOptions<PerspectiveTransformOptions>(name, options, {
    interpolation: aSamplingInterpolation,
    fillValue: float32,
  });
  const { interpolation = "bilinear", fillValue = 0 } = options;
  return calling(name, () => {
    const transform = homography(tensorOf(from), tensorOf(to));
    return projected(tensorOf(node), transform, { interpolation, fillMode: "constant", fillValue });
  }) as Tensor<any, any>;
}

/** The transform, [..., 8], that takes the points at which things end up to those from which they come: two equations for each. */
function homography(start: Any, end: Any): Any {
  const [x, y] = [at(end, "..., 0"), at(end, "..., 1")] as [Any, Any];
  const [one, none] = [onesLike(x), zerosLike(x)];
  const equations = (side: Any, first: readonly Any[]): Any =>
    stack([...first, neg(multiply(side, x) as Any), neg(multiply(side, y) as Any)] as Any[], -1) as Any;
  const [sideX, sideY] = [at(start, "..., 0"), at(start, "..., 1")] as [Any, Any];
  const rows = [equations(sideX, [x, y, one, none, none, none]), equations(sideY, [none, none, none, x, y, one])];
  return solve(concat(rows, -2) as Any, concat([sideX, sideY], -1) as Any) as Any;
}

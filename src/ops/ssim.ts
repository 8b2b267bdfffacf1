import type { DType } from "../ir/dtype.js";
import { type Node, nodeOf, tensorOf } from "../ir/node.js";
import type { CheckCount } from "../ir/option-checks.js";
import { checkOptions, count, positive } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { multiplyDims } from "../types/arithmetic.js";
import type { DimAt } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { builder as b } from "./builder.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { type CheckSameShape, checkSameShape } from "./shared/join.js";
import { bell, blurred } from "./shared/windows/blurred.js";
import { checkWindows } from "./shared/windows/check-convolution.js";
import { type CheckImages, checkImages } from "./shared/windows/images.js";
import type { CheckWindows2d } from "./shared/windows/window-shapes.js";

/** Options of `ssim`. */
export interface SsimOptions<F extends number> {
  /** The largest number that a pixel can have, such as 1 or 255. @default 1 */
  readonly maxVal?: number;
  /** How many pixels, in height and width, are compared at once. @default 11 */
  readonly filterSize?: F & CheckCount<"ssim", "filterSize", F>;
  /** How soon pixels count less, as the standard deviation in pixels. @default 1.5 */
  readonly filterSigma?: number;
  /** What keeps dark places from being divided by 0, as a share of `maxVal`. @default 0.01 */
  readonly k1?: number;
  /** The same of even places. @default 0.03 */
  readonly k2?: number;
}

/**
 * How alike images are in their structure, from -1 to 1, which only equal ones reach: SSIM, the mean over all windows and channels of
 * (2µₐµ_b + c₁)(2σₐ_b + c₂) / ((µₐ² + µ_b² + c₁)(σₐ² + σ_b² + c₂)), with c = (k · maxVal)². The numbers are those of Keras's `ops.image.ssim`.
 *
 * @param a [batch, height, width, channels], float32
 * @param b the same shape, float32
 * @param options `maxVal` (1), `filterSize` (11), `filterSigma` (1.5), `k1` (0.01), `k2` (0.03)
 * @returns [batch]
 * @throws SW_SHAPE when images have another rank, the shapes differ, or a window is larger than the images; SW_DTYPE when they are not float32;
 *   SW_VALUE when an option is out of range
 * @see Z. Wang, A. C. Bovik, H. R. Sheikh and E. P. Simoncelli, Image quality assessment: from error visibility to structural similarity, 2004
 * @example
 * const [image, restored] = [input(["batch", 28, 28, 1]), input(["batch", 28, 28, 1])];
 * const alike = ssim(image, restored); // Tensor<["batch"], "float32">
 */
export function ssim<
  const S extends Shape,
  D extends DType,
  const T extends Shape,
  E extends DType,
  const F extends number = 11,
  Now extends "now" = "now",
>(
  a: Tensor<S, D> &
    FirstMessage<
      CheckDType<"ssim", D, "float32">,
      FirstMessage<CheckImages<"ssim", S, 4>, CheckWindows2d<"ssim", S, F, "valid", 1, Now>>
    >,
  b: Tensor<T, E> & FirstMessage<CheckDType<"ssim", E, "float32">, CheckSameShape<"ssim", S, T>>,
  options: SsimOptions<F> = {},
): Tensor<[DimAt<S, 0>]> {
  const [x, y] = [nodeOf(a, "ssim"), nodeOf(b, "ssim")];
  refuse("SW_DTYPE", "ssim", checkDType("ssim", x.dtype, ["float32"]));
  refuse("SW_SHAPE", "ssim", checkImages("ssim", x.shape, 2));
  checkOptions<SsimOptions<number>>("ssim", options, {
    maxVal: positive,
    filterSize: count,
    filterSigma: positive,
    k1: positive,
    k2: positive,
  });
  const { maxVal = 1, filterSize = 11, filterSigma = 1.5, k1 = 0.01, k2 = 0.03 } = options as SsimOptions<number>;
  const size = [filterSize, filterSize];
  const attributes = { strides: [1, 1], padding: "valid" } as const;
  refuse("SW_SHAPE", "ssim", checkWindows("ssim", x.shape, size, attributes));
  refuse("SW_DTYPE", "ssim", checkDType("ssim", y.dtype, ["float32"]));
  refuse("SW_SHAPE", "ssim", checkSameShape("ssim", x.shape, y.shape));
  const check = { rule: "windows", shape: x.shape, given: { size, attributes } } as const;
  const [c1, c2] = [(k1 * maxVal) ** 2, (k2 * maxVal) ** 2];
  return calling("ssim", () => tensorOf(similarity(x, y, bell(filterSize, filterSigma), c1, c2)), check);
}

function similarity(x: Node, y: Node, weights: Float32Array, c1: number, c2: number): Node {
  const times = (one: Node, other: Node) => b.op("multiply", [one, other]);
  const plus = (one: Node, other: Node) => b.op("add", [one, other]);
  const twice = (one: Node) => times(one, b.scalar(2));
  const [meanX, meanY, squareX, squareY, product] = smeared([x, y, times(x, x), times(y, y), times(x, y)], weights);
  const [powerX, powerY, both] = [times(meanX!, meanX!), times(meanY!, meanY!), times(meanX!, meanY!)];
  const variances = plus(b.op("subtract", [squareX!, powerX]), b.op("subtract", [squareY!, powerY]));
  const covariance = b.op("subtract", [product!, both]);
  const alike = times(plus(twice(both), b.scalar(c1)), plus(twice(covariance), b.scalar(c2)));
  const most = times(plus(plus(powerX, powerY), b.scalar(c1)), plus(variances, b.scalar(c2)));
  return b.op("mean", [b.op("divide", [alike, most])], { axes: [1, 2, 3], keepDims: false });
}

/** Means over windows of several images, which are smeared as the channels of one. */
function smeared(images: readonly Node[], weights: Float32Array): Node[] {
  const channels = images[0]!.shape[3]!;
  const all = blurred(b.op("concat", images, { axis: 3 }), weights, weights, "valid");
  return images.map((_, i) =>
    b.op("slice", [all], { begin: [0, 0, 0, multiplyDims(channels, i)], size: all.shape.with(3, channels) }),
  );
}

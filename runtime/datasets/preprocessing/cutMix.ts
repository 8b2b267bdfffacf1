import { oneOrTwo } from "../../../src/ir/oneOrTwo.js";
import { checkOptions, integer, type OptionRules, probability } from "../../../src/ir/options.js";
import type { Random } from "../../../src/ir/random.js";
import type { Place } from "../stages/map.js";
import { batchMixer, beta, unmixed } from "./mixing.js";

/** Options of `cutMix`. */
export interface CutMixOptions {
  /**
   * How sizes of rectangles differ, from 0, where one of two images is nearly all, to 1, where all shares are as probable: up to so much, or between
   * two bounds.
   *
   * @default 1
   */
  readonly factor?: number | readonly [low: number, high: number];
  /** What rectangles and pairs are drawn by: the same seed gives the same. @default 0 */
  readonly seed?: number;
}

const rules: OptionRules<CutMixOptions> = { factor: oneOrTwo(probability), seed: integer };

/**
 * Puts into each image of a batch a rectangle of another one of it, and mixes their targets as large as the parts are: for `map` behind `batch`.
 * Rectangles and pairs are drawn for each batch of each epoch, so a run that goes on from its backup mixes the same. What has four axes are images,
 * masks of places among them. Keras's `CutMix`.
 * Source: Yun et al., "CutMix: regularization strategy to train strong classifiers with localizable features" (2019).
 *
 * @param options `factor` (1), `seed` (0)
 * @returns a function of a batch, each of whose arrays are float32 numbers of the same number of samples: images [batch, height, width, channels], and
 *   targets that are rows, as `oneHot` makes them
 * @throws SW_VALUE when an option is out of range; the function SW_DATA when a batch has no images, or something in it is no float32 array, or of
 *   another number
 * @example
 * const images = array(new Float32Array(8 * 28 * 28), [8, 28, 28, 1]);
 * const target = array(new Float32Array(8 * 3), [8, 3]);
 * const batches = dataset({ inputs: { images }, target }).batch(4).map(cutMix());
 */
export function cutMix(options: CutMixOptions = {}): <const B extends object>(batch: B, place: Place) => B {
  checkOptions("cutMix", options, rules);
  const { factor = 1, seed = 0 } = options;
  const [low, high] =
    typeof factor === "number" ? [0, factor] : [Math.min(factor[0], factor[1]), Math.max(factor[0], factor[1])];
  return batchMixer("cutMix", seed, (arrays, count, generator) => {
    if (!arrays.some(({ shape }) => shape.length === 4)) {
      throw unmixed("cutMix", "takes images [batch, height, width, channels] in a batch, got none");
    }
    const alpha = low + (high - low) * generator.uniform() + 1e-6;
    const rectangles = Array.from({ length: count }, () => rectangle(alpha, generator));
    return ([, height, width, channels, ...more]) =>
      channels === undefined || more.length > 0
        ? (own, other, sample) => own + (other - own) * rectangles[sample]!.share
        : (own, other, sample, place) => {
            const { side, x, y } = rectangles[sample]!;
            const [row, column] = [Math.floor(place / (width! * channels)), Math.floor(place / channels) % width!];
            return isWithin(column, x, side, width!) && isWithin(row, y, side, height!) ? other : own;
          };
  });
}

/** A rectangle of an image: its share of the area, its sides as parts of the image's, and where it begins, from 0 to 1. */
interface Rectangle {
  readonly share: number;
  readonly side: number;
  readonly x: number;
  readonly y: number;
}

function rectangle(alpha: number, generator: Random): Rectangle {
  const share = 1 - beta(alpha, generator);
  return { share, side: Math.sqrt(share), x: generator.uniform(), y: generator.uniform() };
}

/** Whether a place along an axis lies in a part of it. */
function isWithin(place: number, first: number, side: number, size: number): boolean {
  const start = first * (size - side * size);
  return place >= start && place < start + side * size;
}

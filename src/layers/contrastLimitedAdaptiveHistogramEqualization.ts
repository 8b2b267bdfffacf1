import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { type CheckCounts, type OneOrTwo, oneOrTwo } from "../ir/oneOrTwo.js";
import type { CheckNotNegative } from "../ir/option-checks.js";
import { count as aCount, notNegative, type OptionRules } from "../ir/options.js";
import { currentPlace, within } from "../ir/place.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { places } from "../ops/arange.js";
import { bincount } from "../ops/bincount.js";
import { cast } from "../ops/cast.js";
import { cumsum } from "../ops/cumsum.js";
import { divide } from "../ops/divide.js";
import { expandDims } from "../ops/expandDims.js";
import { floor } from "../ops/floor.js";
import { gather } from "../ops/gather.js";
import { greater } from "../ops/greater.js";
import { maximum } from "../ops/maximum.js";
import { min } from "../ops/min.js";
import { minimum } from "../ops/minimum.js";
import { multiply } from "../ops/multiply.js";
import { pad } from "../ops/pad.js";
import { reshape } from "../ops/reshape.js";
import { select } from "../ops/select.js";
import type { Any } from "../ops/shared/composite.js";
import { type Element, elementsAt, valuesAt } from "../ops/shared/windows/coordinates.js";
import { count } from "../ops/shared/windows/sampled.js";
import { subtract } from "../ops/subtract.js";
import { sum } from "../ops/sum.js";
import { transpose } from "../ops/transpose.js";
import { ceilDivideDims, multiplyDims } from "../types/arithmetic.js";
import type { Dim, Shape } from "../types/dim.js";
import { productOf } from "../types/product.js";
import { type CheckPhotos, checkPhotos, type KeepImages } from "./augmentation/augmentation.js";
import { inRange, rangeOf, type ValueRangeOptions, valueRangeRules } from "./augmentation/value-range.js";
import { type Layer, type LayerKind, layerOf } from "./layer.js";

const kind = "contrastLimitedAdaptiveHistogramEqualization";

/** Options of `contrastLimitedAdaptiveHistogramEqualization`. */
export interface ContrastLimitedAdaptiveHistogramEqualizationOptions<
  L extends number = number,
  G extends OneOrTwo = OneOrTwo,
> extends ValueRangeOptions {
  /** How often a level may occur in a tile, as a multiple of how often it would if all occurred alike; 0: as often as it does. @default 4 */
  readonly clipLimit?: L & CheckNotNegative<typeof kind, "clipLimit", L>;
  /** How many tiles an image has: one number, or [down, across]. @default 8 */
  readonly tileGridSize?: G & CheckCounts<typeof kind, "tileGridSize", G>;
}

/**
 * Raises the contrast of each part of an image by itself (CLAHE): each channel of each tile has its 256 levels spread by how many of its pixels
 * are not above them, where levels that occur too often give the rest to all; a pixel becomes what the four tiles around it make of it, by
 * how near their middles are. Images whose sizes the tiles do not divide are mirrored at the end. In training, evaluation and prediction
 * alike. No gradient passes through what is counted. Keras's `ContrastLimitedAdaptiveHistogramEqualization`.
 * Source: Zuiderveld, "Contrast limited adaptive histogram equalization", in Graphics Gems IV (1994).
 *
 * @param x [batch, height, width, channels], float32
 * @param options `clipLimit` (4), `tileGridSize` (8), `valueRange` ([0, 255]), `name`
 * @returns the same shape; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of images, SW_DTYPE when it is not float32; SW_VALUE when an option is out of range
 * @example
 * const image = input(["batch", 64, 64, 1]);
 * const y = contrastLimitedAdaptiveHistogramEqualization(image, { tileGridSize: 4 }); // Tensor<["batch", 64, 64, 1], "float32">
 */
export function contrastLimitedAdaptiveHistogramEqualization<
  const L extends number = number,
  const G extends OneOrTwo = OneOrTwo,
>(options?: ContrastLimitedAdaptiveHistogramEqualizationOptions<L, G>): Layer<KeepImages<typeof kind>>;
export function contrastLimitedAdaptiveHistogramEqualization<
  const S extends Shape,
  D extends DType,
  const L extends number = number,
  const G extends OneOrTwo = OneOrTwo,
>(
  x: Tensor<S, D> & CheckPhotos<typeof kind, S, D>,
  options?: ContrastLimitedAdaptiveHistogramEqualizationOptions<L, G>,
): Tensor<S, D>;
export function contrastLimitedAdaptiveHistogramEqualization(...args: readonly unknown[]) {
  return layerOf(equalizationOfTiles, args);
}

const rules: OptionRules<ContrastLimitedAdaptiveHistogramEqualizationOptions> = {
  clipLimit: notNegative,
  tileGridSize: oneOrTwo(aCount),
  ...valueRangeRules,
};

const equalizationOfTiles: LayerKind<ContrastLimitedAdaptiveHistogramEqualizationOptions> = {
  kind,
  rules,
  build(x, options, { scope }) {
    checkPhotos(kind, x);
    return within({ ...currentPlace(), scope }, () => equalized(x, options));
  },
};

type Whole = Tensor<any, "int32">;

/** How many levels there are: those of a byte. */
const levels = 256;
const highest = levels - 1;

/** An axis of images: its size, and how many tiles there are along it, of which size. */
interface Tiled {
  readonly size: Dim;
  readonly tiles: number;
  readonly tile: Dim;
}

function equalized(x: Any, options: ContrastLimitedAdaptiveHistogramEqualizationOptions): Any {
  const { clipLimit = 4, tileGridSize = 8 } = options as { clipLimit?: number; tileGridSize?: OneOrTwo };
  const [low, high] = rangeOf(options);
  const isBytes = low === 0 && high === highest;
  const scaled: Any = isBytes ? x : multiply(divide(subtract(x, low) as Any, high - low) as Any, highest);
  const [, height, width] = nodeOf(x).shape as readonly Dim[];
  const [tilesDown, tilesAcross] = [tileGridSize, tileGridSize].flat() as [number, number];
  const down = { size: height!, tiles: tilesDown, tile: ceilDivideDims(height!, tilesDown) };
  const across = { size: width!, tiles: tilesAcross, tile: ceilDivideDims(width!, tilesAcross) };
  const level = levelsOf(scaled);
  const spread = read(tablesOf(level, down, across, clipLimit), level, down, across);
  return isBytes ? spread : add(multiply(spread, (high - low) / highest) as Any, low);
}

/** The level of each pixel: bounded twice, since what is NaN is no number of a byte before it is an integer. */
function levelsOf(x: Any): Whole {
  const whole: Whole = cast(inRange(x, [0, highest]), "int32");
  return minimum(maximum(whole, 0) as Whole, highest) as Whole;
}

/** What each tile makes of each level: [batch, tiles down, tiles across, channels, levels]. */
function tablesOf(level: Whole, down: Tiled, across: Tiled, clipLimit: number): Any {
  const [batch, , , channels] = nodeOf(level).shape as [Dim, Dim, Dim, Dim];
  const whole = filledUp(filledUp(level, down, 1), across, 2);
  const apart: Whole = reshape(whole, [batch, down.tiles, down.tile, across.tiles, across.tile, channels]);
  const sorted = transpose(apart, [0, 1, 3, 5, 2, 4]) as Whole;
  const all = multiplyDims(down.tiles * across.tiles, channels);
  const ofTile: Whole = reshape(sorted, [batch, all, multiplyDims(down.tile, across.tile)]);
  const pixels: Any = multiply(count(down.tile), count(across.tile));
  const counts: Any = cast(bincount(ofTile, levels as never) as Any, "float32");
  const upTo: Any = cumsum(clipLimit > 0 ? limited(counts, multiply(pixels, clipLimit / levels) as Any) : counts, -1);
  const least: Any = min(upTo, { axis: -1, keepDims: true });
  const rest: Any = subtract(pixels, least);
  const isSome = greater(rest, 0) as Tensor<any, "bool">;
  const parts: Any = divide(multiply(subtract(upTo, least) as Any, highest) as Any, select(isSome, rest, 1) as Any);
  return reshape(inRange(parts, [0, highest]), [batch, down.tiles, across.tiles, channels, levels]);
}

/** What is there, mirrored at the end of an axis until the tiles are full. */
function filledUp(level: Whole, { size, tiles, tile }: Tiled, axis: 1 | 2): Whole {
  const place: Any = cast(tensorOf(places(multiplyDims(tiles, tile))), "float32");
  const [from] = elementsAt(place, 0, size, "reflect");
  return gather(level, from!.index, axis);
}

/** Counts up to a limit: what is above it is shared out among all. */
function limited(counts: Any, limit: Any): Any {
  const clipped: Any = minimum(counts, limit);
  const excess: Any = sum(subtract(counts, clipped) as Any, { axis: -1, keepDims: true });
  return add(clipped, divide(excess, levels) as Any);
}

/** What the four tiles around each pixel make of its level. */
function read(tables: Any, level: Whole, down: Tiled, across: Tiled): Any {
  const [batch, , , channels] = nodeOf(level).shape as [Dim, Dim, Dim, Dim];
  // The outermost tiles go on to the edges.
  const wide: Any = pad(
    tables,
    [
      [0, 0],
      [1, 1],
      [1, 1],
      [0, 0],
      [0, 0],
    ] as never,
    "symmetric",
  );
  const sizes = [batch, down.tiles + 2, across.tiles + 2, channels, levels];
  const flat: Any = reshape(wide, [productOf(sizes)]);
  const own = (size: Dim, axes: number): readonly Element[] => [
    { index: behind(tensorOf(places(size)) as Whole, axes) },
  ];
  const axes = [own(batch, 3), tilesAround(down, 2), tilesAround(across, 1), own(channels, 0), [{ index: level }]];
  return valuesAt(flat, axes, sizes, 0);
}

/** The tiles on both sides of each place along an axis, of those with one more at each end, by how near their middles are. */
function tilesAround({ size, tile }: Tiled, axes: number): readonly Element[] {
  const place: Any = cast(tensorOf(places(size)), "float32");
  const wide = count(tile);
  const at: Any = add(divide(subtract(place, multiply(wide, 0.5) as Any) as Any, wide) as Any, 1);
  const before: Any = floor(at);
  const share: Any = behind(subtract(at, before), axes);
  const index: Whole = behind(cast(before, "int32"), axes);
  return [
    { index, share: subtract(1, share) as Any },
    { index: add(index, 1) as Whole, share },
  ];
}

/** A vector along an axis that so many others follow. */
function behind<T extends Any | Whole>(vector: T, axes: number): T {
  return Array.from({ length: axes }).reduce<T>((x) => expandDims(x, -1) as T, vector);
}

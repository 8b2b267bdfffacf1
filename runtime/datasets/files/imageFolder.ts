import type { NdArray } from "../../../src/ir/array.js";
import { ShapewrightError } from "../../../src/ir/errors.js";
import { checkOptions, count, flag, integer, listOf, type OptionRules, oneOf, text } from "../../../src/ir/options.js";
import { random, shuffled } from "../../../src/ir/random.js";
import { checkPath, filesFor, refusedFile } from "../../host/filesFor.js";
import { Dataset } from "../dataset.js";
import type { Stage } from "../flow.js";
import { tableStage } from "../tables.js";
import { type Decoder, decoder } from "./images/decoder.js";
import { imageTables, labelColumns } from "./images/imageTables.js";
import { allImages, endings, imagesOfClasses, type ListedImage } from "./images/listedImages.js";
import { interpolations, type Resizing, resizeImage } from "./images/resizeImage.js";
import { type ColorMode, channelsOf } from "./images/toChannels.js";
import { bytesLater } from "./reading.js";

/** What stands for a class: its number, its place among zeros, 0 or 1 of two classes as float32, or nothing. */
export type LabelMode = "int" | "categorical" | "binary" | null;

/** Options of `imageFolder`: Keras's, of `image_dataset_from_directory`. */
export interface ImageFolderOptions<
  H extends number = number,
  W extends number = number,
  C extends ColorMode = ColorMode,
  L extends LabelMode = LabelMode,
  N extends readonly string[] = readonly string[],
  S extends "training" | "validation" | "both" = "training" | "validation" | "both",
> {
  /** The size that all images are made to have. Left out, they all have to be of one size. */
  readonly imageSize?: readonly [height: H, width: W];
  /** What a pixel consists of: 3 channels, 1 or 4. @default "rgb" */
  readonly colorMode?: C;
  /** What stands for a class. With null there are no classes, and all images below the folder are taken. @default "int" */
  readonly labelMode?: L;
  /** The names of the classes' folders, in the order of their numbers; others are left out. @default all, sorted by their characters */
  readonly classNames?: N;
  /** Where pixels of another size get their values. @default "bilinear" */
  readonly interpolation?: "bilinear" | "nearest";
  /** Whether an image of another form is cropped to that of `imageSize` from its middle, and not stretched. @default false */
  readonly cropToAspectRatio?: boolean;
  /** Whether an image of another form stands whole within zeros, and is not stretched. @default false */
  readonly padToAspectRatio?: boolean;
  /** Whether the files are in a random order, another in each epoch; else they are sorted. @default true */
  readonly shuffle?: boolean;
  /** What the random orders follow from, and which files are for validation. @default 0 */
  readonly seed?: number;
  /** The share of the files, drawn at random by the seed, that are for validation. */
  readonly validationSplit?: number;
  /** Which of the two parts is wanted, or both, in this order. */
  readonly subset?: S;
  /** Whether folders that links lead to are looked into, within the classes' folders. @default false */
  readonly followLinks?: boolean;
}

/** An image with its class, as training takes it; or, without classes, as prediction does. */
export type ImageSample<
  H extends number,
  W extends number,
  C extends ColorMode,
  L extends LabelMode,
  N extends readonly string[],
> = L extends null
  ? { readonly image: NdArray<[H, W, (typeof channelsOf)[C]], "uint8"> }
  : {
      readonly inputs: { readonly image: NdArray<[H, W, (typeof channelsOf)[C]], "uint8"> };
      readonly target: L extends "int" ? number : NdArray<[L extends "binary" ? 1 : N["length"]], "float32">;
    };

/** The images of a folder, as `imageFolder` gives them. */
export class ImageFolder<out E> extends Dataset<E> {
  /** @internal */
  constructor(
    stage: Stage<E>,
    /** The names of the classes, in the order of their numbers. */
    readonly classNames: readonly string[],
    /** The files, in the order of an epoch that is not shuffled. */
    readonly filePaths: readonly string[],
  ) {
    super(stage);
  }
}

const rules: OptionRules<ImageFolderOptions> = {
  imageSize: {
    takes: "[height, width], two positive integers",
    accepts: (value) => listOf(count).accepts(value) && (value as unknown[]).length === 2,
  },
  colorMode: oneOf(Object.keys(channelsOf)),
  labelMode: {
    takes: `${oneOf(Object.keys(labelColumns)).takes}, or null`,
    accepts: (value) => value === null || Object.hasOwn(labelColumns, value as string),
  },
  classNames: {
    takes: "a list of different texts",
    accepts: (value) => listOf(text).accepts(value) && new Set(value as string[]).size === (value as string[]).length,
  },
  interpolation: interpolations,
  cropToAspectRatio: flag,
  padToAspectRatio: flag,
  shuffle: flag,
  seed: integer,
  validationSplit: {
    takes: "a number between 0 and 1",
    accepts: (value) => typeof value === "number" && value > 0 && value < 1,
  },
  subset: oneOf(["training", "validation", "both"]),
  followLinks: flag,
};

/**
 * The images of a folder, with the folders within it as their classes: PNG, JPEG, WebP, and of a GIF the first picture. They are listed at once, and
 * read and decoded as they are asked for, several at a time beside what the program does. Takes the package sharp.
 *
 * Pixels are bytes, as they stand in the file: what the file says of how it is to be turned (EXIF) and of its colours' profile is not
 * looked at, as Keras does not. Grey is made of colours by ITU-R BT.601, RGB of CMYK and of a palette as Pillow makes it; of sixteen bits the
 * upper eight are taken; opacity is left out, but for `colorMode: "rgba"`. What is hidden, and files of other endings, are passed over.
 * Another size is made by TensorFlow's `resize`, which smooths nothing where images become smaller, and rounded.
 *
 * @returns samples `{ inputs: { image }, target }`, which have `image` of [height, width, channels], uint8
 * @throws SW_VALUE when an option is not what it must be; SW_FILE when the folder or the first image cannot be read, there are no classes or images, or the
 * package is missing; and, when it is gone through, SW_FILE for an image that cannot be read, or is of another size where none is said
 * @example
 * const options = { imageSize: [64, 64], validationSplit: 0.2, subset: "both" } as const;
 * const [training, validation] = await imageFolder("data/flowers", options);
 * const flowers = model({ image: input(["batch", 64, 64, 3], "uint8") }, ({ image }) =>
 *   sequential(image, rescaling({ scale: 1 / 255 }), flatten(), dense({ units: 5 })),
 * );
 * const reader = await open(compile(flowers, { optimizer: adam(), loss: sparseCategoricalCrossentropy({ fromLogits: true }) }));
 * await reader.fitBatches(training.batch(32).prefetch(2), { epochs: 5, validationBatches: validation.batch(32) });
 */
export async function imageFolder<
  const H extends number = number,
  const W extends number = number,
  const C extends ColorMode = "rgb",
  const L extends LabelMode = "int",
  const N extends readonly string[] = readonly string[],
  const S extends "training" | "validation" | "both" = "training",
>(
  path: string,
  options: ImageFolderOptions<H, W, C, L, N, S> = {},
): Promise<
  S extends "both"
    ? [ImageFolder<ImageSample<H, W, C, L, N>>, ImageFolder<ImageSample<H, W, C, L, N>>]
    : ImageFolder<ImageSample<H, W, C, L, N>>
> {
  const op = "imageFolder";
  checkPath(op, path);
  checkOptions<ImageFolderOptions>(op, options, rules);
  checkTogether(op, options);
  const { labelMode = "int", classNames, followLinks = false } = options as ImageFolderOptions;
  const files = await filesFor(op, path);
  const decoding = await decoder(op);
  const listing = { op, files, folder: path.replace(/(?<=.)[/\\]+$/, ""), followLinks };
  const all = labelMode === null ? allImages(listing) : imagesOfClasses(listing, classNames);
  const [first] = all.images;
  if (!first) throw refusedFile(op, `${path} has no images (${endings.join(", ")})`);
  if (labelMode === "binary" && all.classNames.length !== 2)
    throw refusedFile(op, `labelMode "binary" is of two classes, but ${path} has ${all.classNames.length}`);
  const rows = await rowsOf(op, options, decoding, first, all.classNames.length);
  const made = parts(op, path, options, all.images).map((images) => {
    const { shuffle = true, seed = 0 } = options;
    const order = (epoch: number) =>
      Array.from(shuffled(images.length, random(seed, `${op}/${epoch}`)), (at) => images[at]!);
    const description = `${op}(${images.length}, ${shuffle ? seed : "sorted"})`;
    const stage = tableStage({ description, isOnce: false }, (epoch) =>
      imageTables(shuffle ? order(epoch) : images, rows),
    );
    const paths = images.map((image) => image.path);
    return new ImageFolder(stage, all.classNames, paths);
  });
  return (options.subset === "both" ? made : made[0]) as never;
}

/** Refuses options that do not go together. */
function checkTogether(op: string, options: ImageFolderOptions): void {
  const { imageSize, interpolation, cropToAspectRatio, padToAspectRatio } = options;
  const { labelMode, classNames, validationSplit, subset } = options;
  const refuse = (fault: string) => new ShapewrightError("SW_VALUE", `${op}: ${fault}`, op);
  if (cropToAspectRatio && padToAspectRatio)
    throw refuse("cropToAspectRatio and padToAspectRatio are two ways to do one thing; write one of them");
  const resizing = { interpolation, cropToAspectRatio, padToAspectRatio };
  const useless = Object.entries(resizing).find(([, value]) => value)?.[0];
  if (useless && !imageSize)
    throw refuse(`${useless} says how images get another size; say which: imageSize: [height, width]`);
  if (labelMode === null && classNames)
    throw refuse("classNames names classes, of which there are none with labelMode: null");
  if ((validationSplit === undefined) !== (subset === undefined))
    throw refuse('validationSplit and subset are given together: { validationSplit: 0.2, subset: "both" }');
}

/** The files that are wanted: all, one part, or both. */
function parts(
  op: string,
  path: string,
  { validationSplit, subset, seed = 0 }: ImageFolderOptions,
  images: readonly ListedImage[],
): (readonly ListedImage[])[] {
  if (validationSplit === undefined) return [images];
  const { length } = images;
  const held = Math.floor(validationSplit * length);
  if (held === 0)
    throw refusedFile(
      op,
      `validationSplit ${validationSplit} of ${length} images in ${path} leaves none to validate on`,
    );
  const isHeld = new Set(shuffled(length, random(seed, `${op}/split`)).subarray(length - held));
  const training = images.filter((_, at) => !isHeld.has(at));
  const validation = images.filter((_, at) => isHeld.has(at));
  if (subset === "both") return [training, validation];
  return [subset === "training" ? training : validation];
}

/** What becomes of an image and its label. */
async function rowsOf(
  op: string,
  options: ImageFolderOptions,
  { size, decode }: Decoder,
  first: ListedImage,
  classes: number,
) {
  const { imageSize, colorMode = "rgb", labelMode = "int", interpolation = "bilinear" } = options;
  const { cropToAspectRatio, padToAspectRatio } = options;
  const of = async <R>(path: string, read: (bytes: Uint8Array) => Promise<R>): Promise<R> => {
    const bytes = await bytesLater(op, path);
    try {
      return await read(bytes);
    } catch (error) {
      // The library says the same again and again, in lines.
      const [reason] = (error instanceof Error ? error.message : String(error)).trim().split("\n");
      throw Object.assign(refusedFile(op, `${path} cannot be decoded: ${reason}`), { cause: error });
    }
  };
  const [height, width] = imageSize ?? (await of(first.path, size));
  const keeps = cropToAspectRatio ? "crop" : padToAspectRatio ? "pad" : "whole";
  const resizing: Resizing = { height, width, interpolation, keeps };
  return {
    shape: [height, width, channelsOf[colorMode]] as const,
    async decode({ path }: ListedImage) {
      const image = await of(path, (bytes) => decode(bytes, colorMode));
      if (imageSize || (image.height === height && image.width === width)) return resizeImage(image, resizing);
      throw refusedFile(
        op,
        `${path} is of [${image.height}, ${image.width}], but ${first.path} of [${height}, ${width}]; say what size they all shall have: imageSize: [${height}, ${width}]`,
      );
    },
    table: (image: NdArray, labels: readonly number[]) =>
      labelMode === null ? { image } : { inputs: { image }, target: labelColumns[labelMode](labels, classes) },
  };
}

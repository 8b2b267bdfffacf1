import { ShapewrightError } from "../../../../src/ir/errors.js";
import {
  checkOptions,
  count,
  flag,
  integer,
  listOf,
  type OptionRules,
  oneOf,
  text,
} from "../../../../src/ir/options.js";
import { labelColumns } from "./imageTables.js";
import { interpolations } from "./resizeImage.js";
import { type ColorMode, channelsOf } from "./toChannels.js";

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
  /** What a pixel consists of: `"rgb"`, 3 channels; `"grayscale"`, 1; `"rgba"`, 4. @default "rgb" */
  readonly colorMode?: C;
  /**
   * What stands for a class: `"int"`, its number; `"categorical"`, a one among zeros; `"binary"`, 0 or 1, of two. With null there are no
   * classes, and all images below the folder are taken.
   *
   * @default "int"
   */
  readonly labelMode?: L;
  /** The names of the classes' folders, in the order of their numbers; others are left out. @default all, sorted by their characters */
  readonly classNames?: N;
  /** How pixels of another size get their values: `"bilinear"` or `"nearest"`. @default "bilinear" */
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
  /** Which part is wanted: `"training"`, `"validation"`, or `"both"`, in this order. */
  readonly subset?: S;
  /** Whether folders that links lead to are looked into, within the classes' folders. @default false */
  readonly followLinks?: boolean;
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

/** Refuses options that are none, or do not go together. */
export function checkImageFolderOptions(op: string, options: ImageFolderOptions): void {
  checkOptions<ImageFolderOptions>(op, options, rules);
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

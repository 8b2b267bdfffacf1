import type { NdArray } from "../../../src/ir/array.js";
import { random, shuffled } from "../../../src/ir/random.js";
import { checkPath, filesFor, refusedFile } from "../../host/filesFor.js";
import { Dataset } from "../dataset.js";
import type { Stage } from "../flow.js";
import { tableStage } from "../tables.js";
import { decoder } from "./images/decoder.js";
import { checkImageFolderOptions, type ImageFolderOptions, type LabelMode } from "./images/imageFolderOptions.js";
import { imageRows } from "./images/imageRows.js";
import { imageTables } from "./images/imageTables.js";
import { allImages, endings, imagesOfClasses } from "./images/listedImages.js";
import { splitImages } from "./images/splitImages.js";
import type { ColorMode, channelsOf } from "./images/toChannels.js";

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
  checkImageFolderOptions(op, options);
  const { labelMode = "int", classNames, followLinks = false } = options as ImageFolderOptions;
  const files = await filesFor(op, path);
  const decoding = await decoder(op);
  const listing = { op, files, folder: path.replace(/(?<=.)[/\\]+$/, ""), followLinks };
  const all = labelMode === null ? allImages(listing) : imagesOfClasses(listing, classNames);
  const [first] = all.images;
  if (!first) throw refusedFile(op, `${path} has no images (${endings.join(", ")})`);
  if (labelMode === "binary" && all.classNames.length !== 2)
    throw refusedFile(op, `labelMode "binary" is of two classes, but ${path} has ${all.classNames.length}`);
  const rows = await imageRows(op, options, decoding, first, all.classNames.length);
  const made = splitImages(op, path, options, all.images).map((images) => {
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

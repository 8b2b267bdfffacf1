import { random, shuffled } from "../../../../src/ir/random.js";
import { refusedFile } from "../../../host/filesFor.js";
import type { ImageFolderOptions } from "./imageFolderOptions.js";
import type { ListedImage } from "./listedImages.js";

/** The files that are wanted: all, one part, or both. */
export function splitImages(
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

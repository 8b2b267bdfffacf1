import type { NdArray } from "../../../../src/ir/array.js";
import { refusedFile } from "../../../host/filesFor.js";
import { bytesLater } from "../reading.js";
import type { Decoder } from "./decoder.js";
import type { ImageFolderOptions } from "./imageFolderOptions.js";
import { type ImageRows, labelColumns } from "./imageTables.js";
import type { ListedImage } from "./listedImages.js";
import { type Resizing, resizeImage } from "./resizeImage.js";
import { channelsOf } from "./toChannels.js";

/** What becomes of an image and its label. */
export async function imageRows(
  op: string,
  options: ImageFolderOptions,
  { size, decode }: Decoder,
  first: ListedImage,
  classes: number,
): Promise<ImageRows> {
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

import { inWords } from "../../../../src/ir/inWords.js";
import { optional } from "../../../host/optional.js";
import type { Image } from "./resizeImage.js";
import { type ColorMode, channelsOf, lightOfInk, toChannels, upperBytes } from "./toChannels.js";

/** What is used of sharp. */
interface Sharp {
  metadata(): Promise<Metadata>;
  toColourspace(space: string): Sharp;
  pipelineColourspace(space: string): Sharp;
  raw(options?: { depth: string }): Sharp;
  toBuffer(options: { resolveWithObject: true }): Promise<{ data: Uint8Array; info: { channels: number } }>;
}
interface Metadata {
  readonly format: string;
  readonly width: number;
  readonly height: number;
  readonly space: string;
  readonly depth: string;
  readonly hasAlpha: boolean;
}

/** Reads images out of files' bytes, beside what the program does meanwhile; what it throws says what is wrong with them. */
export interface Decoder {
  size(bytes: Uint8Array): Promise<readonly [height: number, width: number]>;
  decode(bytes: Uint8Array, colors: ColorMode): Promise<Image>;
}

const formats = ["png", "jpeg", "webp", "gif"];

/** What sharp decodes, which is installed by those who need it. Pixels are taken as they stand in the file: not turned, and without its profile. */
export async function decoder(op: string): Promise<Decoder> {
  const { default: sharp } = await optional<{ default: (bytes: Uint8Array, options: object) => Sharp }>(
    op,
    "sharp",
    "reads images",
  );
  // Others read what is not quite as it should be, such as bytes behind an image; what is missing is always refused.
  const opened = async (bytes: Uint8Array) => {
    const image = sharp(bytes, { failOn: "error", ignoreIcc: true });
    const metadata = await image.metadata();
    if (!formats.includes(metadata.format)) throw new Error(`it is of the format ${metadata.format}`);
    return { image, metadata };
  };
  return {
    async size(bytes) {
      const { metadata } = await opened(bytes);
      return [metadata.height, metadata.width];
    },
    async decode(bytes, colors) {
      const { image, metadata } = await opened(bytes);
      const { data: buffer, info } = await asTheyAre(image, metadata).toBuffer({ resolveWithObject: true });
      // As one class with all other bytes, which is what what goes through them is compiled for.
      const data = new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
      const { height, width } = metadata;
      const channels = channelsOf[colors];
      const whole = metadata.depth === "ushort" ? upperBytes(data) : data;
      const pixels =
        metadata.space === "cmyk"
          ? toChannels(lightOfInk(whole), 3, channels)
          : toChannels(whole, info.channels, channels);
      return { height, width, channels, pixels };
    },
  };
}

/** What gives an image's own channels, which by itself it would change as for a screen. */
function asTheyAre(image: Sharp, { space, depth, hasAlpha }: Metadata): Sharp {
  if (depth === "ushort" && (space === "grey16" || space === "rgb16")) return image.toColourspace(space).raw({ depth });
  if (depth !== "uchar") throw new Error(`its pixels are of ${inWords(depth)}`);
  if (space === "cmyk") return image.pipelineColourspace(space).toColourspace(space).raw();
  return space === "b-w" && !hasAlpha ? image.toColourspace(space).raw() : image.raw();
}

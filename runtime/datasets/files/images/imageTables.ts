import type { NdArray } from "../../../../src/ir/array.js";
import { allocate } from "../../../../src/ir/dtype.js";
import { recycling } from "../../../data/recycling.js";
import type { Table, TableFlow } from "../../flow.js";
import type { ListedImage } from "./listedImages.js";

/** So many images are decoded before they are asked for: while a step runs, the next ones come to be. */
const ahead = 16;

/** So many bytes of images are put into a table at most: a batch may be longer than there are images. */
const most = 2 ** 25;

/** What a table's rows are made of. */
export interface ImageRows {
  readonly shape: readonly [height: number, width: number, channels: number];
  /** The bytes of an image, of that shape. */
  decode(image: ListedImage): Promise<Uint8Array>;
  /** A table of images and their labels. */
  table(images: NdArray, labels: readonly number[]): Table;
}

/** Images in their order, several of which are decoded at a time. */
export function imageTables(images: readonly ListedImage[], { shape, decode, table }: ImageRows): TableFlow {
  const memory = recycling();
  const size = shape[0] * shape[1] * shape[2];
  const mostRows = Math.max(1, Math.floor(most / size));
  const begun: Promise<Uint8Array>[] = [];
  let next = 0;
  let failure: { readonly error: unknown } | undefined;
  const begin = () => {
    while (begun.length < ahead && next < images.length) {
      const decoding = decode(images[next++]!);
      // An error is thrown when its image's turn comes.
      decoding.catch(() => {});
      begun.push(decoding);
    }
  };
  return {
    isNew: true,
    async next(atMost) {
      if (failure) throw failure.error;
      const first = next - begun.length;
      const count = Math.min(atMost, images.length - first, mostRows);
      if (count === 0) return undefined;
      const pixels = memory("uint8", count * size);
      let done = 0;
      try {
        for (; done < count; done++) {
          begin();
          pixels.set(await begun[0]!, done * size);
          begun.shift();
        }
      } catch (error) {
        failure = { error };
        // What came before what is wrong is there.
        if (done === 0) throw error;
      }
      begin();
      const data = done === count ? pixels : pixels.slice(0, done * size);
      const labels = images.slice(first, first + done).map(({ label }) => label);
      return table({ shape: [done, ...shape], dtype: "uint8", data }, labels);
    },
    async close() {
      next = images.length;
      await Promise.allSettled(begun);
    },
  };
}

/** Labels as a column: numbers, one-hot among `classes`, or as a number in float32 for each sample. */
export const labelColumns = {
  int: (labels) => ({ shape: [labels.length], dtype: "int32", data: Int32Array.from(labels) }),
  binary: (labels) => ({ shape: [labels.length, 1], dtype: "float32", data: Float32Array.from(labels) }),
  categorical(labels, classes) {
    const data = allocate("float32", labels.length * classes);
    for (const [row, label] of labels.entries()) data[row * classes + label] = 1;
    return { shape: [labels.length, classes], dtype: "float32", data };
  },
} satisfies Record<string, (labels: readonly number[], classes: number) => NdArray>;

import { elementCount, type NdArray } from "../../../src/ir/array.js";
import type { DType } from "../../../src/ir/dtype.js";
import { refusedFile } from "../../host/filesFor.js";
import { Dataset } from "../dataset.js";
import type { Table, TableFlow } from "../flow.js";
import { Pieces, tableStage } from "../tables.js";
import { longestNpyHeader, npyHeader, npyNumbers } from "./npy.js";
import { openedFile, partsAhead } from "./reading.js";

/** How many bytes are read at a time, about. */
const part = 2 ** 21;

/**
 * The rows of an array that NumPy has written, along its first axis, read as they are asked for: for what is larger than memory.
 *
 * @throws SW_FILE, when it is gone through, when the file cannot be read, is no such file, ends early, or has numbers of another kind
 * @example
 * const images = npyDataset("data/images.npy");
 * const labels = npyDataset("data/labels.npy");
 * const batches = zip({ images, labels }).shuffle(10000).batch(128);
 */
export function npyDataset(path: string): Dataset<NdArray<number[], DType>> {
  return new Dataset<any>(tableStage({ description: "dataset.unbatch", isOnce: false }, () => npyTables(path)));
}

function npyTables(path: string): TableFlow {
  const all = parts(path);
  const pieces = new Pieces(async () => {
    const { done, value } = await all.next();
    return done ? undefined : value;
  });
  return {
    async next(atMost) {
      const count = Math.min(atMost, await pieces.ready(atMost));
      return count === 0 ? undefined : pieces.take(count);
    },
    close: async () => void (await all.return()),
  };
}

/** The rows part by part; each is lent. */
async function* parts(path: string): AsyncGenerator<Table, void, undefined> {
  const op = "npyDataset";
  const refuse = (fault: string) => refusedFile(op, `${path} cannot be read: ${fault}`);
  const file = await openedFile(op, path);
  try {
    const header = npyHeader(new Uint8Array(file.read(0, Math.min(file.size, longestNpyHeader))));
    if (typeof header === "string") throw refuse(header);
    const { shape, begin, element, isFortran } = header;
    const [count, ...rest] = shape;
    if (count === undefined || rest.length === 0)
      throw refuse(`its shape is [${shape.join(", ")}], which has no rows that are arrays; readNpy reads it`);
    if (isFortran) throw refuse("it stands column by column, and has no rows to be read one by one; readNpy reads it");
    const size = elementCount(rest) * element.size;
    if (file.size - begin !== size * count) {
      throw refuse(`${file.size - begin} bytes follow its header, but [${shape.join(", ")}] takes ${size * count}`);
    }
    if (size === 0) throw refuse(`its shape is [${shape.join(", ")}], whose rows have no numbers`);
    let first = 0;
    for await (const bytes of partsAhead(file, begin, file.size, size * Math.max(1, Math.floor(part / size)))) {
      const rows = bytes.byteLength / size;
      const data = npyNumbers(header, bytes);
      if (!data)
        throw refuse(`it has numbers that ${element.dtype} does not hold, in rows ${first} to ${first + rows - 1}`);
      yield { shape: [rows, ...rest], dtype: element.dtype, data };
      first += rows;
    }
  } finally {
    file.close();
  }
}

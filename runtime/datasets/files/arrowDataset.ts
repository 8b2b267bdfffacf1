import { optional } from "../../host/optional.js";
import type { Dataset } from "../dataset.js";
import { arrowMessages } from "./arrow-messages.js";
import { checkNames, rowsMaker } from "./columnar-rows.js";
import type { ColumnarRow, ColumnarSchema } from "./columnar-schema.js";
import { columnarDataset } from "./columnarDataset.js";
import { lz4Frame } from "./lz4Frame.js";
import { messagesInForce } from "./messagesInForce.js";
import { openedFile, understood } from "./reading.js";

/** Options of `arrowDataset`. */
export interface ArrowOptions<S extends ColumnarSchema = ColumnarSchema> {
  /** What the columns are read as, by their names; columns that are not named are left out. */
  readonly columns: S;
}

/**
 * The rows of an Arrow file as a schema says, read as they are asked for: one record batch is in memory at a time, and the dictionaries. Files
 * (also Feather's, of version 2) and streams are read, packed by LZ4 or Zstandard too. Integers of 64 bits become numbers, where these are exact;
 * dates and timestamps are given to a function, in milliseconds as a `Date`. Takes the package @uwdata/flechette, and hyparquet-compressors for
 * what is packed by Zstandard.
 *
 * @throws SW_VALUE when an option is not what it must be; and, when it is gone through, SW_FILE when the file cannot be read, is no such file or a
 * package is missing, SW_DATA for a column that is not there, and a value that is not of its column's kind or is missing, with the row, counted from 0
 * @example
 * const reviews = arrowDataset("data/reviews.arrow", {
 *   columns: {
 *     embedding: { vector: 384 },
 *     language: { categories: ["de", "en"], oneHot: true },
 *     written: (date) => Number(date) / 86_400_000, // days
 *     stars: { type: "integer", missing: 3 },
 *   },
 * });
 * const batches = reviews
 *   .map(({ embedding, language, written, stars }) => ({ inputs: { embedding, language, written: [written] }, target: [stars] }))
 *   .batch(32);
 */
export function arrowDataset<const S extends ColumnarSchema>(
  path: string,
  options: ArrowOptions<S>,
): Dataset<ColumnarRow<S>> {
  return columnarDataset("arrowDataset", path, options, rows);
}

/** What is used of flechette. */
interface Flechette {
  tableFromIPC(messages: readonly Uint8Array[], options: object): Table;
  getCompressionCodec(type: number): Codec | null;
  setCompressionCodec(type: number, codec: Codec): void;
  readonly CompressionType: { readonly LZ4_FRAME: number; readonly ZSTD: number };
  readonly Type: Readonly<Record<string, number>>;
}
interface Codec {
  decode(packed: Uint8Array, length: number): Uint8Array;
}
interface Table {
  readonly numRows: number;
  readonly schema: {
    readonly fields: readonly { readonly name: string; readonly type: { readonly typeId: number } }[];
  };
  getChildAt(column: number): { at(row: number): unknown };
}

/** The rows, in lists. */
async function* rows(op: string, path: string, columns: ColumnarSchema): AsyncGenerator<unknown[], void, undefined> {
  const flechette = await optional<Flechette>(op, "@uwdata/flechette", "reads such files");
  const file = await openedFile(op, path);
  const messages = arrowMessages(file);
  const rowsOf = rowsMaker(op, path, columns);
  const before = messagesInForce();
  const times = new Map(["Time", "Duration", "Interval"].map((name) => [flechette.Type[name]!, name]));
  let places: number[] = [];
  let begin = 0;
  try {
    for (;;) {
      const { done, value: message } = await understood(op, path, () => messages.next());
      if (done) return;
      const { kind, bytes } = message;
      if (kind !== "rows") before.add(message);
      if (kind === "dictionary") continue;
      const read = [...before.bytes, ...(kind === "rows" ? [bytes] : [])];
      const table = await understood(op, path, () => tableOf(op, flechette, read));
      const { fields } = table.schema;
      if (kind === "schema") {
        const names = fields.map(({ name, type }) => ({
          name,
          needsTelling: kindsOfTime[times.get(type.typeId) ?? ""],
        }));
        checkNames(op, path, columns, names);
        places = Object.keys(columns).map((name) => fields.findIndex((field) => field.name === name));
      }
      const values = places.map((place) => {
        const column = table.getChildAt(place);
        return (row: number) => column.at(row);
      });
      yield* rowsOf(values, begin, table.numRows);
      begin += table.numRows;
    }
  } finally {
    file.close();
  }
}

const kindsOfTime: Readonly<Record<string, string>> = {
  Time: "a time of day",
  Duration: "a span of time",
  Interval: "a span of time",
};

/** What messages say, unpacked. */
async function tableOf(op: string, flechette: Flechette, messages: readonly Uint8Array[]): Promise<Table> {
  const { tableFromIPC, getCompressionCodec, setCompressionCodec, CompressionType } = flechette;
  const read = () => tableFromIPC(messages, { useBigInt: true, useDate: true });
  // What the program has set itself is left.
  if (!getCompressionCodec(CompressionType.LZ4_FRAME))
    setCompressionCodec(CompressionType.LZ4_FRAME, { decode: lz4Frame });
  try {
    return read();
  } catch (error) {
    const isPacked = error instanceof Error && error.message.includes('codec "ZSTD"');
    if (!isPacked) throw error;
    const { decompressZstd } = await optional<{ decompressZstd: (packed: Uint8Array, to: Uint8Array) => Uint8Array }>(
      op,
      "hyparquet-compressors",
      "unpacks ZSTD",
    );
    setCompressionCodec(CompressionType.ZSTD, {
      decode: (packed, length) => decompressZstd(packed, new Uint8Array(length)),
    });
    return read();
  }
}

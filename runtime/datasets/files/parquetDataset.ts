import { inWords } from "../../../src/ir/inWords.js";
import type { OpenFile } from "../../files/file-system.js";
import { optional } from "../../host/optional.js";
import type { Dataset } from "../dataset.js";
import { checkNames, rowsMaker } from "./columnar-rows.js";
import type { ColumnarRow, ColumnarSchema } from "./columnar-schema.js";
import { columnarDataset } from "./columnarDataset.js";
import { piecesOf, type RowGroup } from "./parquet-pieces.js";
import { openedFile, understood } from "./reading.js";

/** Options of `parquetDataset`. */
export interface ParquetOptions<S extends ColumnarSchema = ColumnarSchema> {
  /** What the columns are read as, by their names; columns that are not named are not read. */
  readonly columns: S;
}

/**
 * The rows of a Parquet file as a schema says, read as they are asked for: one row group is in memory at a time, or at most
 * 262144 rows and about 4 MB of each column where the file says where its pages are (as those of Polars do, and pyarrow's with `write_page_index`). Integers of 64 bits become
 * numbers, where these are exact; dates and timestamps are given to a function, in milliseconds as a `Date`. Takes the package hyparquet, and
 * hyparquet-compressors for what is packed by other than snappy.
 *
 * @throws SW_VALUE when an option is not what it must be; and, when it is gone through, SW_FILE when the file cannot be read, is no such file or a
 * package is missing, SW_DATA for a column that is not there, and a value that is not of its column's kind or is missing, with the row, counted from 0
 * @example
 * const houses = parquetDataset("data/houses.parquet", {
 *   columns: {
 *     area: "number",
 *     rooms: { type: "integer", missing: 3 },
 *     heating: { categories: ["gas", "oil", "wood"], oneHot: true },
 *     place: { vector: 2 },
 *     sold: (date) => Number(date) / 86_400_000, // days
 *     price: "number",
 *   },
 * });
 * const batches = houses
 *   .map(({ area, rooms, heating, place, sold, price }) => ({ inputs: { numbers: [area, rooms, sold], heating, place }, target: [price] }))
 *   .batch(32);
 */
export function parquetDataset<const S extends ColumnarSchema>(
  path: string,
  options: ParquetOptions<S>,
): Dataset<ColumnarRow<S>> {
  return columnarDataset("parquetDataset", path, options, rows);
}

/** What is used of hyparquet. */
interface Hyparquet {
  parquetMetadataAsync(file: Bytes): Promise<Metadata>;
  parquetSchema(metadata: Metadata): { readonly children: readonly { readonly element: SchemaElement }[] };
  parquetScan(options: object): Promise<Scan>;
}
interface Bytes {
  readonly byteLength: number;
  slice(begin: number, end?: number): Promise<ArrayBuffer>;
}
interface Metadata {
  readonly row_groups: readonly RowGroup[];
}
interface SchemaElement {
  readonly name: string;
  readonly converted_type?: string;
  readonly logical_type?: { readonly type: string };
}
interface Scan {
  readColumn(range: { column: string; rowStart: number; rowEnd: number }): Promise<ArrayLike<unknown>>;
}

/** The rows, in lists. */
async function* rows(op: string, path: string, columns: ColumnarSchema): AsyncGenerator<unknown[], void, undefined> {
  const package_ = await optional<Hyparquet>(op, "hyparquet", "reads such files");
  const opened = await openedFile(op, path);
  const reading = <T>(read: () => Promise<T>) => understood(op, path, read);
  try {
    const file = bytesIn(opened);
    const metadata = await reading(() => metadataOf(package_, file));
    const names = Object.keys(columns);
    const there = package_.parquetSchema(metadata).children.map(({ element }) => element);
    checkNames(
      op,
      path,
      columns,
      there.map((element) => ({ name: element.name, needsTelling: isTime(element) ? "a time of day" : undefined })),
    );
    const compressors = await compressorsFor(op, metadata);
    // Bytes that are no text stay bytes.
    const options = { file, metadata, columns: names, utf8: false, ...compressors };
    const scan = await reading(() => package_.parquetScan(options));
    const rowsOf = rowsMaker(op, path, columns);
    for (const { begin, end, stretches } of piecesOf(metadata.row_groups, names)) {
      const values = await reading(async () => {
        const read: ((row: number) => unknown)[] = [];
        for (const [column, { rowStart, rowEnd }] of stretches) {
          // It keeps each column's last stretch, so that this reads a stretch once for all of its pieces.
          const own = await scan.readColumn({ column, rowStart, rowEnd });
          if (own.length !== rowEnd - rowStart) throw new Error(`column ${inWords(column)} ends early`);
          read.push((row) => own[begin - rowStart + row]);
        }
        return read;
      });
      yield* rowsOf(values, begin, end - begin);
    }
  } finally {
    opened.close();
  }
}

/** A file as hyparquet reads it; what a broken one says of itself leads nowhere outside. */
function bytesIn(file: OpenFile): Bytes {
  return {
    byteLength: file.size,
    async slice(begin, end = file.size) {
      const from = begin < 0 ? Math.max(0, file.size + begin) : begin;
      if (!(from <= end && end <= file.size)) throw new Error("it ends early, or is broken");
      const memory = new Uint8Array(end - from);
      if (memory.length > 0) await file.fill(memory, from);
      return memory.buffer;
    },
  };
}

async function metadataOf({ parquetMetadataAsync }: Hyparquet, file: Bytes): Promise<Metadata> {
  const isMark = (bytes: ArrayBuffer) => new TextDecoder("latin1").decode(bytes) === "PAR1";
  if (file.byteLength < 12 || !isMark(await file.slice(0, 4))) throw new Error("it is no Parquet file");
  if (!isMark(await file.slice(file.byteLength - 4))) throw new Error("it ends early");
  return parquetMetadataAsync(file);
}

function isTime({ logical_type, converted_type }: SchemaElement): boolean {
  return logical_type?.type === "TIME" || converted_type?.startsWith("TIME_") === true;
}

/** What unpacks a file, where hyparquet does not by itself. */
async function compressorsFor(op: string, { row_groups }: Metadata): Promise<object> {
  const codecs = row_groups.flatMap(({ columns }) => columns.map(({ meta_data }) => meta_data?.codec));
  const other = codecs.find((codec) => codec !== undefined && !["UNCOMPRESSED", "SNAPPY"].includes(codec));
  if (other === undefined) return {};
  const { compressors } = await optional<{ compressors: object }>(op, "hyparquet-compressors", `unpacks ${other}`);
  return { compressors };
}

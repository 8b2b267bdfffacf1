import { ShapewrightError } from "../../../src/ir/errors.js";
import { inWords } from "../../../src/ir/inWords.js";
import { listNames } from "../../../src/ir/nearest.js";
import { checkOption, checkOptions, type OptionRules, required } from "../../../src/ir/options.js";
import type { OpenFile } from "../../files/file-system.js";
import { checkPath, refusedFile } from "../../host/filesFor.js";
import { optional } from "../../host/optional.js";
import { type Dataset, dataset } from "../dataset.js";
import { refusedElements } from "../kinds.js";
import { type CsvSchema, checkColumns, WrongText } from "./csv-columns.js";
import { type ParquetRow, type ParquetSchema, parquetSchemaRule, valueReader } from "./parquet-columns.js";
import { openedFile } from "./reading.js";

/** Options of `parquetDataset`. */
export interface ParquetOptions<S extends ParquetSchema = ParquetSchema> {
  /** What the columns are read as, by their names; columns that are not named are not read. */
  readonly columns: S;
}

const rules: OptionRules<ParquetOptions> = { columns: required(parquetSchemaRule) };

/**
 * The rows of a Parquet file as a schema says, read as they are asked for: one row group is in memory at a time. Integers of 64 bits become
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
export function parquetDataset<const S extends ParquetSchema>(
  path: string,
  options: ParquetOptions<S>,
): Dataset<ParquetRow<S>> {
  const op = "parquetDataset";
  checkPath(op, path);
  checkOptions<ParquetOptions>(op, options, rules);
  checkOption(op, "columns", options.columns, required(parquetSchemaRule));
  checkColumns(op, options.columns as CsvSchema);
  return dataset(() => rows(op, path, options.columns)).unbatch() as unknown as Dataset<ParquetRow<S>>;
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
  readonly row_groups: readonly {
    readonly num_rows: bigint;
    readonly columns: readonly { readonly meta_data?: { readonly codec: string } }[];
  }[];
}
interface SchemaElement {
  readonly name: string;
  readonly converted_type?: string;
  readonly logical_type?: { readonly type: string };
}
interface Scan {
  readColumn(range: { column: string; rowStart: number; rowEnd: number }): Promise<ArrayLike<unknown>>;
}

/** So many rows are made at a time. */
const mostRows = 4096;

/** The rows, in lists. */
async function* rows(op: string, path: string, columns: ParquetSchema): AsyncGenerator<unknown[], void, undefined> {
  const package_ = await optional<Hyparquet>(op, "hyparquet", "reads such files");
  const opened = await openedFile(op, path);
  const reading = async <T>(read: () => Promise<T>): Promise<T> => {
    try {
      return await read();
    } catch (error) {
      if (error instanceof ShapewrightError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw Object.assign(refusedFile(op, `${path} cannot be read: ${reason}`), { cause: error });
    }
  };
  try {
    const file = bytesIn(opened);
    const metadata = await reading(() => metadataOf(package_, file));
    const names = Object.keys(columns);
    checkNames(
      op,
      path,
      columns,
      package_.parquetSchema(metadata).children.map(({ element }) => element),
    );
    const compressors = await compressorsFor(op, metadata);
    // Bytes that are no text stay bytes.
    const options = { file, metadata, columns: names, utf8: false, ...compressors };
    const scan = await reading(() => package_.parquetScan(options));
    const readers = names.map((name) => [name, valueReader(columns[name]!)] as const);
    let rowStart = 0;
    for (const group of metadata.row_groups) {
      const rowEnd = rowStart + Number(group.num_rows);
      const values = await reading(async () => {
        const read: ArrayLike<unknown>[] = [];
        for (const column of names) {
          const own = rowEnd > rowStart ? await scan.readColumn({ column, rowStart, rowEnd }) : [];
          if (own.length !== rowEnd - rowStart) throw new Error(`column ${inWords(column)} ends early`);
          read.push(own);
        }
        return read;
      });
      for (let begin = rowStart; begin < rowEnd; begin += mostRows) {
        const made: unknown[] = [];
        let failure: { readonly error: unknown } | undefined;
        for (let at = begin; at < Math.min(begin + mostRows, rowEnd) && !failure; at++) {
          const row: Record<string, unknown> = {};
          for (const [i, [name, read]] of readers.entries()) {
            try {
              row[name] = read(values[i]![at - rowStart]);
            } catch (error) {
              const fault = error instanceof Error ? error.message : String(error);
              const refused = refusedElements(op, `${path}: row ${at}, column ${inWords(name)}: ${fault}`);
              failure = { error: error instanceof WrongText ? refused : Object.assign(refused, { cause: error }) };
              break;
            }
          }
          if (!failure) made.push(row);
        }
        // What came before what is wrong is there.
        if (made.length > 0) yield made;
        if (failure) throw failure.error;
      }
      rowStart = rowEnd;
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

/** Refuses columns that are not there, or of which the values do not say what they are. */
function checkNames(op: string, path: string, columns: ParquetSchema, there: readonly SchemaElement[]): void {
  for (const [name, column] of Object.entries(columns)) {
    const refuse = (fault: string) => refusedElements(op, `${path}: ${fault}`);
    const [element, ...others] = there.filter((own) => own.name === name);
    if (!element) {
      const names = there.map((own) => own.name);
      throw refuse(`there is no column ${inWords(name)}; there are ${listNames(name, names)}`);
    }
    if (others.length > 0) throw refuse(`there are several columns ${inWords(name)}`);
    const isTime = element.logical_type?.type === "TIME" || element.converted_type?.startsWith("TIME_");
    const isTold = typeof column === "function" || (typeof column === "object" && "read" in column);
    if (isTime && !isTold)
      throw refuse(
        `column ${inWords(name)} is a time of day; say what number it is by a function: (time) => Number(time)`,
      );
  }
}

/** What unpacks a file, where hyparquet does not by itself. */
async function compressorsFor(op: string, { row_groups }: Metadata): Promise<object> {
  const codecs = row_groups.flatMap(({ columns }) => columns.map(({ meta_data }) => meta_data?.codec));
  const other = codecs.find((codec) => codec !== undefined && !["UNCOMPRESSED", "SNAPPY"].includes(codec));
  if (other === undefined) return {};
  const { compressors } = await optional<{ compressors: object }>(op, "hyparquet-compressors", `unpacks ${other}`);
  return { compressors };
}

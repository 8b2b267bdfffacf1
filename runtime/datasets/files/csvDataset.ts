import { inWords } from "../../../src/ir/inWords.js";
import { listNames } from "../../../src/ir/nearest.js";
import { checkOption, checkOptions, flag, listOf, type OptionRules, required, text } from "../../../src/ir/options.js";
import { checkPath, refusedFile } from "../../host/filesFor.js";
import { optional } from "../../host/optional.js";
import { type Dataset, dataset } from "../dataset.js";
import { refusedElements } from "../kinds.js";
import { type CsvRow, type CsvSchema, checkColumns, columnReader, schemaRule, WrongText } from "./csv-columns.js";
import { partsOf } from "./reading.js";

/** Options of `csvDataset`. */
export interface CsvOptions<S extends CsvSchema = CsvSchema> {
  /** What the columns are read as, by their names; columns that are not named are left out. */
  readonly columns: S;
  /** Whether the first line has the columns' names. Where it has not, all columns are named, in their order. @default true */
  readonly header?: boolean;
  /** What stands between fields. @default "," */
  readonly delimiter?: string;
  /** Texts that say that a value is missing. @default ["", "NA", "N/A", "NaN", "nan", "null"] */
  readonly missingValues?: readonly string[];
}

const rules: OptionRules<CsvOptions> = {
  columns: required(schemaRule),
  header: flag,
  delimiter: text,
  missingValues: listOf({ takes: "texts", accepts: (value) => typeof value === "string" }),
};

/**
 * The rows of a CSV file as a schema says, read as they are asked for. Fields may be quoted, with delimiters and line ends in them; a byte-order mark
 * and lines that are empty are passed over. Takes the package csv-parse.
 *
 * @throws SW_VALUE when an option is not what it must be; and, when it is gone through, SW_FILE when the file cannot be read, is not UTF-8 or the package is missing,
 * SW_DATA for a column that is not there, a row of more or fewer fields, and a text that is not of its column's kind, with the line
 * @example
 * const houses = csvDataset("data/houses.csv", {
 *   columns: {
 *     area: "number",
 *     rooms: { type: "integer", missing: 3 },
 *     heating: { categories: ["gas", "oil", "wood"], oneHot: true },
 *     sold: (text) => Date.parse(text) / 86_400_000, // days
 *     price: "number",
 *   },
 * });
 * const batches = houses
 *   .map(({ area, rooms, heating, sold, price }) => ({ inputs: { numbers: [area, rooms, sold], heating }, target: [price] }))
 *   .batch(32);
 */
export function csvDataset<const S extends CsvSchema>(path: string, options: CsvOptions<S>): Dataset<CsvRow<S>> {
  const op = "csvDataset";
  checkPath(op, path);
  checkOptions<CsvOptions>(op, options, rules);
  checkOption(op, "columns", options.columns, required(schemaRule));
  checkColumns(op, options.columns);
  return dataset(() => rows(op, path, options)).unbatch() as Dataset<CsvRow<S>>;
}

/** What is used of csv-parse. */
interface CsvParse {
  parse(options: object): CsvParser;
}
interface CsvParser {
  write(bytes: Uint8Array, done: () => void): boolean;
  end(): void;
  read(): CsvRecord | null;
  on(event: string, listener: (error?: unknown) => void): void;
  destroy(error?: unknown): void;
}
interface CsvRecord {
  readonly record: readonly string[];
  /** Where it ends. */
  readonly info: { readonly lines: number };
}

/** The rows, in lists: as many as are there at a time. */
async function* rows(op: string, path: string, options: CsvOptions): AsyncGenerator<unknown[], void, undefined> {
  const { columns, header = true, delimiter = ",", missingValues = usuallyMissing } = options;
  const { parse } = await optional<CsvParse>(op, "csv-parse", "reads such files");
  const refuse = (line: number, fault: string) => refusedElements(op, `${path}: line ${line}${fault}`);
  const missing = new Set(missingValues);
  const names = Object.keys(columns);
  const readers = names.map((name) => columnReader(columns[name]!));
  let places = header ? undefined : names.map((_, place) => place);
  let count = names.length;
  const readRow = ({ record, info: { lines } }: CsvRecord): unknown => {
    if (record.length !== count) throw refuse(lines, ` has ${record.length} fields, not ${count}`);
    const row: Record<string, unknown> = {};
    for (const [i, name] of names.entries()) {
      const field = record[places![i]!]!;
      try {
        row[name] = readers[i]!(field, missing.has(field.trim()));
      } catch (error) {
        const fault = error instanceof Error ? error.message : String(error);
        const refused = refuse(lines, `, column ${inWords(name)}: ${fault}`);
        throw error instanceof WrongText ? refused : Object.assign(refused, { cause: error });
      }
    }
    return row;
  };
  const format = { bom: true, info: true, delimiter, relax_column_count: true, skip_empty_lines: true };
  for await (const records of recordsOf(op, path, parse(format))) {
    const [first] = places ? [] : records;
    if (first) {
      places = placesOf(first.record, names, (fault) => refuse(first.info.lines, fault));
      count = first.record.length;
    }
    const rows: unknown[] = [];
    let failure: { readonly error: unknown } | undefined;
    for (const record of first ? records.slice(1) : records) {
      try {
        rows.push(readRow(record));
      } catch (error) {
        failure = { error };
        break;
      }
    }
    // What came before what is wrong is there.
    if (rows.length > 0) yield rows;
    if (failure) throw failure.error;
  }
  if (!places) throw refusedElements(op, `${path}: there is no line with the columns' names`);
}

const usuallyMissing = ["", "NA", "N/A", "NaN", "nan", "null"];

/** Where the columns of these names are. */
function placesOf(header: readonly string[], names: readonly string[], refuse: (fault: string) => Error): number[] {
  const there = header.map((name) => name.trim());
  return names.map((name) => {
    const place = there.indexOf(name);
    if (place < 0) throw refuse(`: there is no column ${inWords(name)}; there are ${listNames(name, there)}`);
    if (there.lastIndexOf(name) !== place) throw refuse(`: there are several columns ${inWords(name)}`);
    return place;
  });
}

/** Lets a parser read a file, no further than its records are asked for. */
async function* recordsOf(op: string, path: string, parser: CsvParser): AsyncGenerator<CsvRecord[], void, undefined> {
  let failure: { readonly error: unknown } | undefined;
  let isEnded = false;
  let isGiven = false;
  let wake = () => {};
  parser.on("readable", () => wake());
  parser.on("end", () => {
    isEnded = true;
    wake();
  });
  parser.on("error", (error) => {
    failure = { error };
    wake();
  });
  const parts = partsOf(op, path);
  const checkText = textChecker(() => refusedFile(op, `${path} cannot be read: it is not UTF-8; save it as that`));
  let line = 1;
  try {
    for (;;) {
      const records: CsvRecord[] = [];
      for (let record = parser.read(); record !== null; record = parser.read()) records.push(record);
      line = (records.at(-1)?.info.lines ?? line - 1) + 1;
      if (records.length > 0) yield records;
      else if (failure) throw named(op, path, line, failure.error);
      else if (isEnded) return;
      else {
        const awake = new Promise<void>((resolve) => {
          wake = resolve;
        });
        const part: IteratorResult<Uint8Array> | undefined = isGiven ? undefined : await parts.next();
        if (part?.done === false) checkText(part.value);
        else if (!isGiven) checkText(new Uint8Array(), false);
        // A part may lie within a field: then no record comes of it, but it has been gone through.
        if (part?.done === false) parser.write(part.value, () => wake());
        else if (!isGiven) parser.end();
        isGiven = part?.done !== false;
        await awake;
      }
    }
  } finally {
    await parts.return();
    parser.destroy();
  }
}

/** Refuses bytes that are no text, part by part: csv-parse puts others in their place. What begins with the mark of UTF-16 it reads as that. */
function textChecker(refuse: () => Error): (part: Uint8Array, goesOn?: boolean) => void {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let isFirst = true;
  let isOther = false;
  return (part, goesOn = true) => {
    isOther ||= isFirst && part[0] === 0xff && part[1] === 0xfe;
    isFirst = false;
    if (isOther) return;
    try {
      decoder.decode(part, { stream: goesOn });
    } catch {
      throw refuse();
    }
  };
}

/**
 * An error of the parser, with the place.
 *
 * @param begun the line in which the record begins that is read
 */
function named(op: string, path: string, begun: number, error: unknown): unknown {
  const { code, lines, message } = error as { code?: unknown; lines?: number; message: string };
  if (typeof code !== "string" || !code.startsWith("CSV_")) return error;
  if (code === "CSV_QUOTE_NOT_CLOSED")
    return refusedElements(op, `${path}: line ${begun}: a quote is opened in this row, and never closed`);
  return refusedElements(op, `${path}: line ${lines}: ${message}`);
}

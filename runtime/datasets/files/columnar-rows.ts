import { inWords } from "../../../src/ir/inWords.js";
import { listNames } from "../../../src/ir/nearest.js";
import { refusedElements } from "../kinds.js";
import { type ColumnarSchema, valueReader } from "./columnar-schema.js";
import { WrongText } from "./csv-columns.js";

/** A column as a file names it. */
export interface ColumnThere {
  readonly name: string;
  /** What its values are, where only a function says what number such a one is: "a time of day". */
  readonly needsTelling?: string | undefined;
}

/** Refuses columns that are not there, or of which the values do not say what they are. */
export function checkNames(op: string, path: string, columns: ColumnarSchema, there: readonly ColumnThere[]): void {
  for (const [name, column] of Object.entries(columns)) {
    const refuse = (fault: string) => refusedElements(op, `${path}: ${fault}`);
    const [found, ...others] = there.filter((own) => own.name === name);
    if (!found) {
      const names = there.map((own) => own.name);
      throw refuse(`there is no column ${inWords(name)}; there are ${listNames(name, names)}`);
    }
    if (others.length > 0) throw refuse(`there are several columns ${inWords(name)}`);
    const isTold = typeof column === "function" || (typeof column === "object" && "read" in column);
    if (found.needsTelling && !isTold)
      throw refuse(
        `column ${inWords(name)} is ${found.needsTelling}; say what number it is by a function: (time) => Number(time)`,
      );
  }
}

/** So many rows are made at a time. */
const mostRows = 4096;

/**
 * Makes rows, in lists, of the values that columns have.
 *
 * @param begin the number of the first row in the file, for messages
 * @throws SW_DATA for a value that is not what its column is said to be, once the rows before it have been given
 */
export function rowsMaker(
  op: string,
  path: string,
  columns: ColumnarSchema,
): (values: readonly ((row: number) => unknown)[], begin: number, count: number) => Generator<unknown[], void> {
  const readers = Object.entries(columns).map(([name, column]) => [name, valueReader(column)] as const);
  return function* (values, begin, count) {
    for (let first = 0; first < count; first += mostRows) {
      const made: unknown[] = [];
      let failure: Error | undefined;
      for (let at = first; at < Math.min(first + mostRows, count) && !failure; at++) {
        const row: Record<string, unknown> = {};
        for (const [i, [name, read]] of readers.entries()) {
          try {
            row[name] = read(values[i]!(at));
          } catch (error) {
            const fault = error instanceof Error ? error.message : String(error);
            failure = refusedElements(op, `${path}: row ${begin + at}, column ${inWords(name)}: ${fault}`);
            if (!(error instanceof WrongText)) Object.assign(failure, { cause: error });
            break;
          }
        }
        if (!failure) made.push(row);
      }
      // What came before what is wrong is there.
      if (made.length > 0) yield made;
      if (failure) throw failure;
    }
  };
}

import { callback, checkOption, required } from "../../../src/ir/options.js";
import { checkPath } from "../../host/filesFor.js";
import { type Dataset, dataset } from "../dataset.js";
import { refusedElements } from "../kinds.js";
import { partsOf } from "./reading.js";

/**
 * A value for each line of a file of JSON lines, read as they are asked for. Lines that are empty are passed over.
 *
 * @param element makes an element of a line's value, of which the type is not known: checks it, and throws where it is not what it should be
 * @throws SW_VALUE when the second argument is no function; and, when it is gone through, SW_FILE when the file cannot be read, SW_DATA for a line that is
 * no JSON, and for what the function throws, with the line
 * @example
 * const texts = jsonlDataset("data/reviews.jsonl", (value) => {
 *   if (typeof value !== "object" || value === null || !("stars" in value)) throw new Error("there are no stars");
 *   return { target: Number(value.stars) };
 * });
 */
export function jsonlDataset<E>(path: string, element: (value: unknown) => E): Dataset<E> {
  const op = "jsonlDataset";
  checkPath(op, path);
  checkOption(op, "element", element, required(callback));
  return dataset(() => values(op, path, element)).unbatch() as Dataset<E>;
}

/** The values, in lists: as many as are read at a time. */
async function* values<E>(
  op: string,
  path: string,
  element: (value: unknown) => E,
): AsyncGenerator<E[], void, undefined> {
  let number = 0;
  for await (const lines of linesOf(op, path)) {
    const made: E[] = [];
    let failure: Error | undefined;
    for (const line of lines) {
      number++;
      if (line.trim() === "") continue;
      try {
        made.push(element(JSON.parse(line)));
      } catch (error) {
        const fault = error instanceof Error ? error.message : String(error);
        failure = Object.assign(refusedElements(op, `${path}: line ${number}: ${fault}`), { cause: error });
        break;
      }
    }
    // What came before what is wrong is there.
    if (made.length > 0) yield made;
    if (failure) throw failure;
  }
}

/** The lines of a file of UTF-8, without their ends, in lists. */
async function* linesOf(op: string, path: string): AsyncGenerator<string[], void, undefined> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const part of partsOf(op, path)) {
    const lines = (rest + decoder.decode(part, { stream: true })).split("\n");
    rest = lines.pop()!;
    yield lines;
  }
  yield [rest + decoder.decode()];
}

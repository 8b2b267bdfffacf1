import { ShapewrightError } from "../../ir/errors.js";
import type { OutOfRange } from "./in-range.js";
import { noClass } from "./labels.js";
import { noPlace } from "./places.js";
import { tooFew } from "./top-k-shape.js";

/** What TensorFlow says of numbers that are out of range when it fails, and the error of ours for these numbers. */
const translations: readonly [pattern: RegExp, error: OutOfRange][] = [
  [/label value of (-?\d+) which is outside the valid range of \[0, (\d+)\)/, noClass],
  [/indices(?:\[[\d,]*\])? = (-?\d+) is not in \[0, (\d+)\)/, noPlace],
  [/input must have at least k columns\. Had (\d+), needed (\d+)/, tooFew],
];

/** What TensorFlow says when it fails, of such numbers as here. */
export function translateTensorflowError(error: unknown): ShapewrightError {
  if (error instanceof ShapewrightError) return error;
  for (const [pattern, translated] of translations) {
    const found = pattern.exec(String(error));
    if (found) return translated(Number(found[1]), Number(found[2]));
  }
  const message = error instanceof Error ? error.message : String(error);
  return new ShapewrightError("SW_BACKEND", `TensorFlow failed: ${message}`);
}

import { ShapewrightError } from "../../ir/errors.js";

/** The error of an index that names no place of the axis of a gather. */
export function noPlace(index: number, size: number): ShapewrightError {
  const places = size === 0 ? "an axis without elements has none" : `there are 0 to ${size - 1}`;
  return new ShapewrightError("SW_DATA", `gather: the index ${index} is no place of the axis; ${places}`, "gather");
}

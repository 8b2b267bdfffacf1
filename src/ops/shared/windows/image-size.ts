import type { Dim } from "../../../types/dim.js";
import { checkDims } from "../checkDims.js";

/** The message for the size of images that is none, if there is one. */
export function checkSize(op: string, size: unknown): string | undefined {
  const message = checkDims(op, size as Dim[]);
  if (message !== undefined || (size as Dim[]).length === 2) return message;
  return `${op}: size is [height, width], got [${(size as Dim[]).join(", ")}]`;
}

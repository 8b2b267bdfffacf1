import { ShapewrightError } from "./errors.js";

/** Throws the message of a check, if it has one. Checks return messages so that types can share them. */
export function refuse(
  code: "SW_SHAPE" | "SW_DTYPE" | "SW_VALUE" | "SW_NAME" | "SW_GRADIENT",
  op: string,
  message: string | undefined,
): void {
  if (message !== undefined) throw new ShapewrightError(code, message, op);
}

import { ShapewrightError } from "./errors.js";
import type { Node } from "./node.js";

/** The error of a node under the name that the user knows: of the function that was called, where that is made of several ops. */
export function asCalled<E>(error: E, { call }: Pick<Node, "call">): E | ShapewrightError {
  if (call?.name === undefined || !(error instanceof ShapewrightError) || error.op === undefined) return error;
  const { code, op, message } = error;
  return message.startsWith(`${op}: `)
    ? new ShapewrightError(code, call.name + message.slice(op.length), call.name)
    : error;
}

import type { ts } from "ts-morph";

/** Whether a type is what `model` gives. */
export function isModel(type: ts.Type): boolean {
  return ["inputs", "output", "apply"].every((key) => type.getProperty(key));
}

/** Whether a type is what `open` gives. */
export function isSession(type: ts.Type): boolean {
  return ["fit", "predict", "saveModel"].every((key) => type.getProperty(key));
}

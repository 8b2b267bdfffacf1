import type { ts } from "ts-morph";

/** Whether a type is what `model` gives. */
export function isModel(type: ts.Type): boolean {
  return ["inputs", "output", "apply"].every((key) => type.getProperty(key));
}

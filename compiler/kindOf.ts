import { isTensor } from "../src/ir/node.js";
import type { Model } from "../src/model.js";
import type { Program } from "./program.js";

/**
 * Whether something is a model or a program: by what it holds, since it may be of another copy of Shapewright than this one.
 */
export function kindOf(value: unknown): "model" | "program" | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  // A record of inputs may have these names, too.
  if ("variables" in value && isTensor(value.variables)) return undefined;
  if (hasAll<Program>(value, ["model", "train", "evaluate", "predict", "variables"])) return "program";
  return hasAll<Model<any, any>>(value, ["inputs", "output", "variables", "names"]) ? "model" : undefined;
}

function hasAll<T>(value: object, keys: readonly (keyof T & string)[]): value is T & object {
  return keys.every((key) => key in value);
}

import { ts } from "ts-morph";
import { optionNameOf } from "./properties.js";
import type { Site } from "./site.js";

/** What data of a call is for. */
export type Part = "input" | "target" | "sampleWeight";

/** In the order in which `fit` takes them, and `validationData`. */
const parts: readonly Part[] = ["input", "target", "sampleWeight"];

/**
 * What the data at a place is for: by the argument of `fit(inputs, target, { sampleWeight, validationData })`. Undefined where the
 * place does not tell, as for a source of batches.
 */
export function partOf({ argument, call }: Site): Part | undefined {
  const method = ts.isPropertyAccessExpression(call.expression) ? call.expression.name.text : "";
  if (method.endsWith("Batches")) return undefined;
  const path: ts.Node[] = [];
  for (let node: ts.Node = argument; node !== call; node = node.parent) path.unshift(node);
  const at = call.arguments.indexOf(path[0] as ts.Expression);
  if (at < 2) return parts[at];
  const option = path.find(ts.isPropertyAssignment);
  const name = option?.name.getText() ?? optionNameOf(argument) ?? "sampleWeight";
  if (name === "sampleWeight") return "sampleWeight";
  if (!option || name !== "validationData") return undefined;
  const data = option.initializer;
  return ts.isArrayLiteralExpression(data)
    ? parts[data.elements.findIndex((element) => path.includes(element))]
    : undefined;
}

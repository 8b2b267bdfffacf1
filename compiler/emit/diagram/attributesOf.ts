import { elementCount } from "../../../src/ir/array.js";
import { exactText } from "../../../src/ir/attributes.js";
import { Body } from "../../../src/ir/body.js";
import { isOp, type Node } from "../../../src/ir/node.js";
import { printConstant } from "../../../src/ir/print.js";

/** What is written below a node: what its op says, or how a variable starts. */
export function attributesOf(node: Node): [string, string][] {
  if (isOp(node, "constant")) return [["value", printConstant(node.attributes.value)]];
  if (isOp(node, "input")) return [];
  if (isOp(node, "variable")) {
    const { initializer, trainable } = node.attributes;
    return [
      ["starts as", initializer.name],
      ["trainable", String(trainable)],
    ];
  }
  // A function cannot be read: a custom gradient's rule. A body is drawn.
  const said = Object.entries(node.attributes).filter(
    ([, value]) => typeof value !== "function" && !(value instanceof Body),
  );
  return said.map(([name, value]) => [name, textOf(value)]);
}

/** How many parameters a trainable variable has. */
export function parametersOf(node: Node): { parameters?: number } {
  if (!isOp(node, "variable") || !node.attributes.trainable) return {};
  return { parameters: elementCount(node.attributes.shape) };
}

/** Whether a node is written where it is read, rather than drawn. */
export function isScalarConstant(node: Node): boolean {
  return isOp(node, "constant") && node.rank === 0;
}

/** A constant where it is read. */
export function constantText(node: Node): string {
  return printConstant((node as Node<"constant">).attributes.value);
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join(", ")}]`;
  return typeof value === "string" ? value : exactText(value, String);
}

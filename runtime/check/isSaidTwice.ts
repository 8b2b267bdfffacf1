import { ts } from "ts-morph";
import { calledName } from "./names.js";
import { optionNameOf } from "./properties.js";
import type { Reading } from "./reading.js";
import { isBetweenTensors } from "./rules/operator.js";
import { isTensor } from "./shapes.js";
import { nodeAt } from "./site.js";

/** Whether TypeScript says once more what another error of it says: of both sides of an operator, of what it gives, of an activation that is called without its tensor. */
export function isSaidTwice({ code, file, start, length }: ts.Diagnostic, { checker }: Reading): boolean {
  const node = file && start !== undefined && length !== undefined ? nodeAt(file, start, start + length) : undefined;
  if (code === 2363) {
    const whole = node?.parent;
    return whole !== undefined && ts.isBinaryExpression(whole) && isTensor(checker, whole.left);
  }
  if ([2345, 2322, 2769].includes(code)) return node !== undefined && isBetweenTensors(node, checker);
  if (code !== 2554) return false;
  const call = node?.parent;
  return (
    call !== undefined &&
    ts.isCallExpression(call) &&
    call.arguments.length === 0 &&
    calledName(call) === node!.getText() &&
    /activation$/i.test(optionNameOf(call) ?? "")
  );
}

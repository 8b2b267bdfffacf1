import { ts } from "ts-morph";
import { isWaiting } from "./kind.js";
import { calledName } from "./names.js";
import { optionNameOf, propertyOf } from "./properties.js";
import type { Reading } from "./reading.js";
import { isBetweenTensors } from "./rules/operator.js";
import { isInMetrics } from "./rules/own-metric.js";
import { isTensor } from "./shapes.js";
import { nodeAt } from "./site.js";

/** Whether TypeScript says once more what another error of it says: of both sides of an operator, of what it gives, of a function that is called without its tensor, of what stands in a list beside what is no metric, of each loss of a list, of the parameters of a function that is no metric, of a layer that is made of a tensor, or has a mistake within. */
export function isSaidTwice(diagnostic: ts.Diagnostic, { checker }: Reading, all: readonly ts.Diagnostic[]): boolean {
  const { code, file, start, length } = diagnostic;
  const node = file && start !== undefined && length !== undefined ? nodeAt(file, start, start + length) : undefined;
  if (code === 7006) return node !== undefined && isInMetrics(node.parent);
  if (code === 2363) {
    const whole = node?.parent;
    return whole !== undefined && ts.isBinaryExpression(whole) && isTensor(checker, whole.left);
  }
  if ([2345, 2322, 2769].includes(code) && node && isBetweenTensors(node, checker)) return true;
  if ([2322, 2739, 2740, 2741].includes(code) && node && (isBesideNoMetric(node, checker) || isFurtherLoss(node)))
    return true;
  if ([2345, 2769].includes(code) && node && isLayerOfTensor(node, checker)) return true;
  if ([2345, 2769].includes(code) && node && isLayer(node) && all.some((other) => isRefusedWithin(other, diagnostic)))
    return true;
  if (code === 2349) {
    // relu()(x): that relu lacks its tensor is said already.
    return node !== undefined && ts.isCallExpression(node) && isTensor(checker, node) && lacksArguments(node, checker);
  }
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

/** Whether it is made by bidirectional(x, lstm({ units: 8 })), which gives a layer by its type: of x it is said that it is none. */
function isLayerOfTensor(node: ts.Node, checker: ts.TypeChecker): boolean {
  const first = ts.isCallExpression(node) ? node.arguments[0] : undefined;
  return first !== undefined && isTensor(checker, first) && isWaiting(checker.getTypeAtLocation(node));
}

/** Whether it is a call that makes a layer where layers follow one another: refused within, it may be taken for what gives a tensor. */
function isLayer(node: ts.Node): boolean {
  const { parent } = node;
  return ts.isCallExpression(node) && ts.isCallExpression(parent) && /^(sequential|block)$/.test(calledName(parent));
}

/** What TypeScript says of a call's arguments, after which it takes the call for whichever form comes last. */
const ofArguments: readonly number[] = [2322, 2345, 2353, 2554, 2555, 2561, 2739, 2740, 2741, 2769];

function isRefusedWithin(inner: ts.Diagnostic, outer: ts.Diagnostic): boolean {
  if (!ofArguments.includes(inner.code)) return false;
  const [from, size] = [inner.start ?? -1, inner.length ?? 0];
  return inner.file === outer.file && from > outer.start! && from + size < outer.start! + outer.length!;
}

/** Whether a call has no arguments of a function that takes some in any case. */
function lacksArguments(call: ts.CallExpression, checker: ts.TypeChecker): boolean {
  const isLeftOut = ({ questionToken, initializer, dotDotDotToken }: ts.ParameterDeclaration) =>
    questionToken !== undefined || initializer !== undefined || dotDotDotToken !== undefined;
  const signatures = checker.getTypeAtLocation(call.expression).getCallSignatures();
  return (
    call.arguments.length === 0 &&
    !signatures.some((signature) => signature.getDeclaration().parameters.every(isLeftOut))
  );
}

/** compile takes no list of losses: that is said of the first. */
function isFurtherLoss(node: ts.Node): boolean {
  const { parent } = node;
  if (!ts.isArrayLiteralExpression(parent) || parent.elements[0] === node) return false;
  const call = propertyOf(parent)?.object.parent;
  return (
    call !== undefined &&
    ts.isCallExpression(call) &&
    calledName(call) === "compile" &&
    /^loss(Weights)?$/.test(optionNameOf(parent) ?? "")
  );
}

/** Of a list in which something is refused that is no metric, TypeScript refuses what stands beside it, too, as no list. */
function isBesideNoMetric(node: ts.Node, checker: ts.TypeChecker): boolean {
  const { parent } = node;
  if (!ts.isArrayLiteralExpression(parent) || optionNameOf(node) !== "metrics") return false;
  const isMetric = (one: ts.Node) => checker.getTypeAtLocation(one).getProperty("name") !== undefined;
  return isMetric(node) && parent.elements.some((one) => !isMetric(one));
}

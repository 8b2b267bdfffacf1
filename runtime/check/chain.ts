import { ts } from "ts-morph";
import type { Chain, Step } from "./finding.js";
import { callAsStep, calledName, shorten } from "./names.js";
import { originOf } from "./origins.js";
import type { SequentialShapes } from "./sequential-shapes.js";
import { describe, isTensor } from "./shapes.js";
import type { Site } from "./site.js";

/** What chains are read from. */
export interface Reading {
  readonly checker: ts.TypeChecker;
  readonly sequentialShapes: SequentialShapes;
}

/** The shapes that led to a value, first the one that the code begins with. */
export function chainOf(reading: Reading, expression: ts.Expression, of = shorten(expression.getText())): Chain {
  return { of, steps: stepsTo(reading, expression) };
}

/** As `chainOf` for data. Of nested arrays only the message knows the shape. */
export function dataChain(reading: Site, of: string, given: string | undefined): Chain {
  const { steps } = chainOf(reading, reading.argument, of);
  const last = steps.at(-1)!;
  return { of, steps: steps.with(-1, step(last.name, last.shape ?? given)) };
}

/** The shapes that led to one layer of a `sequential`: its input, and every layer before. */
export function chainToLayer(reading: Reading, call: ts.CallExpression, layer: number): Chain {
  const [first, ...layers] = call.arguments;
  const shapes = reading.sequentialShapes(call);
  const before = layers.slice(0, layer).map((node, i) => step(shorten(layerName(reading, node)), shapes[i]));
  return { of: "sequential", steps: [...stepsTo(reading, first!), ...before] };
}

function stepsTo(reading: Reading, node: ts.Expression): Step[] {
  const { checker } = reading;
  if (ts.isCallExpression(node)) return stepsOfCall(reading, node);
  const origin = originOf(checker, node);
  if (!origin) return [step(shorten(node.getText()), describe(checker, node))];
  const steps = stepsTo(reading, origin);
  // A variable names what it holds: `h = dense(units: 128)`.
  const last = steps.at(-1);
  if (!ts.isIdentifier(node) || !last || last.name.includes(" = ")) return steps;
  return [...steps.slice(0, -1), { ...last, name: `${node.text} = ${last.name}` }];
}

function stepsOfCall(reading: Reading, call: ts.CallExpression): Step[] {
  const { checker } = reading;
  if (calledName(call) === "sequential") {
    const { steps } = chainToLayer(reading, call, call.arguments.length - 1);
    return steps.with(-1, step(steps.at(-1)!.name, describe(checker, call) ?? steps.at(-1)!.shape));
  }
  const operand = operandsOf(checker, call)[0];
  const own = step(callAsStep(checker, call, operand), describe(checker, call));
  return operand ? [...stepsTo(reading, operand), own] : [own];
}

/** The tensors that a call works on, also those in a list. */
export function operandsOf(checker: ts.TypeChecker, call: ts.CallExpression): ts.Expression[] {
  return call.arguments
    .flatMap((argument) => (ts.isArrayLiteralExpression(argument) ? [...argument.elements] : [argument]))
    .filter((argument) => isTensor(checker, argument));
}

function layerName({ checker }: Reading, node: ts.Expression): string {
  return ts.isCallExpression(node) ? callAsStep(checker, node) : node.getText();
}

function step(name: string, shape: string | undefined): Step {
  return shape === undefined ? { name } : { name, shape };
}

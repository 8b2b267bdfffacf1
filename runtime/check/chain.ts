import { ts } from "ts-morph";
import { arithmetic } from "./arithmetic.js";
import type { Chain, Step } from "./finding.js";
import { callAsStep, calledName, shorten } from "./names.js";
import { originOf } from "./origins.js";
import type { Reading } from "./reading.js";
import { describe, isTensor } from "./shapes.js";
import type { Site } from "./site.js";

/** The shapes that led to a value, first the one that the code begins with. */
export function chainOf(reading: Reading, expression: ts.Expression, label?: string): Chain {
  const steps = stepsTo(reading, expression);
  return label === undefined ? { steps } : { label, steps };
}

/** As `chainOf` for data. Of nested arrays only the message knows the shape. */
export function dataChain(site: Site, label: string, given: string | undefined): Chain {
  const { steps } = chainOf(site, site.argument);
  const last = steps.at(-1)!;
  return { label, steps: steps.with(-1, step(last.name, last.shape ?? given)) };
}

/** The shapes that led to one layer of a `sequential`: its input, and every layer before. */
export function chainToLayer(
  reading: Reading,
  call: ts.CallExpression,
  layer: number,
  path: readonly ts.Node[] = [],
): Chain {
  const [first, ...layers] = call.arguments;
  const shapes = reading.sequentialShapes(call);
  const from = first ? stepsTo(reading, first, path) : [];
  const before = layers
    .slice(0, layer)
    .map((node, i) => step(layerName(reading, node), shapes[i], node, i === 0 ? from.at(-1)?.shape : shapes[i - 1]));
  return { steps: [...from, ...before] };
}

/** @param behind what the walk has come through: code that is wrong can go in a circle, as `const a = relu(a)` */
function stepsTo(reading: Reading, node: ts.Expression, behind: readonly ts.Node[] = []): Step[] {
  const { checker } = reading;
  const path = [...behind, node];
  if (ts.isCallExpression(node)) return stepsOfCall(reading, node, path);
  const origin = originOf(checker, node);
  if (!origin || path.includes(origin)) return [step(shorten(node.getText()), describe(checker, node))];
  const steps = stepsTo(reading, origin, path);
  // A variable names what it holds: `h = dense(units: 128)`.
  const last = steps.at(-1);
  if (!ts.isIdentifier(node) || !last || last.name.includes(" = ")) return steps;
  return [...steps.slice(0, -1), { ...last, name: `${node.text} = ${last.name}` }];
}

function stepsOfCall(reading: Reading, call: ts.CallExpression, path: readonly ts.Node[]): Step[] {
  const { checker } = reading;
  if (calledName(call) === "sequential") {
    return [...chainToLayer(reading, call, call.arguments.length - 1, path).steps];
  }
  const operand = operandsOf(checker, call)[0];
  const own = step(
    callAsStep(checker, call, operand),
    describe(checker, call),
    call,
    operand && describe(checker, operand),
  );
  return operand ? [...stepsTo(reading, operand, path), own] : [own];
}

/** The tensors that a call works on, also those in a list. */
export function operandsOf(checker: ts.TypeChecker, call: ts.CallExpression): ts.Expression[] {
  return call.arguments
    .flatMap((argument) => (ts.isArrayLiteralExpression(argument) ? [...argument.elements] : [argument]))
    .filter((argument) => isTensor(checker, argument));
}

/** A layer as it stands in a chain. */
export function layerName({ checker }: Reading, node: ts.Expression): string {
  return ts.isCallExpression(node) ? callAsStep(checker, node) : shorten(node.getText());
}

/** @param before the shape of what a call takes */
function step(name: string, shape: string | undefined, call?: ts.Expression, before?: string): Step {
  if (shape === undefined) return { name };
  const how = call && arithmetic(call, before, shape);
  return how === undefined ? { name, shape } : { name, shape, arithmetic: how };
}

import { ts } from "ts-morph";
import { calledName } from "./names.js";
import type { Reading } from "./reading.js";

/** Where a mistake stands. */
export interface Site extends Reading {
  /** The expression that is wrong: an argument, an element of a list, the value of an option. */
  readonly argument: ts.Expression;
  /** The call that it is an argument of. */
  readonly call: ts.CallExpression;
}

/** The place of an error that TypeScript reports, if it stands in an argument of a call. */
export function siteOf(reading: Reading, file: ts.SourceFile, start: number, length: number): Site | undefined {
  const node = nodeAt(file, start, start + length);
  if (node && isCallee(node)) return undefined;
  const argument = node && argumentAt(node);
  const call = argument && callAround(argument);
  return call && { ...reading, argument, call };
}

/**
 * The place of an error that TypeScript reports at a function's name, as its overloads are refused for different arguments: the argument of
 * which a message of ours is said.
 */
export function siteOfOverloads(
  { checker, ...reading }: Reading,
  callee: ts.Node | undefined,
  text: string,
): Site | undefined {
  if (!callee || !isCallee(callee)) return undefined;
  const call = callee.parent as ts.CallExpression;
  const [, type] = /Argument of type '([^']+)' is not assignable to parameter of type '[^']*"\w+: /.exec(text) ?? [];
  const written = (argument: ts.Expression) =>
    checker.typeToString(checker.getTypeAtLocation(argument), undefined, ts.TypeFormatFlags.NoTruncation);
  const argument = type === undefined ? undefined : call.arguments.find((argument) => written(argument) === type);
  return argument && { ...reading, checker, argument, call };
}

function isCallee(node: ts.Node): boolean {
  // A file as a whole, of which a broken tsconfig.json is told, stands in nothing.
  const parent: ts.Node | undefined = node.parent;
  return parent !== undefined && ts.isCallExpression(parent) && parent.expression === node;
}

/** The number of a layer among those of its `sequential`, from 0; undefined elsewhere. */
export function layerNumber({ argument, call }: Site): number | undefined {
  if (calledName(call) !== "sequential") return undefined;
  const layer = call.arguments.indexOf(argument) - 1;
  return layer < 0 ? undefined : layer;
}

/** The outermost node that covers exactly a range. */
export function nodeAt(file: ts.SourceFile, start: number, end: number): ts.Node | undefined {
  let found: ts.Node | undefined;
  const visit = (node: ts.Node): void => {
    if (found || node.pos > start || node.end < end) return;
    if (node.getStart(file) === start && node.end === end) found = node;
    else ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return found;
}

/** The innermost node at a place: the statement of a `return` that is underlined alone. */
export function innermostAt(file: ts.SourceFile, start: number): ts.Node | undefined {
  const inner = (node: ts.Node): ts.Node =>
    ts.forEachChild(node, (child) => (child.getStart(file) <= start && start < child.end ? inner(child) : undefined)) ??
    node;
  return inner(file);
}

/** An error about a property stands on its name; what is wrong is its value. */
function argumentAt(node: ts.Node): ts.Expression | undefined {
  const { parent } = node;
  if (parent && ts.isPropertyAssignment(parent) && parent.name === node) return parent.initializer;
  if (ts.isShorthandPropertyAssignment(node)) return node.name;
  return ts.isExpression(node) ? node : undefined;
}

function callAround(argument: ts.Expression): ts.CallExpression | undefined {
  let child: ts.Node = argument;
  while (child.parent && !ts.isStatement(child.parent)) {
    const { parent } = child;
    if (ts.isCallExpression(parent) && parent.arguments.includes(child as ts.Expression)) return parent;
    child = parent;
  }
  return undefined;
}

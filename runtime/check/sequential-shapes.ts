import { ts } from "ts-morph";
import { calledName } from "./names.js";
import { type OpenedProgram, withTexts } from "./open-program.js";
import { describe } from "./shapes.js";

/** The shapes after every layer of a `sequential(x, …)` call. */
export type SequentialShapes = (call: ts.CallExpression) => readonly (string | undefined)[];

/**
 * A type tells only what a whole `sequential` gives. So a copy of the file, in its place, has `sequential(x, a, b)` written as
 * `sequential(sequential(x, a), b)`: there every layer has an expression of its own, and so a type.
 */
export function sequentialShapesIn(opened: OpenedProgram): SequentialShapes {
  const copies = new Map<ts.SourceFile, Map<number, (string | undefined)[]>>();
  return (call) => {
    const file = call.getSourceFile();
    const shapes = copies.get(file) ?? readCopy(opened, file);
    copies.set(file, shapes);
    return shapes.get(call.getStart()) ?? [];
  };
}

/** By the place of each call in the file. */
function readCopy(opened: OpenedProgram, file: ts.SourceFile): Map<number, (string | undefined)[]> {
  const { program: copied } = withTexts(opened, new Map([[file.fileName, nested(file)]]));
  const checker = copied.getTypeChecker();
  const shapes = new Map<number, (string | undefined)[]>();
  const visit = (node: ts.Node): void => {
    ts.forEachChild(node, visit);
    const mark = ts.isCallExpression(node) && markOf(node);
    if (!mark) return;
    const [place, layer] = mark;
    const known = shapes.get(place) ?? [];
    known[layer] = describe(checker, node);
    shapes.set(place, known);
  };
  visit(copied.getSourceFile(file.fileName)!);
  return shapes;
}

/** The file with every `sequential` nested; each call is marked with its place and the number of its layer. */
function nested(file: ts.SourceFile): string {
  const text = file.text;
  const rewrite = (node: ts.Node): string => {
    let written = "";
    let done = node.getStart(file);
    const visit = (child: ts.Node): void => {
      if (!isSequential(child)) return void ts.forEachChild(child, visit);
      written += text.slice(done, child.getStart(file)) + nest(child);
      done = child.end;
    };
    ts.forEachChild(node, visit);
    return written + text.slice(done, node.end);
  };
  const nest = (call: ts.CallExpression): string => {
    const [first, ...layers] = call.arguments.map((argument) =>
      isSequential(argument) ? nest(argument) : rewrite(argument),
    );
    const callee = call.expression.getText(file);
    return layers.reduce((inner, layer, i) => `${callee}(/*${call.getStart(file)}:${i}*/ ${inner}, ${layer})`, first!);
  };
  return rewrite(file);
}

function isSequential(node: ts.Node): node is ts.CallExpression {
  return (
    ts.isCallExpression(node) &&
    calledName(node) === "sequential" &&
    node.arguments.length > 1 &&
    !node.arguments.some(ts.isSpreadElement)
  );
}

function markOf(call: ts.CallExpression): [place: number, layer: number] | undefined {
  const mark = /^\(\/\*(\d+):(\d+)\*\//.exec(call.getSourceFile().text.slice(call.expression.end));
  return mark ? [Number(mark[1]), Number(mark[2])] : undefined;
}

import { ts } from "ts-morph";
import { fix, insertBefore, replace } from "../edits.js";
import type { Edit } from "../finding.js";
import { isSession } from "../models.js";
import { shorten } from "../names.js";
import type { NodeRule } from "./node-rule.js";

export const missingAwait: NodeRule = {
  id: "missing-await",
  title: "A promise that is not awaited",
  help: "What trains, predicts, opens, saves or learns from data takes time, and gives a promise: const logits = await session.predict({ x }).",
  codes: [2339, 2349, 2488, 2551, 7053],
  explain(node, { checker }) {
    const { parent } = node;
    const isName = ts.isPropertyAccessExpression(parent) && parent.name === node;
    const isIndexed = ts.isElementAccessExpression(node) || ts.isCallExpression(node);
    const isTakenApart = ts.isArrayBindingPattern(node) && ts.isVariableDeclaration(parent);
    const named = ofDestructured(node);
    const value =
      named ?? (isTakenApart ? parent.initializer! : isName ? parent.expression : isIndexed ? node.expression : node);
    if (!ts.isExpression(value)) return undefined;
    const type = checker.getTypeAtLocation(value);
    const awaited = type.getProperty("then") && checker.getAwaitedType(type);
    if (!awaited || awaited === type) return undefined;
    const name = isName ? parent.name.text : named ? node.getText() : undefined;
    const isThere =
      name !== undefined
        ? isSession(awaited) || checker.getPropertyOfType(awaited, name) !== undefined
        : isTakenApart || ts.isElementAccessExpression(node) || awaited.getCallSignatures().length > 0;
    if (!isThere) return undefined;
    const edit = awaiting(value, checker);
    return {
      what: `${shorten(value.getText())} is a promise, which has ${name === undefined ? "nothing" : `no ${name}`} before it is awaited.`,
      fix: edit ? fix("Await it:", edit) : fix("Await it, in a function that is async."),
      ...(ts.isIdentifier(value) && { cause: checker.getSymbolAtLocation(value)?.valueDeclaration ?? value }),
    };
  },
};

/** What is taken apart by names: session.trainStep(batch) of `const { loss } = session.trainStep(batch)`. */
function ofDestructured(node: ts.Node): ts.Expression | undefined {
  const element = ts.isBindingElement(node) ? node : node.parent;
  if (!ts.isBindingElement(element) || !ts.isObjectBindingPattern(element.parent)) return undefined;
  const declaration = element.parent.parent;
  return ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
}

/** Puts `await` where the promise is made, or else where it is used. */
function awaiting(value: ts.Expression, checker: ts.TypeChecker): Edit | undefined {
  const declared = ts.isIdentifier(value) ? checker.getSymbolAtLocation(value)?.valueDeclaration : undefined;
  const made = declared && ts.isVariableDeclaration(declared) ? declared.initializer : undefined;
  if (made && ts.isCallExpression(made)) return mayAwait(made) ? insertBefore(made, "await ") : undefined;
  if (ts.isVariableDeclaration(value.parent)) return mayAwait(value) ? insertBefore(value, "await ") : undefined;
  return mayAwait(value) ? replace(value, `(await ${value.getText()})`) : undefined;
}

/** Whether `await` may stand there: at the top level of a module, and in functions that are async. */
function mayAwait(node: ts.Node): boolean {
  const around = ts.findAncestor(node, ts.isFunctionLike);
  if (!around) return ts.isExternalModule(node.getSourceFile());
  return ts.canHaveModifiers(around)
    ? (ts.getModifiers(around) ?? []).some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword)
    : false;
}

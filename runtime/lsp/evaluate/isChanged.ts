import { ts } from "ts-morph";
import { isAmbient, isOfLanguage } from "./callee-origins.js";
import { functionOf } from "./functionOf.js";
import { type Access, isAccess } from "./isAccess.js";
import { isTarget } from "./isTarget.js";
import { isUnchangeable } from "./isUnchangeable.js";
import { isWrapping } from "./isWrapping.js";
import { asking, changing } from "./methods.js";
import { referencesTo, symbolOf } from "./referencesTo.js";

/** What of JavaScript's own changes nothing that it is given. */
const harmless =
  /^(console\.\w+|Math\.\w+|Array\.(from|isArray)|Object\.(entries|freeze|fromEntries|keys|values)|JSON\.stringify|Number|String|Boolean|structuredClone|(Float32|Float64|Int32|Uint8)Array(\.from)?|Map|Set)$/;

const { SyntaxKind } = ts;

/** Signs between operands of which one is what they give. */
const choosing: readonly ts.SyntaxKind[] = [
  SyntaxKind.AmpersandAmpersandToken,
  SyntaxKind.BarBarToken,
  SyntaxKind.QuestionQuestionToken,
  SyntaxKind.CommaToken,
];
const assigning: readonly ts.SyntaxKind[] = [
  SyntaxKind.EqualsToken,
  SyntaxKind.AmpersandAmpersandEqualsToken,
  SyntaxKind.BarBarEqualsToken,
  SyntaxKind.QuestionQuestionEqualsToken,
];

/**
 * Whether the code of a program may change the list or object that a constant stands for, which only running it would tell. What is bound to
 * it, or to a part of it, is followed: other names, and parameters of functions that are written there. Whatever is not known to leave it as
 * it is may change it.
 */
export function isChanged(program: ts.Program, constant: ts.Symbol): boolean {
  const checker = program.getTypeChecker();
  const seen = new Map<ts.Symbol, Set<ts.Node | undefined>>();

  /** @param within the function that was given it, whose result is looked at where it is called */
  const changes = (symbol: ts.Symbol, within: ts.Node | undefined): boolean => {
    const known = seen.get(symbol) ?? new Set();
    if (known.has(within)) return false;
    seen.set(symbol, known.add(within));
    return referencesTo(program, symbol).some((node) => isChangedAt(node, within));
  };

  /** @param node what stands for the list or object, a part of it, or a new one that holds it */
  const isChangedAt = (node: ts.Expression, within: ts.Node | undefined): boolean => {
    const { parent } = node;
    const on = (next: ts.Node) => isChangedAt(next as ts.Expression, within);
    if (isTarget(node)) return true;
    if (isWrapping(parent) || ts.isAwaitExpression(parent)) return on(parent);
    if (isAccess(parent) && parent.expression === node) {
      const call = parent.parent;
      return ts.isCallExpression(call) && call.expression === parent ? isChangedBy(parent, call, within) : on(parent);
    }
    if (isUnchangeable(checker, node)) return false;
    if (ts.isObjectLiteralElementLike(parent)) return on(parent.parent);
    if (ts.isArrayLiteralExpression(parent)) return on(parent);
    if (ts.isSpreadElement(parent))
      return ts.isArrayLiteralExpression(parent.parent) ? on(parent.parent) : isTaken(parent, within);
    if (ts.isVariableDeclaration(parent) || ts.isParameter(parent) || ts.isBindingElement(parent))
      return isBoundChanged(parent.name, within);
    if (ts.isForOfStatement(parent))
      return (
        !ts.isVariableDeclarationList(parent.initializer) ||
        isBoundChanged(parent.initializer.declarations[0]!.name, within)
      );
    if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return isTaken(node, within);
    if (ts.isConditionalExpression(parent)) return parent.condition !== node && on(parent);
    if (ts.isBinaryExpression(parent)) return isChangedInOperation(parent, within);
    if (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === node))
      return within === undefined || ts.findAncestor(parent, ts.isFunctionLike) !== within;
    return !(
      ts.isStatement(parent) ||
      ts.isPrefixUnaryExpression(parent) ||
      ts.isTypeOfExpression(parent) ||
      ts.isTemplateSpan(parent)
    );
  };

  const isBoundChanged = (name: ts.BindingName, within: ts.Node | undefined): boolean => {
    if (ts.isIdentifier(name)) return changes(checker.getSymbolAtLocation(name)!, within);
    return name.elements.some((element) => !ts.isOmittedExpression(element) && isBoundChanged(element.name, within));
  };

  /** Of a call of a member. What a list is asked gives parts of it, also to the functions that are given. */
  const isChangedBy = (member: Access, call: ts.CallExpression, within: ts.Node | undefined): boolean => {
    const key = ts.isPropertyAccessExpression(member) ? member.name : member.argumentExpression;
    const name = ts.isIdentifier(key) || ts.isStringLiteral(key) ? key.text : "";
    if (changing.has(name)) return true;
    if (asking.has(name)) return call.arguments.some(isChangedByGiven) || isChangedAt(call, within);
    // One that knows what it is a member of may change it.
    const declaration = checker.getResolvedSignature(call)?.declaration;
    return !declaration || ts.isMethodDeclaration(declaration) || ts.isFunctionExpression(declaration);
  };

  const isChangedByGiven = (given: ts.Expression): boolean => {
    if (checker.getTypeAtLocation(given).getCallSignatures().length === 0 || isOfLanguage(checker, given)) return false;
    const f = functionOf(checker, given);
    return !f || f.parameters.some(({ name }) => isBoundChanged(name, f));
  };

  /** Of what is given to a call, as it is or spread. */
  const isTaken = (given: ts.Expression, within: ts.Node | undefined): boolean => {
    const call = given.parent as ts.CallExpression | ts.NewExpression;
    if (isOfLanguage(checker, call.expression)) return false;
    const others: readonly ts.Expression[] = call.arguments ?? [];
    if (harmless.test(call.expression.getText()) && isAmbient(checker, call.expression))
      return others.some((other) => other !== given && isChangedByGiven(other)) || isChangedAt(call, within);
    const f = functionOf(checker, call.expression);
    if (!f) return true;
    const index = others.indexOf(given);
    const place = others.slice(0, index + 1).some(({ kind }) => kind === SyntaxKind.SpreadElement) ? undefined : index;
    const last = f.parameters.length - 1;
    const taking = f.parameters.filter(
      ({ dotDotDotToken }, i) => place === undefined || i === place || (i === last && dotDotDotToken && place > last),
    );
    return taking.some(({ name }) => isBoundChanged(name, f)) || isChangedAt(call, within);
  };

  const isChangedInOperation = (operation: ts.BinaryExpression, within: ts.Node | undefined): boolean => {
    const { left, operatorToken } = operation;
    if (choosing.includes(operatorToken.kind)) return isChangedAt(operation, within);
    if (!assigning.includes(operatorToken.kind)) return false;
    const symbol = ts.isIdentifier(left) ? symbolOf(checker, left) : undefined;
    return !symbol || changes(symbol, within) || isChangedAt(operation, within);
  };

  return changes(constant, undefined);
}

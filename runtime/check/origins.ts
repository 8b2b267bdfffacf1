import { ts } from "ts-morph";
import { calledName } from "./names.js";

/**
 * The expression that an expression's value comes from: the initializer of a variable, the `input(…)` behind a model's
 * `({ image }) =>`, the operand of `await`. Undefined where the code does not say, as for a parameter of a function.
 */
export function originOf(checker: ts.TypeChecker, node: ts.Expression): ts.Expression | undefined {
  if (ts.isParenthesizedExpression(node) || ts.isAwaitExpression(node) || ts.isNonNullExpression(node)) {
    return node.expression;
  }
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) return node.expression;
  if (ts.isPropertyAccessExpression(node)) return memberOrigin(checker, node);
  if (!ts.isIdentifier(node)) return undefined;
  const declaration = declarationOf(checker, node);
  if (!declaration) return undefined;
  if (ts.isVariableDeclaration(declaration)) return isConstant(declaration) ? declaration.initializer : undefined;
  if (ts.isBindingElement(declaration)) {
    const key = declaration.propertyName ?? declaration.name;
    const parameter = declaration.parent.parent;
    return ts.isParameter(parameter) ? parameterOrigin(parameter, key.getText()) : undefined;
  }
  return undefined;
}

/** The call that an expression's value is made by, however many variables lie between: of `session`, `open(…)`. */
export function madeBy(checker: ts.TypeChecker, node: ts.Expression): ts.CallExpression | undefined {
  let at: ts.Expression | undefined = node;
  for (let far = 0; at && far < 100; far++) {
    if (ts.isCallExpression(at)) return at;
    at = originOf(checker, at);
  }
  return undefined;
}

/** What was made for a session: its program, with the model and what the model returns. */
export interface Provenance {
  readonly compile?: ts.CallExpression;
  readonly model?: ts.CallExpression;
  readonly output?: ts.Expression;
}

/** What data is given to: the session of `session.fit(…)`, or the function itself of `slope({ x })`. */
export function sessionOf(call: ts.CallExpression): ts.Expression {
  return ts.isPropertyAccessExpression(call.expression) ? call.expression.expression : call.expression;
}

/** The `input([...])` that data of a call is for. */
export function inputOf(checker: ts.TypeChecker, call: ts.CallExpression, name: string): ts.Expression | undefined {
  const { model } = provenanceOf(checker, sessionOf(call));
  const opened = madeBy(checker, sessionOf(call));
  const declaring = model ?? (opened && calledName(opened) === "openFunction" ? opened : undefined);
  return declaring && inputExpression(declaring, name);
}

/** Follows a session back to `open(program)`, `compile(model, …)` and `model(inputs, build)`. */
export function provenanceOf(checker: ts.TypeChecker, session: ts.Expression): Provenance {
  const open = madeBy(checker, session);
  const program = open && calledName(open) === "open" ? open.arguments[0] : undefined;
  const compile = program && madeBy(checker, program);
  return compile && calledName(compile) === "compile" ? { compile, ...modelOf(checker, compile.arguments[0]) } : {};
}

/** The `model(…)` call behind an expression, and what it returns. */
export function modelOf(checker: ts.TypeChecker, expression: ts.Expression | undefined): Omit<Provenance, "compile"> {
  const model = expression && madeBy(checker, expression);
  if (!model || calledName(model) !== "model") return {};
  const output = returnedBy(model.arguments[1]);
  return output ? { model, output } : { model };
}

/** The names of the record that a model returns, where the code tells them. */
export function outputNames(checker: ts.TypeChecker, model: ts.Expression | undefined): string[] {
  const { output } = modelOf(checker, model);
  if (!output || !ts.isObjectLiteralExpression(output)) return [];
  return output.properties.flatMap(({ name }) => name?.getText() ?? []);
}

/** The expression of a model's input, `input([...])`, by its name. */
export function inputExpression(model: ts.CallExpression, name: string): ts.Expression | undefined {
  const inputs = model.arguments[0];
  if (!inputs || !ts.isObjectLiteralExpression(inputs)) return undefined;
  for (const property of inputs.properties) {
    if (property.name?.getText() !== name) continue;
    if (ts.isPropertyAssignment(property)) return property.initializer;
    if (ts.isShorthandPropertyAssignment(property)) return property.name;
  }
  return undefined;
}

function memberOrigin(checker: ts.TypeChecker, node: ts.PropertyAccessExpression): ts.Expression | undefined {
  const { expression, name } = node;
  if (name.text === "output") return modelOf(checker, expression).output;
  if (!ts.isIdentifier(expression)) return undefined;
  const declaration = declarationOf(checker, expression);
  return declaration && ts.isParameter(declaration) ? parameterOrigin(declaration, name.text) : undefined;
}

/** For a parameter of the function that builds a model: the input of that name. */
function parameterOrigin(parameter: ts.ParameterDeclaration, name: string): ts.Expression | undefined {
  const call = parameter.parent.parent;
  if (!ts.isCallExpression(call) || !["model", "openFunction", "compileFunction"].includes(calledName(call))) {
    return undefined;
  }
  return inputExpression(call, name);
}

function returnedBy(build: ts.Expression | undefined): ts.Expression | undefined {
  if (!build || !(ts.isArrowFunction(build) || ts.isFunctionExpression(build))) return undefined;
  if (ts.isParenthesizedExpression(build.body)) return build.body.expression;
  if (!ts.isBlock(build.body)) return build.body;
  return build.body.statements.findLast(ts.isReturnStatement)?.expression;
}

/** What a `let` holds is not told by where it is declared. */
function isConstant(declaration: ts.VariableDeclaration): boolean {
  return (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
}

function declarationOf(checker: ts.TypeChecker, node: ts.Identifier): ts.Declaration | undefined {
  // Of `{ mask }` it is the value that is meant, and not the option.
  const symbol = ts.isShorthandPropertyAssignment(node.parent)
    ? checker.getShorthandAssignmentValueSymbol(node.parent)
    : checker.getSymbolAtLocation(node);
  if (!symbol) return undefined;
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return target.valueDeclaration;
}

import { ts } from "ts-morph";
import type { Completion, Machine } from "./machine.js";
import { notEvaluated } from "./notEvaluated.js";
import { Scope } from "./scope.js";

/** Statements that are nothing to be done: types, and functions, which are there before. */
const declaring = [
  ts.SyntaxKind.FunctionDeclaration,
  ts.SyntaxKind.InterfaceDeclaration,
  ts.SyntaxKind.TypeAliasDeclaration,
  ts.SyntaxKind.EmptyStatement,
];

/** Does what the statements of a block say, one after another. */
export function run(machine: Machine, statements: readonly ts.Statement[], scope: Scope): Completion {
  for (const statement of statements) {
    if (ts.isFunctionDeclaration(statement) && statement.name && statement.body)
      machine.bind(statement.name, machine.closure(statement, scope), scope);
  }
  for (const statement of statements) {
    const completion = step(machine, statement, scope);
    if (completion) return completion;
  }
  return undefined;
}

function step(machine: Machine, node: ts.Statement, scope: Scope): Completion {
  machine.counted(node, node);
  if (ts.isVariableStatement(node)) return declare(machine, node.declarationList, scope);
  if (ts.isReturnStatement(node)) return { returned: node.expression && machine.evaluate(node.expression, scope) };
  if (ts.isExpressionStatement(node)) return void machine.evaluate(node.expression, scope);
  if (ts.isBlock(node)) return run(machine, node.statements, new Scope(scope));
  if (ts.isIfStatement(node)) {
    const next = machine.evaluate(node.expression, scope) ? node.thenStatement : node.elseStatement;
    return next && step(machine, next, scope);
  }
  if (ts.isForOfStatement(node)) return forEach(machine, node, scope);
  if (ts.isForStatement(node)) return loop(machine, node, new Scope(scope));
  if (ts.isWhileStatement(node)) return loop(machine, { condition: node.expression, statement: node.statement }, scope);
  if (ts.isBreakStatement(node) && !node.label) return "break";
  if (ts.isContinueStatement(node) && !node.label) return "continue";
  if (declaring.includes(node.kind)) return undefined;
  throw notEvaluated(node, "is not run here");
}

function declare(machine: Machine, { declarations }: ts.VariableDeclarationList, scope: Scope): undefined {
  for (const { name, initializer } of declarations)
    machine.bind(name, initializer && machine.evaluate(initializer, scope), scope);
}

function forEach(machine: Machine, node: ts.ForOfStatement, outer: Scope): Completion {
  if (node.awaitModifier || !ts.isVariableDeclarationList(node.initializer))
    throw notEvaluated(node, "is not run here");
  const { name } = node.initializer.declarations[0]!;
  for (const value of machine.evaluate(node.expression, outer) as Iterable<unknown>) {
    const scope = new Scope(outer);
    machine.bind(name, value, scope);
    const completion = step(machine, node.statement, scope);
    if (completion === "break") break;
    if (typeof completion === "object") return completion;
  }
  return undefined;
}

type Loop = Pick<ts.ForStatement, "initializer" | "condition" | "incrementor" | "statement">;

function loop(machine: Machine, { initializer, condition, incrementor, statement }: Loop, outer: Scope): Completion {
  const isDeclared = initializer !== undefined && ts.isVariableDeclarationList(initializer);
  if (isDeclared) declare(machine, initializer, outer);
  else if (initializer) machine.evaluate(initializer, outer);
  // Functions that are made in a round keep the variables of that round, but for one of `var`.
  const isBlockScoped = isDeclared && (initializer.flags & ts.NodeFlags.BlockScoped) !== 0;
  const next = (scope: Scope) => (isBlockScoped ? scope.copy(machine.own) : scope);
  let scope = next(outer);
  while (!condition || machine.evaluate(condition, scope)) {
    const completion = step(machine, statement, scope);
    if (completion === "break") break;
    if (typeof completion === "object") return completion;
    scope = next(scope);
    if (incrementor) machine.evaluate(incrementor, scope);
  }
  return undefined;
}

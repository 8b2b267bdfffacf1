import type { ts } from "ts-morph";
import type { Scope } from "./scope.js";

/** What a statement does to those after it. */
export type Completion = { readonly returned: unknown } | "break" | "continue" | undefined;

/** A function as it is written. */
export type Written = ts.FunctionDeclaration | ts.FunctionExpression | ts.ArrowFunction;

/** The parts that compute a program, which call one another. */
export interface Machine {
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  evaluate(node: ts.Expression, scope: Scope): unknown;
  run(statements: readonly ts.Statement[], scope: Scope): Completion;
  closure(node: Written, outer: Scope): unknown;
  bind(name: ts.BindingName, value: unknown, scope: Scope): void;
  /** Computes something that is no part of what is being computed: a constant of a file. Neither changes what the other made. */
  apart<T>(compute: () => T): T;
  /** Takes down that a value, or a variable, was made by what is being computed, unless it was there before. */
  own<T>(made: T): T;
  /** Whether a variable or a list was made by what is being computed, which may change it. */
  isOwn(made: object): boolean;
  /**
   * Counts a value as so many steps as it is long, and anything else as one.
   *
   * @throws NotEvaluated when all together take too long
   */
  counted<T>(value: T, node: ts.Node): T;
}

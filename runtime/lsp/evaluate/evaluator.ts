import { ts } from "ts-morph";
import { bind } from "./bind.js";
import { closure } from "./closure.js";
import { evaluate } from "./evaluate.js";
import type { Machine } from "./machine.js";
import { notEvaluated } from "./notEvaluated.js";
import { Scope, type Variable } from "./scope.js";
import { run } from "./statements.js";
import { valueOfName } from "./valueOfName.js";

/** How many expressions are computed, and elements made, before it takes too long. */
const mostSteps = 1_000_000;

/** For how many milliseconds all of a file is computed: steps that call the language take longer than others. */
const mostTime = 3000;

/**
 * Computes expressions of a program by looking at the code, as far as it is made of the language's functions and of plain JavaScript that
 * touches nothing: no file is run. Functions that are written there are called as they are read, also those of other files.
 *
 * @param now a clock, in milliseconds
 * @returns what gives an expression's value
 * @throws NotEvaluated where the code does anything else, or takes too long; what functions of the language throw
 */
export function evaluator(program: ts.Program, now = () => performance.now()): (expression: ts.Expression) => unknown {
  const checker = program.getTypeChecker();
  const constants = new Map<ts.Symbol, Variable>();
  let left = mostSteps;
  const began = now();
  /** What is being computed, and by which of these a variable or a list was made. */
  let current = {};
  const makers = new WeakMap<object, object>();
  const own = <T>(value: T): T => {
    if (typeof value === "object" && value !== null && !makers.has(value)) makers.set(value, current);
    return value;
  };
  const machine: Machine = {
    program,
    checker,
    evaluate(node, scope) {
      if (!ts.isIdentifier(node)) return own(evaluate(machine, machine.counted(node, node), scope));
      // Of `{ units }` it is the value's name, and not the property's.
      const symbol = ts.isShorthandPropertyAssignment(node.parent)
        ? checker.getShorthandAssignmentValueSymbol(node.parent)
        : checker.getSymbolAtLocation(node);
      return own(valueOfName(machine, node, symbol, scope, constants));
    },
    apart(compute) {
      const outer = current;
      current = {};
      try {
        return compute();
      } finally {
        current = outer;
      }
    },
    own,
    isOwn: (made) => makers.get(own(made)) === current,
    run: (statements, scope) => run(machine, statements, scope),
    closure: (node, outer) => closure(machine, node, outer),
    bind: (name, value, scope) => bind(machine, name, own(value), scope),
    counted(value, node) {
      const isLong = typeof value === "string" || (typeof value === "object" && value !== null && "length" in value);
      left -= isLong ? (value as unknown as { readonly length: number }).length : 1;
      if (left < 0 || now() - began > mostTime) throw notEvaluated(node, "takes too long");
      return value;
    },
  };
  return (expression) => {
    left = mostSteps;
    return machine.apart(() => machine.evaluate(expression, new Scope()));
  };
}

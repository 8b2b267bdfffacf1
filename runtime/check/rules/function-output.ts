import { ts } from "ts-morph";
import { fix, replace } from "../edits.js";
import { calledName } from "../names.js";
import { isTensor } from "../shapes.js";
import type { DeclaredRule } from "./declared-rule.js";

export const functionOutput: DeclaredRule = {
  id: "function-output",
  title: "A function that returns a tensor by itself",
  help: "What openFunction and compileFunction open returns tensors by names, as it may be any number of them: ({ x }) => ({ y: square(x) }).",
  explain(_, { argument, call, checker }) {
    const name = calledName(call);
    const returned = returnedBy(argument);
    if (!/^(open|compile)Function$/.test(name) || !isTensor(checker, returned)) return undefined;
    const { parent } = returned;
    const isBody = ts.isArrowFunction(parent) && parent.body === argument;
    if (!isBody && !ts.isReturnStatement(parent)) return undefined;
    const record = ts.isIdentifier(returned) ? `{ ${returned.text} }` : `{ y: ${returned.getText()} }`;
    return {
      what: `${name} takes a function that returns tensors by names, but this returns one by itself.`,
      fix: fix("Give it a name:", replace(returned, isBody ? `(${record})` : record)),
      chains: [],
    };
  },
};

/** What a function returns at its end; anything else is that itself. */
function returnedBy(argument: ts.Expression): ts.Expression {
  if (!ts.isArrowFunction(argument) && !ts.isFunctionExpression(argument)) return argument;
  const last = ts.isBlock(argument.body) ? argument.body.statements.at(-1) : undefined;
  return last && ts.isReturnStatement(last) && last.expression ? last.expression : argument;
}

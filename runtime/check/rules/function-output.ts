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
    if (!/^(open|compile)Function$/.test(name) || !isTensor(checker, argument)) return undefined;
    const { parent } = argument;
    const isBody = ts.isArrowFunction(parent) && parent.body === argument;
    if (!isBody && !ts.isReturnStatement(parent)) return undefined;
    const record = ts.isIdentifier(argument) ? `{ ${argument.text} }` : `{ y: ${argument.getText()} }`;
    return {
      what: `${name} takes a function that returns tensors by names, but this returns one by itself.`,
      fix: fix("Give it a name:", replace(argument, isBody ? `(${record})` : record)),
      chains: [],
    };
  },
};

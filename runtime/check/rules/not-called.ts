import { ts } from "ts-morph";
import { fix, insertAfter, replace } from "../edits.js";
import { optionNameOf, wantedAt } from "../properties.js";
import type { DeclaredRule } from "./declared-rule.js";

export const notCalled: DeclaredRule = {
  id: "not-called",
  title: "A function in place of what it makes",
  help: "Optimizers, losses, metrics and initializers are made by calls: optimizer: adam(). An activation is the function itself: activation: relu.",
  explain(_, { argument, checker }) {
    const option = optionNameOf(argument);
    const wanted = option === undefined ? undefined : wantedAt(checker, argument);
    if (option === undefined || !wanted) return undefined;
    const type = checker.getTypeAtLocation(argument);
    const name = argument.getText();
    if (!ts.isCallExpression(argument)) {
      const made = type
        .getCallSignatures()
        .filter(isCalledWithout)
        .map((signature) => signature.getReturnType());
      if (!made.some((result) => isLike(checker, result, wanted))) return undefined;
      return {
        what: `${option} takes what ${name}() makes, but this is the function ${name}.`,
        fix: fix("Call it:", insertAfter(argument, "()")),
        chains: [],
      };
    }
    const callee = argument.expression;
    if (argument.arguments.length > 0 || wanted.getCallSignatures().length === 0) return undefined;
    if (!/activation$/i.test(option) || checker.getTypeAtLocation(callee).getCallSignatures().length === 0)
      return undefined;
    return {
      what: `${option} takes the function ${callee.getText()}, which is called on the layer's output.`,
      fix: fix("Write it without parentheses:", replace(argument, callee.getText())),
      chains: [],
    };
  },
};

function isCalledWithout({ parameters }: ts.Signature): boolean {
  return parameters.every(({ valueDeclaration }) => {
    const parameter = valueDeclaration && ts.isParameter(valueDeclaration) ? valueDeclaration : undefined;
    return (
      parameter !== undefined &&
      (parameter.questionToken ?? parameter.initializer ?? parameter.dotDotDotToken) !== undefined
    );
  });
}

/** Whether something could stand there: by its type, or where that depends on the model, by what it has. */
function isLike(checker: ts.TypeChecker, made: ts.Type, wanted: ts.Type): boolean {
  if (made.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return false;
  if (checker.isTypeAssignableTo(made, wanted)) return true;
  const members = wanted.isUnion() ? wanted.types : [wanted];
  const names = made.getProperties().map(({ name }) => name);
  return names.includes("values") && members.some((member) => member.getProperty("values") !== undefined);
}

import { ts } from "ts-morph";
import { fix, replace } from "../edits.js";
import { calledName } from "../names.js";
import type { NodeRule } from "./node-rule.js";

export const inputsRecord: NodeRule = {
  id: "inputs-record",
  title: "All inputs of a model where one is taken",
  help: "A model's function gets its inputs in a record, by their names: model({ x: input([…]) }, ({ x }) => …).",
  codes: [2345, 2322, 2769],
  explain(node, { checker }) {
    if (!ts.isIdentifier(node)) return undefined;
    const declaration = checker.getSymbolAtLocation(node)?.valueDeclaration;
    if (!declaration || !ts.isParameter(declaration) || declaration.name.getText() !== node.text) return undefined;
    const build = declaration.parent;
    const model = build.parent;
    if (!ts.isCallExpression(model) || calledName(model) !== "model" || model.arguments[1] !== build) return undefined;
    const names = checker
      .getTypeAtLocation(node)
      .getProperties()
      .map(({ name }) => name);
    if (
      names.length === 0 ||
      !names.every((name) => /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name)) ||
      build.parameters.length !== 1
    )
      return undefined;
    const isOne = names.length === 1 && names[0] === node.text;
    return {
      cause: declaration,
      what: `${node.text} is the record of the model's inputs, { ${names.join(", ")} }.`,
      fix: isOne
        ? fix("Take the tensor out of it:", replace(declaration, parenthesised(declaration, `{ ${node.text} }`)))
        : fix(`Take the tensors out of it: ({ ${names.join(", ")} }) => ….`),
    };
  },
};

function parenthesised({ parent }: ts.ParameterDeclaration, pattern: string): string {
  return ts.isArrowFunction(parent) && !/^(async\s*)?\(/.test(parent.getText()) ? `(${pattern})` : pattern;
}

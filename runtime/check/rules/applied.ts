import { ts } from "ts-morph";
import { fix, replace } from "../edits.js";
import { isModel } from "../models.js";
import { calledName, shorten } from "../names.js";
import { isTensor } from "../shapes.js";
import type { NodeRule } from "./node-rule.js";
import type { Explanation } from "./rule.js";

export const applied: NodeRule = {
  id: "applied",
  title: "A model that is applied to other names than its inputs'",
  help: "A model is applied to tensors by the names of its inputs: net.apply({ x: h }).",
  codes: [2345, 2353, 2561],
  explain(node, { checker }) {
    const property = ts.isObjectLiteralElementLike(node.parent) ? node.parent : undefined;
    const given = property?.parent ?? node;
    const call = given.parent;
    if (!ts.isCallExpression(call) || call.arguments[0] !== given || calledName(call) !== "apply") return undefined;
    const { expression } = call;
    const names = ts.isPropertyAccessExpression(expression) ? inputNamesOf(checker, expression.expression) : [];
    if (names.length === 0) return undefined;
    if (!property) return isTensor(checker, node) ? tensorByName(node, names) : undefined;
    const key = property.name?.getText() ?? "";
    if (names.includes(key)) return undefined;
    const value = ts.isPropertyAssignment(property) ? property.initializer.getText() : key;
    const listed = names.map((name) => `"${name}"`).join(", ");
    return {
      what: `The model has no input named "${key}"; it has ${listed}.`,
      fix:
        names.length === 1
          ? fix("Give the tensor under the input's name:", replace(property, `${names[0]}: ${value}`))
          : fix(`Use one of ${listed}.`),
    };
  },
};

/** What is said of a tensor by itself where a model takes its inputs. */
export function tensorByName(tensor: ts.Node, names: readonly string[]): Explanation {
  const text = tensor.getText();
  const [only] = names;
  const record = only === text ? `{ ${text} }` : `{ ${only}: ${text} }`;
  return {
    what: `A model takes tensors by its inputs' names, but ${shorten(text)} is one by itself.`,
    fix:
      names.length === 1
        ? fix("Give it its name:", replace(tensor, record))
        : fix(`Write them by their names: { ${names.map((name) => `${name}: …`).join(", ")} }.`),
    chains: [],
  };
}

/** The names of a model's inputs; none where an expression is no model. */
export function inputNamesOf(checker: ts.TypeChecker, model: ts.Expression | undefined): string[] {
  const type = model && checker.getTypeAtLocation(model);
  const inputs = type && isModel(type) ? type.getProperty("inputs") : undefined;
  return inputs && model
    ? checker
        .getTypeOfSymbolAtLocation(inputs, model)
        .getProperties()
        .map(({ name }) => name)
    : [];
}

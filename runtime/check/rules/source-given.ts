import { ts } from "ts-morph";
import { fix, replace } from "../edits.js";
import { calledName } from "../names.js";
import { propertyOf } from "../properties.js";
import type { NodeRule } from "./node-rule.js";
import type { Explanation } from "./rule.js";

export const sourceGiven: NodeRule = {
  id: "source-given",
  title: "A source of batches in the place of arrays",
  help: "What comes batch by batch goes to fitBatches(source.batch(32), { epochs, validationBatches }) and evaluateBatches(source.batch(32)); fit, evaluate and validationData take arrays of all samples.",
  codes: [2322, 2345, 2554, 2739, 2740, 2741],
  explain(node, { checker }) {
    const { parent } = node;
    if (ts.isPropertyAssignment(parent) && parent.name === node && node.getText() === "validationData")
      return isSource(checker, parent.initializer) ? ofValidation(parent) : undefined;
    // Where the data itself fits, too few values are said of the method's name.
    const call = [parent, parent.parent].find((around) => ts.isCallExpression(around));
    const source = call?.arguments[0];
    if (!call || !source || !ts.isPropertyAccessExpression(call.expression)) return undefined;
    if (node !== source && node !== call.expression.name) return undefined;
    return isSource(checker, source) ? ofMethod(call.expression, source) : undefined;
  },
};

/** A dataset, known by what it can do. */
function isSource(checker: ts.TypeChecker, node: ts.Expression): boolean {
  const type = checker.getTypeAtLocation(node);
  return ["batch", "shuffle", "collect"].every((name) => type.getProperty(name) !== undefined);
}

function ofMethod(access: ts.PropertyAccessExpression, source: ts.Expression): Explanation | undefined {
  const method = access.name.text;
  const what = `${method} takes arrays of all samples, but ${source.getText()} is a source, which gives them one after another.`;
  if (method === "predict") {
    const words =
      "Collect the samples: const { inputs } = await source.collect(); or predict batch by batch in a loop.";
    return { what, fix: fix(words) };
  }
  if (method !== "fit" && method !== "evaluate") return undefined;
  return { what, fix: fix(`Call ${method}Batches, which takes batches:`, replace(access.name, `${method}Batches`)) };
}

function ofValidation(property: ts.PropertyAssignment): Explanation {
  const source = property.initializer.getText();
  const what = `validationData takes arrays, [inputs, target], but ${source} is a source.`;
  const call = propertyOf(property.initializer)!.object.parent;
  if (ts.isCallExpression(call) && calledName(call) === "fitBatches")
    return { what, fix: fix("Sources are validationBatches:", replace(property.name, "validationBatches")) };
  return { what, fix: fix("Train by fitBatches, whose validationBatches takes a source.") };
}

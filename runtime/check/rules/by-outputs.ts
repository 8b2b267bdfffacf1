import { ts } from "ts-morph";
import { fix, replace } from "../edits.js";
import { calledName } from "../names.js";
import { outputNames } from "../origins.js";
import type { NodeRule } from "./node-rule.js";
import type { Explanation } from "./rule.js";

export const byOutputs: NodeRule = {
  id: "by-outputs",
  title: "Losses or metrics in another form than the outputs",
  help: "A model that returns a record has losses, weights and metrics by the outputs' names: loss: { price: meanSquaredError() }, lossWeights: { price: 0.5 }, metrics: { price: [meanAbsoluteError()] }.",
  codes: [2322, 2559, 2739, 2740],
  explain(node, { checker }) {
    // A list's elements are refused one by one.
    const property = [node.parent, node.parent.parent].find((around) => ts.isPropertyAssignment(around));
    const call = property?.parent.parent;
    if (!property || !call || !ts.isCallExpression(call) || calledName(call) !== "compile") return undefined;
    const name = property.name.getText();
    const outputs = outputNames(checker, call.arguments[0]);
    const { initializer } = property;
    if (!/^(loss|lossWeights|metrics)$/.test(name)) return undefined;
    if (outputs.length === 0) return ofOneOutput(name, initializer);
    if (ts.isArrayLiteralExpression(initializer)) return ofList(name, initializer, outputs);
    return name === "metrics" ? metricsAlone(initializer) : undefined;
  },
};

/** A model that returns a tensor has one loss, and metrics in a list. */
function ofOneOutput(name: string, value: ts.Expression): Explanation | undefined {
  if (name === "metrics" && ts.isCallExpression(value)) {
    const what = `metrics takes a list, but ${value.getText()} stands alone.`;
    return { what, fix: fix("Write the list:", replace(value, `[${value.getText()}]`)) };
  }
  if (name !== "loss" || !ts.isArrayLiteralExpression(value)) return undefined;
  const [loss, ...others] = value.elements;
  return {
    what: "loss takes one loss, or losses by the outputs' names, but this is a list.",
    fix:
      loss && others.length === 0
        ? fix("Write it without the list:", replace(value, loss.getText()))
        : fix("A model with several outputs names them: it returns { a, b }, and loss is { a: …, b: … }."),
  };
}

function ofList(name: string, list: ts.ArrayLiteralExpression, outputs: readonly string[]): Explanation {
  const values = list.elements.map((element) => element.getText());
  const written = outputs.map((output, i) =>
    name === "metrics" ? `${output}: [${values[i]}]` : `${output}: ${values[i]}`,
  );
  const what = `The model returns ${outputs.map((output) => `"${output}"`).join(", ")}, but ${name} is a list, which has no names.`;
  return values.length === outputs.length
    ? { what, fix: fix("Give each under its output's name:", replace(list, `{ ${written.join(", ")} }`)) }
    : {
        what,
        fix: fix(`Give each under its output's name: { ${outputs.map((output) => `${output}: …`).join(", ")} }.`),
      };
}

/** Metrics by the outputs' names, of which some are no lists. */
export function metricsAlone(record: ts.Expression): Explanation | undefined {
  if (!ts.isObjectLiteralExpression(record)) return undefined;
  const alone = record.properties
    .filter(ts.isPropertyAssignment)
    .filter(({ initializer }) => ts.isCallExpression(initializer));
  const [first] = alone;
  if (!first) return undefined;
  const edits = alone.map(({ initializer }) => replace(initializer, `[${initializer.getText()}]`));
  const what = `An output's metrics are a list, but ${first.initializer.getText()} of "${first.name.getText()}" stands alone.`;
  return { what, fix: fix("Write the list:", ...edits) };
}

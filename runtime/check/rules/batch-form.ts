import { ts } from "ts-morph";
import { nearest } from "../../../src/ir/nearest.js";
import { fix } from "../edits.js";
import type { NodeRule } from "./node-rule.js";

export const batchForm: NodeRule = {
  id: "batch-form",
  title: "Elements of a source that are no batches",
  help: "A source gives { inputs: { image: … }, target: … }, the inputs under the names that the model has; dataset.map makes that of anything: rows.map((row) => ({ inputs: { … }, target: row.price })).",
  codes: [2345, 2322],
  explain(node, { checker }) {
    const call = node.parent;
    const isGiven = ts.isCallExpression(call) && call.arguments[0] === node;
    if (!isGiven || !/\.(fit|evaluate)Batches$/.test(call.expression.getText())) return undefined;
    const type = checker.getTypeAtLocation(node);
    const [element] = checker.getTypeArguments(type as ts.TypeReference);
    if (!type.getProperty("collect") || !element || element.getProperty("length")) return undefined;
    const given = element.getProperties().map(({ name }) => name);
    const missing = ["inputs", "target"].find((name) => !given.includes(name));
    if (missing === undefined || given.length === 0) return undefined;
    const other = given.filter((name) => !/^(inputs|target|sampleWeight)$/.test(name));
    const meant = nearest(missing, other) ?? other.find((name) => /^(labels?|y|x|features|data)$/.test(name));
    return {
      what: `A batch is { inputs, target }, but what ${node.getText()} gives is { ${given.join(", ")} }.`,
      fix: fix(
        meant
          ? `Call it ${missing}, and not ${meant}, where it is made.`
          : "Say what each is for: .map((row) => ({ inputs: { … }, target: … })).",
      ),
    };
  },
};

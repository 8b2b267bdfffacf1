import { ts } from "ts-morph";
import { fix, option, replace } from "../edits.js";
import { calledName, shorten } from "../names.js";
import type { NodeRule } from "./node-rule.js";

export const inputShape: NodeRule = {
  id: "input-shape",
  title: "An input whose shape is no list of sizes",
  help: 'An input takes its whole shape, the batch among it, as numbers and names: input(["batch", 28, 28, 1]).',
  codes: [2322, 2345, 2353, 2769],
  explain(node) {
    const call = inputAround(node);
    const shape = call?.arguments[0];
    if (!call || !shape) return undefined;
    const what = (kind: string) => `input takes a list of sizes, the batch among them, but ${kind}.`;
    if (ts.isArrayLiteralExpression(shape)) {
      const empty = shape.elements.find((size) => /^(null|undefined)$/.test(size.getText()));
      if (!empty) return undefined;
      const name = shape.elements.indexOf(empty) === 0 ? "batch" : "time";
      return {
        what: `A size that is known later has a name, but this one is ${empty.getText()}.`,
        fix: fix("Give it one:", replace(empty, JSON.stringify(name))),
      };
    }
    const sizes = ts.isObjectLiteralExpression(shape) ? (option(shape, "shape") ?? option(shape, "batchShape")) : shape;
    const written = shorten(shape.getText());
    if (ts.isNumericLiteral(shape))
      return {
        what: what(`${written} is a number`),
        fix: fix("Write the list:", replace(shape, `["batch", ${written}]`)),
      };
    if (!ts.isObjectLiteralExpression(shape) || !sizes) return undefined;
    const list = ts.isArrayLiteralExpression(sizes) ? sizes.elements.map((size) => size.getText()) : [sizes.getText()];
    return {
      what: what("this is a record"),
      fix: fix("Write the list:", replace(shape, `[${['"batch"', ...list].join(", ")}]`)),
    };
  },
};

function inputAround(node: ts.Node): ts.CallExpression | undefined {
  let at: ts.Node | undefined = node;
  while (at && !ts.isStatement(at) && !ts.isCallExpression(at)) at = at.parent;
  return at && ts.isCallExpression(at) && calledName(at) === "input" ? at : undefined;
}

import { ts } from "ts-morph";
import { fix, replace } from "../edits.js";
import type { Fix } from "../finding.js";
import { shorten } from "../names.js";
import { isTensor, type KnownShape, shapeOf } from "../shapes.js";
import type { NodeRule } from "./node-rule.js";

export const arrayHabits: NodeRule = {
  id: "array-habits",
  title: "An array as other frameworks have it",
  help: "What predict gives is { shape, data }: the numbers of all rows behind one another, p.data[i * p.shape[1] + j]. A tensor of a model has no numbers: they come when it is run.",
  codes: [2339, 2349, 2488, 2551, 7053],
  explain(node, { checker }) {
    const { parent } = node;
    const isName = ts.isPropertyAccessExpression(parent) && parent.name === node;
    const value = isName ? parent.expression : ts.isElementAccessExpression(node) ? node.expression : node;
    if (!ts.isExpression(value)) return undefined;
    const shown = shorten(value.getText());
    if (isTensor(checker, value)) {
      // Of names, `method` tells.
      const item = ts.isElementAccessExpression(node) ? node.argumentExpression.getText() : undefined;
      if (isName) return undefined;
      if (item === undefined)
        return {
          what: `${shown} is a tensor, which is not gone through.`,
          fix: fix("Work on all of it by ops, or on its parts: unstack(x), map(x, f)."),
        };
      const slices = /^-?\d+$/.test(item) ? `at(${value.getText()}, "${item}")` : undefined;
      return {
        what: `${shown} is a tensor, whose parts are taken by at, gather and slice.`,
        fix: fix(slices ? `Write ${slices}, as NumPy writes x[${item}].` : `Write gather(${shown}, ${item}).`),
      };
    }
    const type = checker.getTypeAtLocation(value);
    if (!["shape", "dtype", "data"].every((key) => type.getProperty(key))) return undefined;
    if (isName && parent.name.text === "data" && ts.isCallExpression(parent.parent)) {
      return {
        what: `The numbers of ${shown} are there already: data is no function.`,
        fix: fix("Write it without parentheses:", replace(parent.parent, parent.getText())),
      };
    }
    return {
      what: `${shown} is an array, whose numbers stand in data, row behind row, and whose sizes in shape.`,
      fix: fixOf(value, shapeOf(checker, value), isName ? parent.name.text : undefined, node),
    };
  },
};

const numbers = /^(numpy|dataSync|values|flat|toTypedArray)$/;
/** What gives lists of lists elsewhere. */
const lists = /^(array(Sync)?|toArray|toList|tolist)$/;

function fixOf(value: ts.Expression, shape: KnownShape | undefined, name: string | undefined, node: ts.Node): Fix {
  const array = value.getText();
  if (name !== undefined) {
    const access = node.parent;
    const called = ts.isCallExpression(access.parent) && access.parent.expression === access ? access.parent : access;
    // Of lists of lists, an index is another than of the numbers.
    const isSame = shape?.length === 1 || !(lists.test(name) || ts.isElementAccessExpression(called.parent));
    if (isSame && (numbers.test(name) || lists.test(name)))
      return fix("The numbers are there already:", replace(called, `${array}.data`));
    if (name === "item") return fix("Its number is the first of data:", replace(called, `${array}.data[0]`));
    if (name === "length") return fix("How many rows there are:", replace(access, `${array}.shape[0]`));
    if (/^argmax$/i.test(name)) {
      return fix(
        `Of a row: row.indexOf(row.reduce((most, x) => Math.max(most, x))), where row is ${array}.data.subarray(i * width, (i + 1) * width). Of all, in the graph: argMax(logits, 1) in a function that openTogether opens.`,
      );
    }
  }
  if (ts.isElementAccessExpression(node)) {
    const outer =
      ts.isElementAccessExpression(node.parent) && node.parent.expression === node ? node.parent : undefined;
    const i = node.argumentExpression.getText();
    const first = factor(i);
    if (outer && shape?.length === 2) {
      const j = outer.argumentExpression.getText();
      const place = i === "0" ? j : `${first} * ${array}.shape[1] + ${factor(j)}`;
      return fix("Write it so:", replace(outer, `${array}.data[${place}]`));
    }
    if (shape && shape.length > 2) {
      return fix(
        `Count how far each axis leads: data[(i * shape[1] + j) * shape[2] + k] is the number at i, j and k of three axes.`,
      );
    }
    return fix(
      `A row is ${array}.data.subarray(${i === "0" ? "0" : `${first} * width`}, ${i === "0" ? "width" : `(${i} + 1) * width`}), where width is ${array}.shape[1]; of one axis, ${array}.data[${i}] is the number.`,
    );
  }
  return fix(
    `Its rows are Array.from({ length: ${array}.shape[0] }, (_, i) => ${array}.data.subarray(i * width, (i + 1) * width)), where width is ${array}.shape[1].`,
  );
}

/** An expression as it stands beside an operator. */
function factor(text: string): string {
  return /^\w+$/.test(text) ? text : `(${text})`;
}

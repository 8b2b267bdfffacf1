import { notVectorOrMatrix, unequalSummed } from "../../../src/ops/shared/dot-shape.js";
import { fix, parseShape, replace, shapeAsCode, wrap } from "../edits.js";
import { imported, localName } from "../imports.js";
import { shapeLiteral } from "../shape-literal.js";
import { rule } from "./rule.js";

export const dotAxes = rule({
  id: "dot-axes",
  title: "The inner axes of a product differ",
  help: "dot(a, b) sums over the last axis of a and the first axis of b. The two must have one size: [batch, 784] · [784, 10].",
  message: unequalSummed,
  explain({ a, b, k, l }, { argument, checker }) {
    const what = `dot sums over the last axis of ${a} and the first axis of ${b}, but these are ${k} and ${l}.`;
    const right = parseShape(b);
    if (right?.length === 2 && String(right[1]) === k) {
      return { what, fix: fix(`Transpose the second operand: its other axis is ${k}.`, wrap(argument, "transpose")) };
    }
    const literal = shapeLiteral(checker, argument, ["variable"]);
    if (literal && /^\d+$/.test(k)) {
      const shape = shapeAsCode([Number(k), ...(right ?? []).slice(1)]);
      return {
        what,
        fix: fix(`Give the weights as many rows as the input has columns: ${shape}.`, replace(literal.elements[0]!, k)),
      };
    }
    return {
      what,
      fix: fix(`Give the second operand a first axis of ${k}, or the first operand a last axis of ${l}.`),
    };
  },
});

export const dotRank = rule({
  id: "dot-rank",
  title: "Not a vector or a matrix",
  help: "The second operand of dot is a vector [k] or a matrix [k, n]. To multiply two batches row by row: sum(multiply(a, b), { axis: -1 }).",
  message: notVectorOrMatrix,
  explain({ a, b }, { argument, call }) {
    const what = `dot takes a vector [k] or a matrix [k, n] as its second operand, but this is ${b}.`;
    if (a !== b) return { what, fix: fix(`Reshape the second operand to a matrix, or use multiply() and sum().`) };
    const file = argument.getSourceFile();
    const [sum, multiply] = [localName(file, "sum"), localName(file, "multiply")];
    const text = `${sum}(${multiply}(${call.arguments.map((operand) => operand.getText()).join(", ")}), { axis: -1 })`;
    return {
      what,
      fix: fix(
        "Two batches are multiplied row by row, and summed over their last axis, so:",
        replace(call, text),
        imported(file, "multiply"),
        imported(file, "sum"),
      ),
    };
  },
});

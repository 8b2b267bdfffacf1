import { ts } from "ts-morph";
import { camelCase } from "../../../src/ir/nearest.js";
import { notVectorOrMatrix, unequalSummed } from "../../../src/ops/shared/dot-shape.js";
import { batchesDiffer, innerAxesDiffer, noAxisToSum, vectorTurned } from "../../../src/ops/shared/matmul-shape.js";
import { fix, insertAfter, option, parseShape, replace, setOption, shapeAsCode, wrap } from "../edits.js";
import type { Fix } from "../finding.js";
import { imported, localName } from "../imports.js";
import { shapeLiteral } from "../shape-literal.js";
import type { Site } from "../site.js";
import { firstOf, rule } from "./rule.js";

export const dotAxes = rule({
  id: "dot-axes",
  title: "The inner axes of a product differ",
  help: "dot(a, b) sums over the last axis of a and the first axis of b. The two must have one size: [batch, 784] · [784, 10].",
  message: unequalSummed,
  explain({ a, b, k, l }, { argument, call, checker }) {
    const what = `dot sums over the last axis of ${a} and the first axis of ${b}, but these are ${k} and ${l}.`;
    const right = parseShape(b) ?? [];
    const fixes: Fix[] = [];
    const [first, second] = call.arguments;
    if (first && second && call.arguments.length === 2 && areSwapped(parseShape(a) ?? [], right)) {
      const swapped = [replace(first, second.getText()), replace(second, first.getText())];
      fixes.push(fix("The other way round they fit: the input stands before its weights.", swapped));
    }
    if (right.length === 2 && String(right[1]) === k) {
      fixes.push(fix(`Transpose the second operand: its other axis is ${k}.`, wrap(argument, "transpose")));
    }
    const literal = shapeLiteral(checker, argument, ["variable"]);
    if (literal && /^\d+$/.test(k)) {
      const shape = shapeAsCode([Number(k), ...right.slice(1)]);
      const words = `Give the weights as many rows as the input has columns: ${shape}.`;
      fixes.push(fix(words, replace(literal.elements[0]!, k)));
    }
    const otherwise = `Give the second operand a first axis of ${k}, or the first operand a last axis of ${l}.`;
    return { what, ...firstOf(fixes, fix(otherwise)) };
  },
});

/** Weights before what they are multiplied by, which has named axes, and weights have none. */
function areSwapped(a: readonly unknown[], b: readonly unknown[]): boolean {
  return b.at(-1) === a[0] && a[0] !== undefined && a.length <= 2 && typeof b[0] === "string";
}

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

export const matmulAxes = rule({
  id: "matmul-axes",
  title: "The inner axes of a product of matrices differ",
  help: "matmul(a, b) sums over the last axis of a and the last but one of b, or b's only one. The two must have one size: [batch, 8, 64] · [batch, 64, 10].",
  message: innerAxesDiffer,
  explain({ a, b, k, l }, site) {
    const what = `matmul sums over an axis of ${a} and one of ${b}, but these are ${k} and ${l}.`;
    const [left, right] = [parseShape(a) ?? [], parseShape(b) ?? []];
    const fixes: Fix[] = [];
    if (right.length > 1 && right.slice(-2).map(String).includes(k)) fixes.push(turned("transposeB", site));
    if (left.length > 1 && left.slice(-2).map(String).includes(l)) fixes.push(turned("transposeA", site));
    return { what, ...firstOf(fixes, fix(`Give both one size, ${k} or ${l}.`)) };
  },
});

/** A product with an operand's last two axes swapped, or no longer. */
function turned(name: "transposeA" | "transposeB", { call }: Site): Fix {
  const words = `The other axis has the other's size, so say { ${name}: true }, or leave it out where it is said.`;
  const [, second, options] = call.arguments;
  if (options && ts.isObjectLiteralExpression(options)) {
    const pythons = options.properties.find((one) => one.name && camelCase(one.name.getText()) === name);
    if (pythons && pythons.name?.getText() !== name) return fix(words, replace(pythons, `${name}: true`));
    const said = option(options, name);
    if (said?.kind === ts.SyntaxKind.TrueKeyword) return fix(words, replace(said, "false"));
    return fix(words, setOption(options, name, "true"));
  }
  return fix(words, second && !options ? insertAfter(second, `, { ${name}: true }`) : []);
}

export const matmulBatches = rule({
  id: "matmul-batches",
  title: "Batches of matrices that do not broadcast",
  help: "matmul multiplies matrices, the last two axes, for each place of the axes before them. Those broadcast: aligned at the end, sizes equal or 1.",
  message: batchesDiffer,
  explain: ({ a, b, m, n }) => ({
    what: `matmul takes the last two axes of ${a} and ${b} for matrices, and aligns the axes before them, ${m} and ${n}. Two sizes fit when they are equal, or when one is 1.`,
    fix: fix("Make the sizes equal, or one of them 1. Of two names that are always one size, write one."),
  }),
});

export const matmulScalar = rule({
  id: "matmul-scalar",
  title: "A scalar in a product of matrices",
  help: "matmul sums over an axis of both operands. A scalar is multiplied by multiply(a, b).",
  message: noAxisToSum,
  explain: ({ a, b }) => ({
    what: `matmul sums over an axis of ${a} and one of ${b}, and a scalar has none.`,
    fix: fix("Write multiply() to multiply every element by a number."),
  }),
});

export const matmulVector = rule({
  id: "matmul-vector",
  title: "A vector that is to be transposed",
  help: "transposeA and transposeB swap the last two axes of an operand. A vector is a row on the left and a column on the right, without either.",
  message: vectorTurned,
  explain: ({ option, shape }) => ({
    what: `${option} swaps an operand's last two axes, and ${shape} has one.`,
    fix: fix(`Leave ${option} out, or give the vector a second axis with expandDims().`),
  }),
});

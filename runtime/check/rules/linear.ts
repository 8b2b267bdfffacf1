import { otherSides } from "../../../src/ops/shared/linear/solve-shape.js";
import { notSquare } from "../../../src/ops/shared/linear/square.js";
import { fix, parseShape } from "../edits.js";
import { rule } from "./rule.js";

export const squareMatrix = rule({
  id: "square-matrix",
  title: "A matrix that is not square",
  help: "Inverses, determinants and their like are of square matrices: the last two axes are of one size, or of one name.",
  message: notSquare,
  explain({ op, shape }) {
    const [rows, columns] = parseShape(shape)?.slice(-2) ?? [];
    return {
      what: `${op} takes as many rows as columns, but ${shape} has ${rows} rows and ${columns} columns.`,
      fix: fix(
        "Give the last two axes one size. Of a matrix A that is not square, matmul(A, A, { transposeA: true }) is.",
      ),
    };
  },
});

export const rightSides = rule({
  id: "right-sides",
  title: "Right sides that do not belong to the matrices",
  help: "Of matrices [..., n, n], right sides are [..., n], or [..., n, columns]. The axes before are the same ones: nothing broadcasts.",
  message: otherSides,
  explain: ({ op, a, from, to, b }) => ({
    what: `${op} takes a right side for each of the matrices ${a}, ${from} or ${to}, but these are ${b}.`,
    fix: fix(`Reshape it to ${from}; where one is for all matrices, broadcastTo() repeats it.`),
  }),
});

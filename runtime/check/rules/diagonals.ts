import { noShorter, outsideMatrix } from "../../../src/ops/shared/diagonal-shape.js";
import { fix } from "../edits.js";
import { rule } from "./rule.js";

export const diagonalOutside = rule({
  id: "diagonal-outside",
  title: "A diagonal that a matrix does not have",
  help: "The offset is below the number of columns, or with a minus below the number of rows.",
  message: outsideMatrix,
  explain: ({ k, n, m, shape }) => ({
    what: `The matrices in ${shape} have ${n} rows and ${m} columns, and diagonal ${k} lies outside of them.`,
    fix: fix("Take an offset nearer to 0, the main diagonal, or other axes for rows and columns."),
  }),
});

export const diagonalSize = rule({
  id: "diagonal-size",
  title: "A matrix of which it is not known whether rows or columns are fewer",
  help: "A diagonal, and what matrices are decomposed into, has as many places as the fewer of rows and columns; of sizes with different names, it is not known which these are.",
  message: noShorter,
  explain: ({ n, m, shape }) => ({
    what: `Of ${shape}, either the ${n} rows or the ${m} columns may be fewer, and the result has as many places as those.`,
    fix: fix("Name rows and columns by other axes, or slice() both to one size."),
  }),
});

import { ts } from "ts-morph";
import { listOfAll, unlikeAxis } from "../../../src/layers/known-statistics.js";
import { fix, parseShape, replace } from "../edits.js";
import { rule } from "./rule.js";

export const statisticsUnlikeAxis = rule({
  id: "statistics-unlike-axis",
  title: "Not one number for each place along the axis",
  help: "normalization() takes one mean and one variance, or as many as the axis has places; adapt(data) finds them.",
  message: unlikeAxis,
  explain({ op, option, count, axis, shape, size }) {
    const fitting = parseShape(shape)?.lastIndexOf(Number(count)) ?? -1;
    const words =
      fitting >= 0 ? `Name the axis of ${count}: { axis: ${fitting} }.` : `Write ${size} numbers, or one for all.`;
    return {
      what: `${op} has ${count} numbers as ${option}, one for each place along axis ${axis} of ${shape}, which has ${size}.`,
      fix: fix(words),
    };
  },
});

export const statisticsOfAll = rule({
  id: "statistics-of-all",
  title: "A list of statistics where all numbers have one",
  help: "With axis: null, normalization() brings all numbers to mean 0 and variance 1 together.",
  message: listOfAll,
  explain({ op, option }, { argument }) {
    const [only, ...more] = ts.isArrayLiteralExpression(argument) ? argument.elements : [];
    if (only && more.length === 0) {
      return {
        what: `${op} takes one ${option} with axis null.`,
        fix: fix("Write it by itself:", replace(argument, only.getText())),
      };
    }
    return {
      what: `${op} takes one ${option} with axis null.`,
      fix: fix("Leave out axis: null, so that each place along the last axis has its own."),
    };
  },
});

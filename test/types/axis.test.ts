import { test } from "vitest";
import {
  type CheckAxis,
  checkAxis,
  type DimAt,
  dimAt,
  type InsertAxis,
  insertAxis,
  type NormalizeAxis,
  normalizeAxis,
  type ReplaceAxis,
  replaceAxis,
} from "../../src/types/axis.js";
import type { Shape } from "../../src/types/dim.js";
import { type CheckAxes, checkAxes, type RemoveAxes, removeAxes } from "../../src/types/reduce.js";
import { type Equal, holds, rule } from "./equal.js";

type Image = ["batch", 28, 27, 3];
const image: Image = ["batch", 28, 27, 3];

test("one axis", () => {
  rule<NormalizeAxis<Image, -1>>().gives(3, normalizeAxis(image, -1));
  rule<NormalizeAxis<Image, 2>>().gives(2, normalizeAxis(image, 2));
  rule<DimAt<Image, -2>>().gives(27, dimAt(image, -2));
  rule<DimAt<Image, 0>>().gives("batch", dimAt(image, 0));
  rule<ReplaceAxis<Image, -1, 64>>().gives(["batch", 28, 27, 64], replaceAxis(image, -1, 64));
  rule<ReplaceAxis<Image, 0, 32>>().gives([32, 28, 27, 3], replaceAxis(image, 0, 32));
  rule<InsertAxis<Image, -1>>().gives(["batch", 28, 27, 3, 1], insertAxis(image, -1));
  rule<InsertAxis<Image, 0, 2>>().gives([2, "batch", 28, 27, 3], insertAxis(image, 0, 2));
  rule<InsertAxis<Image, 4>>().gives(["batch", 28, 27, 3, 1], insertAxis(image, 4));
  rule<InsertAxis<Image, -5>>().gives([1, "batch", 28, 27, 3], insertAxis(image, -5));
  rule<InsertAxis<[], 0>>().gives([1], insertAxis([], 0));
});

test("an axis that is not there", () => {
  rule<CheckAxis<"sum", ["batch", 10], -2>>().passes(checkAxis("sum", ["batch", 10], -2));
  rule<CheckAxis<"sum", ["batch", 10], 3>>().says(
    "sum: axis 3 is out of range for [batch, 10] (rank 2: -2 to 1)",
    checkAxis("sum", ["batch", 10], 3),
  );
  rule<CheckAxis<"sum", ["batch", 10], -3>>().says(
    "sum: axis -3 is out of range for [batch, 10] (rank 2: -2 to 1)",
    checkAxis("sum", ["batch", 10], -3),
  );
  rule<CheckAxis<"sum", [], 0>>().says(
    "sum: axis 0 is out of range for [] (a scalar has no axes)",
    checkAxis("sum", [], 0),
  );
});

test("axes that are summed away", () => {
  rule<RemoveAxes<Image, [1, 2]>>().gives(["batch", 3], removeAxes(image, [1, 2]));
  rule<RemoveAxes<Image, [-1, 1], true>>().gives(["batch", 1, 27, 1], removeAxes(image, [-1, 1], true));
  rule<RemoveAxes<Image, readonly [2, 0]>>().gives([28, 3], removeAxes(image, [2, 0]));
  rule<RemoveAxes<Image, []>>().gives(["batch", 28, 27, 3], removeAxes(image, []));
  rule<RemoveAxes<Image, -1>>().gives(["batch", 28, 27], removeAxes(image, -1));
  rule<RemoveAxes<Image, 0>>().gives([28, 27, 3], removeAxes(image, 0));
  rule<RemoveAxes<Image, -1, true>>().gives(["batch", 28, 27, 1], removeAxes(image, -1, true));
  rule<RemoveAxes<Image, undefined>>().gives([], removeAxes(image, undefined));
  rule<RemoveAxes<Image, undefined, true>>().gives([1, 1, 1, 1], removeAxes(image, undefined, true));
  rule<CheckAxes<"sum", Image, [0, -1]>>().passes(checkAxes("sum", image, [0, -1]));
  rule<CheckAxes<"sum", Image, undefined>>().passes(checkAxes("sum", image, undefined));
  rule<CheckAxes<"sum", ["batch", 10], [0, 2]>>().says(
    "sum: axis 2 is out of range for [batch, 10] (rank 2: -2 to 1)",
    checkAxes("sum", ["batch", 10], [0, 2]),
  );
  rule<CheckAxes<"sum", ["batch", 10], [1, -1]>>().says(
    "sum: axis -1 of [batch, 10] is given twice",
    checkAxes("sum", ["batch", 10], [1, -1]),
  );
});

test("unknown axes, sizes and ranks widen the result", () => {
  holds<Equal<NormalizeAxis<Image, number>, number>>();
  holds<Equal<DimAt<any, -1>, number>>();
  holds<Equal<ReplaceAxis<[2, 3], number, 5>, [number, number]>>();
  holds<Equal<ReplaceAxis<any, 1, 5>, any>>();
  holds<Equal<ReplaceAxis<Shape, number, 5>, any>>();
  holds<Equal<InsertAxis<[2], number>, [number, number]>>();
  holds<Equal<InsertAxis<any, 0>, any>>();
  holds<Equal<InsertAxis<Shape, -1>, any>>();
  holds<Equal<InsertAxis<any, number>, any>>();
  holds<Equal<RemoveAxes<[2, 3], number>, [number]>>();
  holds<Equal<RemoveAxes<[2, 3], number, true>, [number, number]>>();
  holds<Equal<RemoveAxes<[2, 3], number[], true>, [number, number]>>();
  holds<Equal<RemoveAxes<[2, 3], number[]>, any>>();
  holds<Equal<RemoveAxes<[2, 3], 1, boolean>, any>>();
  holds<Equal<RemoveAxes<any, [0, 1]>, any>>();
  holds<Equal<RemoveAxes<Shape, -1, true>, any>>();
  holds<Equal<RemoveAxes<any, undefined>, []>>();
  holds<Equal<RemoveAxes<any, undefined, true>, any>>();
  holds<Equal<CheckAxis<"sum", any, 7>, unknown>>();
  holds<Equal<CheckAxis<"sum", [2], number>, unknown>>();
  holds<Equal<CheckAxes<"sum", Shape, [7, 7]>, unknown>>();
  holds<Equal<CheckAxes<"sum", [2], number[]>, unknown>>();
});

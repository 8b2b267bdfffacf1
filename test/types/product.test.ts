import { test } from "vitest";
import type { Shape } from "../../src/types/dim.js";
import { type ProductOf, productOf } from "../../src/types/product.js";
import { type CheckReshape, checkReshape, type InferReshape, inferReshape } from "../../src/types/reshape.js";
import { type Equal, holds, rule } from "./equal.js";

type Images = ["batch", 28, 28];
const images: Images = ["batch", 28, 28];

test("the number of elements", () => {
  rule<ProductOf<Images>>().gives("batch*784", productOf(images));
  rule<ProductOf<[]>>().gives(1, productOf([]));
  rule<ProductOf<[7, 7, 512]>>().gives(25088, productOf([7, 7, 512]));
  rule<ProductOf<["batch*28", 28]>>().gives("batch*784", productOf(["batch*28", 28]));
  rule<ProductOf<["width-2"]>>().gives("width-2", productOf(["width-2"]));
  rule<ProductOf<["width-2", 3]>>().gives("width*3-6", productOf(["width-2", 3]));
  rule<ProductOf<["a", "a-2", "ceil(a/2)*4", 2]>>().gives(
    "a*a*ceil(a/2)*8-a*ceil(a/2)*16",
    productOf(["a", "a-2", "ceil(a/2)*4", 2]),
  );
});

test("reshaping", () => {
  rule<InferReshape<Images, [-1, 784]>>().gives(["batch", 784], inferReshape(images, [-1, 784]));
  rule<InferReshape<Images, ["batch", -1]>>().gives(["batch", 784], inferReshape(images, ["batch", -1]));
  rule<InferReshape<Images, [-1]>>().gives(["batch*784"], inferReshape(images, [-1]));
  rule<InferReshape<Images, ["batch", 784]>>().gives(["batch", 784], inferReshape(images, ["batch", 784]));
  rule<InferReshape<Images, [28, -1, 28]>>().gives([28, "batch", 28], inferReshape(images, [28, -1, 28]));
  rule<InferReshape<["batch*28", 28], ["batch", -1]>>().gives(
    ["batch", 784],
    inferReshape(["batch*28", 28], ["batch", -1]),
  );
  rule<InferReshape<["width-2", 3], [3, -1]>>().gives([3, "width-2"], inferReshape(["width-2", 3], [3, -1]));
  rule<InferReshape<["batch", "h", 4], ["h", -1]>>().gives(
    ["h", "batch*4"],
    inferReshape(["batch", "h", 4], ["h", -1]),
  );
  rule<InferReshape<[], [1, 1]>>().gives([1, 1], inferReshape([], [1, 1]));
  rule<InferReshape<[1], []>>().gives([], inferReshape([1], []));
  rule<CheckReshape<Images, [-1, 784]>>().passes(checkReshape(images, [-1, 784]));
  rule<CheckReshape<Images, ["batch", 784, 1]>>().passes(checkReshape(images, ["batch", 784, 1]));
  rule<CheckReshape<[2, 3], [6]>>().passes(checkReshape([2, 3], [6]));
});

test("what cannot be reshaped", () => {
  rule<CheckReshape<Images, ["batch", 700]>>().says(
    "reshape: [batch, 28, 28] has batch*784 elements, [batch, 700] has batch*700",
    checkReshape(images, ["batch", 700]),
  );
  rule<CheckReshape<["batch", "time"], ["tokens"]>>().says(
    "reshape: [batch, time] has batch*time elements, [tokens] has tokens",
    checkReshape(["batch", "time"], ["tokens"]),
  );
  rule<CheckReshape<Images, [-1, 100]>>().says(
    "reshape: [batch, 28, 28] does not fit [-1, 100]: batch*784 is not a multiple of 100",
    checkReshape(images, [-1, 100]),
  );
  rule<CheckReshape<["batch", 28], ["time", -1]>>().says(
    "reshape: [batch, 28] does not fit [time, -1]: batch*28 is not a multiple of time",
    checkReshape(["batch", 28], ["time", -1]),
  );
  rule<CheckReshape<["batch", 4], [0, -1]>>().says(
    "reshape: [batch, 4] does not fit [0, -1]: batch*4 is not a multiple of 0",
    checkReshape(["batch", 4], [0, -1]),
  );
  rule<CheckReshape<Images, [-1, -1]>>().says(
    "reshape: only one axis may be -1, got [-1, -1]",
    checkReshape(images, [-1, -1]),
  );
  holds<Equal<InferReshape<Images, [-1, 100]>, [number, 100]>>();
});

test("unknown sizes and ranks widen the result", () => {
  holds<Equal<ProductOf<[2, number]>, number>>();
  holds<Equal<ProductOf<any>, number>>();
  holds<Equal<InferReshape<Images, [number, -1]>, [number, number]>>();
  holds<Equal<InferReshape<[number, 28], [number, -1]>, [number, number]>>();
  holds<Equal<InferReshape<any, [2, -1]>, [2, number]>>();
  holds<Equal<InferReshape<Images, any>, any>>();
  holds<Equal<InferReshape<Images, number[]>, any>>();
  holds<Equal<CheckReshape<Images, ["batch", number]>, unknown>>();
  holds<Equal<CheckReshape<any, [2, -1]>, unknown>>();
  holds<Equal<CheckReshape<Shape, [2]>, unknown>>();
  holds<Equal<CheckReshape<Images, number[]>, unknown>>();
});

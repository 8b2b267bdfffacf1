import { test } from "vitest";
import {
  type AddDims,
  addDims,
  type CeilDivideDims,
  ceilDivideDims,
  type FloorDivideDims,
  floorDivideDims,
  type MultiplyDims,
  multiplyDims,
  type SubtractDims,
  subtractDims,
} from "../../src/types/arithmetic.js";
import type { Dim } from "../../src/types/dim.js";
import { type Equal, holds, rule } from "./equal.js";

test("adding", () => {
  rule<AddDims<28, 2>>().gives(30, addDims(28, 2));
  rule<AddDims<"width", 3>>().gives("width+3", addDims("width", 3));
  rule<AddDims<3, "width">>().gives("width+3", addDims(3, "width"));
  rule<AddDims<"width", 0>>().gives("width", addDims("width", 0));
  rule<AddDims<0, "width">>().gives("width", addDims(0, "width"));
  rule<AddDims<"width-2", 2>>().gives("width", addDims("width-2", 2));
  rule<AddDims<"width-2", 5>>().gives("width+3", addDims("width-2", 5));
  rule<AddDims<"ceil((width-2)/2)", 1>>().gives("ceil(width/2)", addDims("ceil((width-2)/2)", 1));
  rule<AddDims<"a+1", "b-4">>().gives("a+b-3", addDims("a+1", "b-4"));
  rule<AddDims<"time", "time">>().gives("time*2", addDims("time", "time"));
  rule<AddDims<"time*2", "time">>().gives("time*3", addDims("time*2", "time"));
  rule<AddDims<"b*a", "b">>().gives("a*b+b", addDims("b*a", "b"));
});

test("subtracting", () => {
  rule<SubtractDims<28, 2>>().gives(26, subtractDims(28, 2));
  rule<SubtractDims<"width", 2>>().gives("width-2", subtractDims("width", 2));
  rule<SubtractDims<"width-2", 2>>().gives("width-4", subtractDims("width-2", 2));
  rule<SubtractDims<"width+3", 1>>().gives("width+2", subtractDims("width+3", 1));
  rule<SubtractDims<"width", "width">>().gives(0, subtractDims("width", "width"));
  rule<SubtractDims<"width+3", "width">>().gives(3, subtractDims("width+3", "width"));
  rule<SubtractDims<"a", "b-2">>().gives("a-b+2", subtractDims("a", "b-2"));
  rule<SubtractDims<"a", "b+c">>().gives("a-b-c", subtractDims("a", "b+c"));
  rule<SubtractDims<10, "width">>().gives("10-width", subtractDims(10, "width"));
  rule<SubtractDims<"time*3", "time">>().gives("time*2", subtractDims("time*3", "time"));
  holds<Equal<SubtractDims<2, 28>, number>>(); // no such size
});

test("multiplying", () => {
  rule<MultiplyDims<28, 28>>().gives(784, multiplyDims(28, 28));
  rule<MultiplyDims<28, "batch">>().gives("batch*28", multiplyDims(28, "batch"));
  rule<MultiplyDims<"batch*28", "height">>().gives("batch*height*28", multiplyDims("batch*28", "height"));
  rule<MultiplyDims<"batch", 1>>().gives("batch", multiplyDims("batch", 1));
  rule<MultiplyDims<1, "width-2">>().gives("width-2", multiplyDims(1, "width-2"));
  rule<MultiplyDims<"width-2", 3>>().gives("width*3-6", multiplyDims("width-2", 3));
  rule<MultiplyDims<"(width-2)*3", 2>>().gives("width*6-12", multiplyDims("(width-2)*3", 2));
  rule<MultiplyDims<"(width-2)*3", "batch">>().gives("batch*width*3-batch*6", multiplyDims("(width-2)*3", "batch"));
  rule<MultiplyDims<"floor(a*b/2)", 2>>().gives("floor(a*b/2)*2", multiplyDims("floor(a*b/2)", 2));
  rule<MultiplyDims<0, "batch">>().gives(0, multiplyDims(0, "batch"));
});

test("dividing", () => {
  rule<FloorDivideDims<27, 2>>().gives(13, floorDivideDims(27, 2));
  rule<CeilDivideDims<27, 2>>().gives(14, ceilDivideDims(27, 2));
  rule<CeilDivideDims<28, 2>>().gives(14, ceilDivideDims(28, 2));
  rule<CeilDivideDims<"width", 1>>().gives("width", ceilDivideDims("width", 1));
  rule<CeilDivideDims<"width", 2>>().gives("ceil(width/2)", ceilDivideDims("width", 2));
  rule<FloorDivideDims<"width", 2>>().gives("floor(width/2)", floorDivideDims("width", 2));
  rule<CeilDivideDims<"width-2", 2>>().gives("ceil(width/2)-1", ceilDivideDims("width-2", 2));
  rule<CeilDivideDims<"ceil(width/2)", 2>>().gives("ceil(width/4)", ceilDivideDims("ceil(width/2)", 2));
  rule<CeilDivideDims<"floor(width/2)", 2>>().gives("floor((width+2)/4)", ceilDivideDims("floor(width/2)", 2));
  rule<FloorDivideDims<"batch*784", 28>>().gives("batch*28", floorDivideDims("batch*784", 28));
  rule<FloorDivideDims<"(width-2)*4", 4>>().gives("width-2", floorDivideDims("(width-2)*4", 4));
  rule<FloorDivideDims<"batch*3", 2>>().gives("batch+floor(batch/2)", floorDivideDims("batch*3", 2));
  rule<FloorDivideDims<"a", "a">>().gives(1, floorDivideDims("a", "a"));
  rule<FloorDivideDims<"a+1", "b*2">>().gives("floor((a+1)/(b*2))", floorDivideDims("a+1", "b*2"));
  rule<CeilDivideDims<10, "a-1">>().gives("ceil(10/(a-1))", ceilDivideDims(10, "a-1"));
  holds<Equal<FloorDivideDims<27, 0>, number>>();
  holds<Equal<CeilDivideDims<"width", 0>, number>>();
});

test("an unknown size gives number", () => {
  holds<Equal<AddDims<number, 1>, number>>();
  holds<Equal<AddDims<"a", string>, number>>();
  holds<Equal<SubtractDims<Dim, 1>, number>>();
  holds<Equal<SubtractDims<64 | 128, 1>, number>>();
  holds<Equal<MultiplyDims<2, any>, number>>();
  holds<Equal<FloorDivideDims<number, number>, number>>();
  holds<Equal<CeilDivideDims<-1, 2>, number>>();
  holds<Equal<MultiplyDims<0.5, 2>, number>>();
});

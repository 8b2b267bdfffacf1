import { expect, test } from "vitest";
import { type CheckWindow, checkWindow, type Padding, type WindowSize, windowSize } from "../../src/types/window.js";
import { type Equal, holds, rule } from "./equal.js";

test("windows along an axis", () => {
  rule<WindowSize<28, 3, 1, "valid">>().gives(26, windowSize(28, 3, 1, "valid"));
  rule<WindowSize<28, 3, 1, "same">>().gives(28, windowSize(28, 3, 1, "same"));
  rule<WindowSize<27, 3, 2, "same">>().gives(14, windowSize(27, 3, 2, "same"));
  rule<WindowSize<224, 7, 2, "valid">>().gives(109, windowSize(224, 7, 2, "valid"));
  rule<WindowSize<5, 2, 3, "valid">>().gives(2, windowSize(5, 2, 3, "valid"));
  rule<WindowSize<5, 5, 2, "valid">>().gives(1, windowSize(5, 5, 2, "valid"));
});

test("windows along a named axis", () => {
  rule<WindowSize<"width", 3, 1, "same">>().gives("width", windowSize("width", 3, 1, "same"));
  rule<WindowSize<"width", 3, 2, "same">>().gives("ceil(width/2)", windowSize("width", 3, 2, "same"));
  rule<WindowSize<"width", 3, 1, "valid">>().gives("width-2", windowSize("width", 3, 1, "valid"));
  rule<WindowSize<"width-2", 3, 1, "valid">>().gives("width-4", windowSize("width-2", 3, 1, "valid"));
  rule<WindowSize<"width", 3, 2, "valid">>().gives("ceil(width/2)-1", windowSize("width", 3, 2, "valid"));
  rule<WindowSize<"width", 2, 2, "valid">>().gives("floor(width/2)", windowSize("width", 2, 2, "valid"));
  rule<WindowSize<"floor(width/2)", 2, 2, "valid">>().gives(
    "floor(width/4)",
    windowSize("floor(width/2)", 2, 2, "valid"),
  );
  rule<WindowSize<"width", 1, 2, "valid">>().gives("ceil(width/2)", windowSize("width", 1, 2, "valid"));
});

test("what a stride leaves is the same by a filter of 1 as with padding, for every size", () => {
  rule<WindowSize<"width", 1, 2, "valid">>().gives("ceil(width/2)", windowSize("width", 1, 2, "same"));
  rule<WindowSize<"width", 3, 2, "valid">>().gives("ceil(width/2)-1", windowSize("width-2", 3, 2, "same"));
  rule<WindowSize<"height", 4, 3, "valid">>().gives("ceil(height/3)-1", windowSize("height", 4, 3, "valid"));
});

test("what a stride leaves is one text, however the window and its padding come to it", () => {
  rule<WindowSize<"width", 3, 2, 1>>().gives("ceil(width/2)", windowSize("width", 3, 2, [1, 1]));
  rule<WindowSize<"width", 7, 2, 3>>().gives("ceil(width/2)", windowSize("width", 7, 2, [3, 3]));
  rule<WindowSize<"width", 4, 2, 1>>().gives("floor(width/2)", windowSize("width", 4, 2, [1, 1]));
  rule<WindowSize<"width", 3, 2, 2>>().gives("ceil(width/2)+1", windowSize("width", 3, 2, [2, 2]));
  rule<WindowSize<"width", 8, 4, 2>>().gives("floor(width/4)", windowSize("width", 8, 4, [2, 2]));
  rule<WindowSize<"width", 5, 3, "valid">>().gives("floor((width+1)/3)-1", windowSize("width", 5, 3, "valid"));
  rule<WindowSize<"width", 2, 3, "valid">>().gives("floor((width+1)/3)", windowSize("width", 2, 3, "valid"));
  rule<WindowSize<"width", 2, 3, [2, 3]>>().gives("floor(width/3)+2", windowSize("width", 2, 3, [2, 3]));
  rule<WindowSize<29, 5, 3, "valid">>().gives(9, windowSize(29, 5, 3, "valid"));
  rule<WindowSize<29, 3, 4, 2>>().gives(8, windowSize(29, 3, 4, [2, 2]));
});

test("the size is the number of places that a window has", () => {
  for (let size = 1; size <= 12; size++) {
    for (let kernel = 1; kernel <= size; kernel++) {
      for (let stride = 1; stride <= 4; stride++) {
        expect(windowSize(size, kernel, stride, "valid")).toBe(Math.floor((size - kernel) / stride) + 1);
        expect(windowSize(size, kernel, stride, "same")).toBe(Math.ceil(size / stride));
      }
    }
  }
});

test("with causal padding no place is lost, however long the window", () => {
  holds<Equal<WindowSize<5, 9, 1, "causal">, 5>>();
  holds<Equal<WindowSize<"time", 3, 2, "causal", 4>, "ceil(time/2)">>();
  holds<Equal<CheckWindow<"conv1d", "time", 3, 5, "causal">, unknown>>();
});

test("a window that is too large", () => {
  rule<CheckWindow<"conv2d", "height", 3, 5, "valid">>().says(
    'conv2d: kernel 5 is larger than axis height of size 3 (padding "valid")',
    checkWindow("conv2d", "height", 3, 5, "valid"),
  );
  rule<CheckWindow<"conv2d", "height", 3, 5, "same">>().passes(checkWindow("conv2d", "height", 3, 5, "same"));
  rule<CheckWindow<"conv2d", "height", 5, 5, "valid">>().passes(checkWindow("conv2d", "height", 5, 5, "valid"));
  rule<CheckWindow<"conv2d", "height", "rows", 5, "valid">>().passes(
    checkWindow("conv2d", "height", "rows", 5, "valid"),
  );
  holds<Equal<WindowSize<3, 5, 1, "valid">, number>>();
  holds<Equal<WindowSize<3, 5, 4, "valid">, number>>();
});

test("unknown sizes widen the result", () => {
  holds<Equal<WindowSize<number, 3, 1, "valid">, number>>();
  holds<Equal<WindowSize<28, number, 1, "valid">, number>>();
  holds<Equal<WindowSize<28, 3, number, "same">, number>>();
  holds<Equal<WindowSize<28, 3, 2, Padding>, number>>();
  holds<Equal<CheckWindow<"conv2d", "height", number, 5, "valid">, unknown>>();
  holds<Equal<CheckWindow<"conv2d", "height", 3, number, "valid">, unknown>>();
  holds<Equal<CheckWindow<"conv2d", "height", 3, 5, Padding>, unknown>>();
});

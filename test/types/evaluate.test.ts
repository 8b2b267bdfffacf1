import fc from "fast-check";
import { expect, test } from "vitest";
import { ShapewrightError } from "../../src/ir/errors.js";
import { dimNames, evaluateDim, isDimName, parseDim } from "../../src/ir/evaluate.js";
import { addDims, ceilDivideDims, floorDivideDims, multiplyDims, subtractDims } from "../../src/types/arithmetic.js";
import type { Dim } from "../../src/types/dim.js";

const bindings = new Map([
  ["batch", 32],
  ["width", 27],
]);

test("a size with names in it has a value once the names have one", () => {
  expect(evaluateDim(784, bindings)).toBe(784);
  expect(evaluateDim("batch", bindings)).toBe(32);
  expect(evaluateDim("ceil(width/2)", bindings)).toBe(14);
  expect(evaluateDim("floor((width-2)/2)*batch*3", bindings)).toBe(12 * 32 * 3);
  expect(evaluateDim("width-(batch-10)-1", bindings)).toBe(4);
  expect(() => evaluateDim("time*2", bindings)).toThrow(
    new ShapewrightError("SW_NAME", 'size time*2: "time" has no value (known: batch, width)'),
  );
});

test("a size as a tree", () => {
  expect(parseDim("a-b-2")).toEqual({
    kind: "subtract",
    left: { kind: "subtract", left: { kind: "name", name: "a" }, right: { kind: "name", name: "b" } },
    right: { kind: "literal", value: 2 },
  });
  expect(parseDim("ceil((a+1)/b)")).toEqual({
    kind: "ceilDivide",
    left: { kind: "add", left: { kind: "name", name: "a" }, right: { kind: "literal", value: 1 } },
    right: { kind: "name", name: "b" },
  });
  expect(parseDim("floor")).toEqual({ kind: "name", name: "floor" });
  expect(dimNames("batch*ceil(width/2)+batch")).toEqual(["batch", "width"]);
  expect(dimNames(3)).toEqual([]);
});

test("a text that is no size", () => {
  for (const [text, place] of [
    ["", "at its end"],
    ["a b", 'at "b"'],
    ["2d", 'at "2d"'],
    ["a+", "at its end"],
    ["a/2", 'at "/"'],
    ["ceil(a)", 'at ")"'],
    ["(a", "at its end"],
    ["größe", 'at "ö"'],
  ]) {
    const message = `"${text}" is not a size: cannot be read ${place}. A size is a number, or a name of letters, digits and _ such as "batch"`;
    expect(() => parseDim(text as string)).toThrow(new ShapewrightError("SW_VALUE", message));
  }
  expect(["batch", "d_model", "x2", "2d", "batch-size", ""].map(isDimName)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});

test("the arithmetic means what it writes", () => {
  const rules: Record<string, [(a: Dim, b: Dim) => Dim, (a: number, b: number) => number]> = {
    add: [addDims, (a, b) => a + b],
    subtract: [subtractDims, (a, b) => a - b],
    multiply: [multiplyDims, (a, b) => a * b],
    floorDivide: [floorDivideDims, (a, b) => Math.floor(a / b)],
    ceilDivide: [ceilDivideDims, (a, b) => Math.ceil(a / b)],
  };
  const names = new Map([
    ["a", 7],
    ["b", 12],
    ["c", 5],
  ]);
  const step = fc.record({
    name: fc.constantFrom(...Object.keys(rules)),
    other: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom("a", "b", "c", "a-2", "b+1", "a*2", "ceil(b/2)")),
    swap: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.constantFrom<Dim>("a", "b", 3), fc.array(step, { maxLength: 6 }), (start, steps) => {
      let dim: Dim = start;
      for (const { name, other, swap } of steps) {
        const [symbolic, numeric] = rules[name] ?? expect.fail();
        const [left, right] = swap && name !== "floorDivide" && name !== "ceilDivide" ? [other, dim] : [dim, other];
        const value = numeric(evaluateDim(left, names), evaluateDim(right, names));
        if (value < 0) return; // no size
        dim = symbolic(left, right);
        expect(evaluateDim(dim, names)).toBe(value);
      }
    }),
    { numRuns: 2000 },
  );
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { evaluateDim } from "../../src/ir/evaluate.js";
import { addDims, ceilDivideDims, floorDivideDims, multiplyDims, subtractDims } from "../../src/types/arithmetic.js";
import type { Dim } from "../../src/types/dim.js";
import { productOf } from "../../src/types/product.js";
import { inferReshape } from "../../src/types/reshape.js";
import { calculated, dimOf, resultOf } from "./calculated.js";

// A size has one text, however it was calculated, and the text means what was calculated.

const sizes = fc.record({
  a: fc.integer({ min: 1, max: 60 }),
  b: fc.integer({ min: 1, max: 60 }),
  c: fc.integer({ min: 1, max: 60 }),
});
const count = fc.integer({ min: 1, max: 12 });
const runs = { numRuns: 1000 };

test("a text means what was calculated", () => {
  fc.assert(
    fc.property(calculated, fc.array(sizes, { minLength: 5, maxLength: 5 }), (calculation, tries) => {
      const dim = dimOf(calculation);
      for (const values of tries) {
        const result = resultOf(calculation, values) + 0; // -0 is 0
        expect(evaluateDim(dim, new Map(Object.entries(values))) + 0).toBe(result);
      }
    }),
    runs,
  );
});

test("the ways to one size give one text", () => {
  const same = (one: Dim, other: Dim) => expect(one).toBe(other);
  fc.assert(
    fc.property(calculated, calculated, calculated, count, count, (x, y, z, n, m) => {
      const [a, b, c] = [dimOf(x), dimOf(y), dimOf(z)] as [Dim, Dim, Dim];
      same(addDims(a, b), addDims(b, a));
      same(addDims(addDims(a, b), c), addDims(a, addDims(b, c)));
      same(subtractDims(addDims(a, b), b), a);
      same(addDims(subtractDims(a, b), b), a);
      same(subtractDims(a, subtractDims(b, c)), addDims(subtractDims(a, b), c));
      same(multiplyDims(a, b), multiplyDims(b, a));
      same(multiplyDims(multiplyDims(a, b), c), multiplyDims(a, multiplyDims(b, c)));
      same(multiplyDims(addDims(a, b), c), addDims(multiplyDims(a, c), multiplyDims(b, c)));
      same(floorDivideDims(addDims(multiplyDims(a, n), b), n), addDims(a, floorDivideDims(b, n)));
      same(floorDivideDims(multiplyDims(a, m), n * m), floorDivideDims(a, n));
      same(ceilDivideDims(a, n), floorDivideDims(addDims(a, n - 1), n));
      if (b !== 0) same(floorDivideDims(multiplyDims(a, b), b), a);
    }),
    runs,
  );
});

test("quotients of quotients are one", () => {
  fc.assert(
    fc.property(fc.constantFrom("a", "a*b", "a+b-3"), count, count, (size, n, m) => {
      const product = n * m;
      expect(floorDivideDims(floorDivideDims(size, n), m)).toBe(floorDivideDims(size, product));
      expect(ceilDivideDims(ceilDivideDims(size, n), m)).toBe(ceilDivideDims(size, product));
    }),
  );
});

test("what is written in another way is read as what it means", () => {
  const rewritten: Record<string, Dim> = {
    "b+a": "a+b",
    "2*a": "a*2",
    "a+a-1+2": "a*2+1",
    "(a-2)*3": "a*3-6",
    "a-(b-c)": "a-b+c",
    "floor((a-2)/2)": "floor(a/2)-1",
    "floor((a+1)/2)": "ceil(a/2)",
    "ceil((a*4+2)/8)": "floor(a/2)+1",
    "floor((a*b+a)/(b+1))": "a",
    "floor((floor(a/2)+b)/3)": "floor((a+b*2)/6)",
    "3-1": 2,
    "a-a": 0,
  };
  for (const [text, dim] of Object.entries(rewritten)) expect(addDims(0, text)).toBe(dim);
});

test("a reshape finds the axis that was multiplied away", () => {
  fc.assert(
    fc.property(calculated, calculated, (x, y) => {
      const [a, b] = [dimOf(x), dimOf(y)];
      fc.pre(a !== 0 && b !== 0 && b !== -1);
      expect(inferReshape([productOf([a, b])], [b, -1])).toEqual([b, a]);
    }),
    runs,
  );
});

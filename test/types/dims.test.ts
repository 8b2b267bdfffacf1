import { minus, over, plus, times } from "shapewright";
import { expect, test } from "vitest";

test("sizes are calculated with as values", () => {
  expect(plus(28, 2)).toBe(30);
  expect(plus("time", 3)).toBe("time+3");
  expect(minus("time+3", 3)).toBe("time");
  expect(times("batch", "time")).toBe("batch*time");
  expect(over(769, 64)).toBe(12);
  expect(over("time", 2)).toBe("floor(time/2)");
  expect(over(times("time", 4), 4)).toBe("time");
});

test.each([
  [() => plus(1.5 as number, 2), 'plus: 1.5 is no size; write a natural number, or a name such as "batch"'],
  [() => times(-2 as number, 2), 'times: -2 is no size; write a natural number, or a name such as "batch"'],
  [() => times("" as string, 2), 'times: "" is no size; write a natural number, or a name such as "batch"'],
  [
    () => plus(null as unknown as number, 2),
    'plus: null is no size; write a natural number, or a name such as "batch"',
  ],
  [() => plus("2" as string, 3), 'plus: "2" is no size; write a natural number, or a name such as "batch"'],
  [() => minus(2, 3), "minus: 2 and 3 give -1, which is no size"],
  [
    () => times(2 ** 40, 2 ** 40),
    "times: 1099511627776 and 1099511627776 give 1.2089258196146292e+24, which is no size",
  ],
  [() => over(2, 0), "over: nothing is divided by 0"],
])("%s is refused", (program, message) => {
  expect(program).toThrow(expect.objectContaining({ name: "ShapewrightError", code: "SW_VALUE", message }));
});

import { describe, expect, test } from "vitest";
import { extractPatches, input } from "../../compiler/language.js";
import { openFunction } from "../../runtime/index.js";
import { generate } from "../../src/ir/array.js";
import { testedBackends } from "../support/backends.js";

const image = input(["batch", 8, 8, 3]);

describe.each([...testedBackends, "reference"] as const)("on %s", (backend) => {
  test("patches of sizes with names are those of known sizes", async () => {
    const cases = [1, 2, 3].flatMap((strides) => (["same", "valid"] as const).map((padding) => ({ strides, padding })));
    using f = await openFunction(
      { known: input([1, 5, 4, 2]), named: input(["batch", "height", "width", 2]) },
      ({ known, named }) =>
        Object.fromEntries(
          cases.flatMap((options, i) => [
            [`known${i}`, extractPatches(known, [3, 2], options)],
            [`named${i}`, extractPatches(named, [3, 2], options)],
          ]),
        ),
      { backend },
    );
    const x = generate([1, 5, 4, 2], "float32", (i) => i + 1);
    const found = await f({ known: x, named: x });
    for (const [i] of cases.entries()) {
      expect(found[`named${i}`]!.shape).toEqual(found[`known${i}`]!.shape);
      expect(found[`named${i}`]!.data).toEqual(found[`known${i}`]!.data);
    }
  });
});

test.each([
  [0, {}, "size are positive integers, got 0"],
  [[2], {}, "size are one number or [height, width], got [2]"],
  [null, {}, "size are positive integers, got null"],
  [2, { strides: 1.5 }, "strides are positive integers, got 1.5"],
  [2, { padding: 1 }, 'padding is 1, but must be "valid" or "same"'],
  [2, null, "options are given as a record, got null"],
])("a size of %o with %o is refused", (size, options, fault) => {
  expect(() => extractPatches(image, size as number, options as never)).toThrow(
    expect.objectContaining({ code: "SW_VALUE", message: `extractPatches: ${fault}` }),
  );
});

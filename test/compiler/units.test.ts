import { expect, test } from "vitest";
import { inBytes, inPrefixes, inThousands } from "../../compiler/units.js";

test("numbers as people write them", () => {
  const flops = (value: number) => inPrefixes(value, "FLOP");
  expect([0, 999, 1000, 25_690_112, 9_996_000, 999_999].map(flops)).toEqual([
    "0 FLOP",
    "999 FLOP",
    "1.00 kFLOP",
    "25.7 MFLOP",
    "10.0 MFLOP",
    "1.00 MFLOP",
  ]);
  expect([0, 1023, 1_572_864, 5e15].map(inBytes)).toEqual(["0 B", "1.02 kB", "1.57 MB", "5.00 PB"]);
  expect(inThousands(407050)).toBe("407,050");
});

import { expect, test } from "vitest";
import { affineTransform, input, mapCoordinates } from "../../compiler/language.js";
import { openFunction } from "../../runtime/index.js";
import { testedBackends } from "../support/backends.js";

test.each([...testedBackends, "reference"] as const)(
  "an infinite value outside stays outside, on %s",
  async (backend) => {
    using f = await openFunction(
      { image: input([1, 2, 2, 1]), by: input([8]), x: input([3]), at: input([1, 5]) },
      ({ image, by, x, at }) => ({
        same: affineTransform(image, by, { fillValue: Infinity }),
        outside: mapCoordinates(x, at, 1, { fillValue: -Infinity }),
        // Far out, where float32 has no odd numbers, the period of 4 is still met.
        mirrored: mapCoordinates(x, at, 1, { fillMode: "mirror" }),
      }),
      { backend },
    );
    const found = await f({
      image: [
        [
          [[1], [2]],
          [[3], [4]],
        ],
      ],
      by: [1, 0, 0, 0, 1, 0, 0, 0],
      x: [5, 6, 7],
      at: [[0, 2, 2.5, 3e9, 16777218]],
    });
    expect([...found.same.data]).toEqual([1, 2, 3, 4]);
    expect([...found.outside.data]).toEqual([5, 7, -Infinity, -Infinity, -Infinity]);
    // As scipy.ndimage.map_coordinates has them.
    expect([...found.mirrored.data]).toEqual([5, 7, 6.5, 5, 7]);
  },
);

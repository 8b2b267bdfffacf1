import { expect, test } from "vitest";
import { affineTransform, gradients, input, mapCoordinates, sum } from "../../compiler/language.js";
import { openFunction } from "../../runtime/index.js";
import { testedBackends } from "../support/backends.js";

const image = [
  [
    [[1], [2]],
    [[3], [4]],
  ],
];

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
      image,
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

test.each([...testedBackends, "reference"] as const)(
  "it has no part in derivatives where it counts nothing, on %s",
  async (backend) => {
    using f = await openFunction(
      { image: input([1, 2, 2, 1]), by: input([8]), x: input([3]), at: input([1, 2]) },
      ({ image, by, x, at }) => ({
        by: gradients(sum(affineTransform(image, by, { fillValue: Infinity })), by),
        image: gradients(sum(affineTransform(image, by, { fillValue: Infinity })), image),
        at: gradients(sum(mapCoordinates(x, at, 1, { fillValue: -Infinity })), at),
      }),
      { backend },
    );
    const found = await f({
      image,
      by: [1, 0, 0, 0, 1, 0, 0, 0],
      x: [5, 6, 8],
      at: [[1, 2]],
    });
    // By hand: each pixel's slopes are those to the next one, with 0 beyond the edge: along x 1, -2, 1, -4, along y 2, 2, -3, -4.
    // x comes from (a₀·x + a₁·y + a₂) / k, y from (a₃·x + a₄·y + a₅) / k, with k = a₆·x + a₇·y + 1.
    expect([...found.by.data]).toEqual([-6, -3, -4, -2, -7, -3, 10, 11]);
    expect([...found.image.data]).toEqual([1, 1, 1, 1]);
    expect([...found.at.data]).toEqual([2, -8]);
  },
);

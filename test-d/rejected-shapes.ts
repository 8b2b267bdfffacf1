import { input, pad } from "shapewright";

// Rejected programs of what moves elements about, as in rejected.ts.

const three = input([3]);
const image = input(["batch", 28, 28, 3]);

/** What stands around a tensor. */
export const padding = {
  "pad: reflect gives axis 0 of [3] 2 more elements on a side at most, got [0, 3]": () =>
    // @ts-expect-error
    pad(three, [[0, 3]], "reflect"),
  "pad: symmetric gives axis 0 of [3] 3 more elements on a side at most, got [4, 0]": () =>
    // @ts-expect-error
    pad(three, [[4, 0]], "symmetric"),
  "pad: [batch, 28, 28, 3] takes 4 pairs of paddings, got 1": () =>
    // @ts-expect-error
    pad(image, [[1, 1]], "reflect"),
  "pad: axis 0 of [3] cannot be padded by [1, -1]": () =>
    // @ts-expect-error
    pad(three, [[1, -1]], "symmetric"),
};

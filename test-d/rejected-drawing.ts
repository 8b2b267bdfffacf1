import {
  input,
  randomBernoulli,
  randomCategorical,
  randomKey,
  randomShuffle,
  randomTruncatedNormal,
} from "shapewright";

// Rejected programs of what is drawn by keys, as in rejected.ts.

const key = randomKey(0);

/** Draws that there are not. */
export const drawing = {
  'randomTruncatedNormal: 0 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    randomTruncatedNormal(key, [0]),
  'randomBernoulli: -1 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    randomBernoulli(key, ["batch", -1]),
  "randomCategorical: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    randomCategorical(key, input(["batch", 3], "int32")),
  "randomCategorical: axis -1 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    randomCategorical(key, input([])),
  "randomShuffle: axis 2 is out of range for [batch, 3] (rank 2: -2 to 1)": () =>
    // @ts-expect-error
    randomShuffle(key, input(["batch", 3]), 2),
};

import { cumprod, cumsum, input, inTopK, median, prod } from "shapewright";

// Rejected programs of what goes on along an axis, as in rejected.ts.

const series = input(["batch", "time", 4]);

/** Running sums and products. */
export const running = {
  "cumsum: axis 3 is out of range for [batch, time, 4] (rank 3: -3 to 2)": () =>
    // @ts-expect-error
    cumsum(series, 3),
  "cumprod: axis 0 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    cumprod(input([]), 0),
  "cumsum: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    cumsum(input([3], "bool"), 0),
  "cumprod: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    cumprod(input([3], "bool"), 0),
  "prod: axis 3 is out of range for [batch, time, 4] (rank 3: -3 to 2)": () =>
    // @ts-expect-error
    prod(series, { axis: 3 }),
  "prod: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    prod(input([3], "bool")),
  "median: axis -4 is out of range for [batch, time, 4] (rank 3: -3 to 2)": () =>
    // @ts-expect-error
    median(series, { axis: [0, -4] }),
  "median: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    median(input([3], "int32")),
};

/** What is among the largest. */
export const largest = {
  "inTopK: [batch, time] and [batch] differ in rank": () =>
    // @ts-expect-error
    inTopK(input(["batch", "time"], "int32"), input(["batch", 10]), 5),
  "inTopK: [samples] and [batch] differ on axis 0": () =>
    // @ts-expect-error
    inTopK(input(["samples"], "int32"), input(["batch", 10]), 5),
  "inTopK: takes int32, got float32; use cast() first": () =>
    // @ts-expect-error
    inTopK(input(["batch"]), input(["batch", 10]), 5),
  "inTopK: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    inTopK(input(["batch"], "int32"), input(["batch", 10], "bool"), 5),
};

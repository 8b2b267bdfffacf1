import { atan2, clip, floorDivide, hypot, input, mod, squaredDifference } from "shapewright";

// Rejected programs of arithmetic that broadcasts, as in rejected.ts.

const x = input(["batch", 3]);
const ids = input(["batch", 3], "int32");
const flags = input(["batch", 3], "bool");

/** Arithmetic that there is not. */
export const arithmetic = {
  "clip: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    clip(flags, 0, 1),
  "clip: takes int32, but the value is 0.5": () =>
    // @ts-expect-error
    clip(ids, 0, 0.5),
  "clip: takes int32, but the value is -1.5": () =>
    // @ts-expect-error
    clip(ids, -1.5, 1),
  "floorDivide: [batch, 3] and [batch, 4] do not broadcast: axis 1 is 3 and 4": () =>
    // @ts-expect-error
    floorDivide(x, input(["batch", 4])),
  "floorDivide: dtypes float32 and int32 differ; use cast() on one of them": () =>
    // @ts-expect-error
    floorDivide(x, ids),
  "floorDivide: takes int32, but the value is 2.5": () =>
    // @ts-expect-error
    floorDivide(ids, 2.5),
  "mod: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    mod(flags, flags),
  "mod: takes a tensor and a number, or two tensors, got two numbers; write constant() around one": () =>
    // @ts-expect-error
    mod(7, 3),
  "atan2: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    atan2(ids, ids),
  "hypot: [batch, 3] and [time, 3] do not broadcast: axis 0 is batch and time": () =>
    // @ts-expect-error
    hypot(x, input(["time", 3])),
  "squaredDifference: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    squaredDifference(flags, flags),
};

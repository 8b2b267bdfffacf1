import { activityRegularization, addLoss, input } from "shapewright";

// Rejected programs of what is added to losses, and of norms, as in rejected.ts.

const x = input(["batch", 8]);

/** Losses beside the loss. */
export const addedLosses = {
  "addLoss: takes a float32 scalar, got float32 [batch, 8]; reduce it with mean() or sum()": () =>
    // @ts-expect-error
    addLoss(x, x),
  "addLoss: takes a float32 scalar, got int32 []; reduce it with mean() or sum()": () =>
    // @ts-expect-error
    addLoss(x, input([], "int32")),
  "activityRegularization: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    activityRegularization(input(["batch"], "int32"), { l1: 1 }),
};

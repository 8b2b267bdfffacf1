import {
  activityRegularization,
  addLoss,
  alphaDropout,
  block,
  dense,
  frozen,
  gaussianDropout,
  groupNormalization,
  input,
  lstm,
  normalize,
  rmsNormalization,
  sequential,
  spatialDropout1d,
  spatialDropout2d,
  spatialDropout3d,
  spectralNormalization,
  unitNormalization,
} from "shapewright";

// Rejected programs of what is added to losses, and of norms, as in rejected.ts.

const x = input(["batch", 8]);
const ids = input(["batch", "time", 8], "int32");

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

/** Normalizations. */
export const normalizing = {
  "groupNormalization: 8 channels do not divide into 3 groups": () =>
    // @ts-expect-error
    groupNormalization(x, { groups: 3 }),
  "groupNormalization: 12 channels do not divide into 8 groups": () =>
    // @ts-expect-error
    sequential(input(["batch", 4, 12]), groupNormalization({ groups: 8 })),
  'groupNormalization: [batch, channels]: the channels have weights, so their axis, the last one, is a number, not "channels"':
    () =>
      // @ts-expect-error
      groupNormalization(input(["batch", "channels"]), { groups: 3 }),
  "groupNormalization: takes an input with a batch axis and channels, got [64]": () =>
    // @ts-expect-error
    groupNormalization(input([64])),
  "groupNormalization: takes an input with a batch axis and channels, got []": () =>
    // @ts-expect-error
    sequential(input([]), groupNormalization()),
  "groupNormalization: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    groupNormalization(ids),
  'rmsNormalization: [batch, time]: the channels have weights, so their axis, the last one, is a number, not "time"':
    () =>
      // @ts-expect-error
      rmsNormalization(input(["batch", "time"])),
  "rmsNormalization: takes an input with channels, its last axis, got a scalar": () =>
    // @ts-expect-error
    sequential(input([]), rmsNormalization()),
  "rmsNormalization: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    rmsNormalization(ids),
  "unitNormalization: axis 2 is out of range for [batch, 8] (rank 2: -2 to 1)": () =>
    // @ts-expect-error
    unitNormalization(x, { axis: 2 }),
  "unitNormalization: axis -1 of [batch, 8] is given twice": () =>
    // @ts-expect-error
    sequential(x, unitNormalization({ axis: [1, -1] })),
  "unitNormalization: axis -1 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    unitNormalization(input([])),
  "unitNormalization: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    unitNormalization(ids),
  "normalize: axis -3 is out of range for [batch, 8] (rank 2: -2 to 1)": () =>
    // @ts-expect-error
    normalize(x, { axis: -3 }),
  "normalize: axis 0 of [batch, 8] is given twice": () =>
    // @ts-expect-error
    normalize(x, { axis: [0, 0] }),
  "normalize: axis -1 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    normalize(input([])),
  "normalize: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    normalize(ids),
};

/** Frozen layers take what their layers do. */
export const freezing = {
  "dense: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    frozen(dense({ units: 3 }))(ids),
};

/** Dropout. */
export const dropping = {
  "spatialDropout1d: takes [batch, time, channels], got [batch, 8]": () =>
    // @ts-expect-error
    spatialDropout1d(x, 0.5),
  "spatialDropout2d: takes [batch, height, width, channels], got [batch, 8]": () =>
    // @ts-expect-error
    sequential(x, spatialDropout2d(0.5)),
  "spatialDropout3d: takes [batch, depth, height, width, channels], got [batch, 8]": () =>
    // @ts-expect-error
    spatialDropout3d(x, 0.5),
  "spatialDropout1d: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    spatialDropout1d(ids, 0.5),
  "gaussianDropout: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    gaussianDropout(ids, 0.5),
  "alphaDropout: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    alphaDropout(ids, 0.5),
};

/** A layer whose kernel has a norm. */
export const spectral = {
  "spectralNormalization: takes a layer with one kernel, such as dense() or conv2d(), got lstm": () =>
    // @ts-expect-error
    spectralNormalization(lstm({ units: 3 })),
  "spectralNormalization: takes a layer with one kernel, such as dense() or conv2d(), got block": () =>
    // @ts-expect-error
    spectralNormalization(block(dense({ units: 3 }))),
  "dense: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    spectralNormalization(dense({ units: 3 }))(ids),
  "spectralNormalization: powerIterations is 0, but must be a positive integer": () =>
    // @ts-expect-error
    spectralNormalization(dense({ units: 3 }), { powerIterations: 0 }),
};

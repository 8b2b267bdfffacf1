import {
  accumulateGradients,
  adam,
  adamax,
  adamw,
  additiveAttention,
  attention,
  averagedWeights,
  batchNormalization,
  convLstm1d,
  convLstm2d,
  convLstm3d,
  cosineDecay,
  cosineDecayRestarts,
  dense,
  exponentialDecay,
  foldIn,
  gaussianNoise,
  groupNormalization,
  groupQueryAttention,
  gru,
  gruCell,
  input,
  inverseTimeDecay,
  lamb,
  layerNormalization,
  lstm,
  lstmCell,
  multiHeadAttention,
  nadam,
  nanPercentile,
  nanQuantile,
  normalize,
  oneCycle,
  percentile,
  polynomialDecay,
  quantile,
  randomBernoulli,
  randomKey,
  randomNormalInitializer,
  rmsNormalization,
  rmsprop,
  roll,
  sequential,
  sgd,
  simpleRnn,
  simpleRnnCell,
  truncatedNormalInitializer,
  varianceScaling,
} from "shapewright";

// Rejected programs with options that are out of range, as in rejected.ts: those of layers beside their sizes, and of what trains them.

const x = input(["batch", 8]);
const sequence = input(["batch", 5, 8]);

export const rates = {
  "lstm: dropout is 1.5, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    lstm(sequence, { units: 4, dropout: 1.5 }),
  "lstm: recurrentDropout is 1, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    lstm({ units: 4, recurrentDropout: 1 }),
  "gru: recurrentDropout is -0.5, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    gru(sequence, { units: 4, recurrentDropout: -0.5 }),
  "simpleRnn: dropout is 2, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    sequential(sequence, simpleRnn({ units: 4, dropout: 2 })),
  "lstmCell: dropout is 1, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    lstmCell({ units: 4, dropout: 1 }),
  "gruCell: dropout is 1.5, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    gruCell({ units: 4, dropout: 1.5 }),
  "simpleRnnCell: recurrentDropout is 1.5, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    simpleRnnCell({ units: 4, recurrentDropout: 1.5 }),
  "convLstm1d: dropout is 2, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    convLstm1d({ filters: 2, kernelSize: 3, dropout: 2 }),
  "convLstm2d: dropout is 2, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    convLstm2d({ filters: 2, kernelSize: 3, dropout: 2 }),
  "convLstm3d: dropout is 2, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    convLstm3d({ filters: 2, kernelSize: 3, dropout: 2 }),
  "multiHeadAttention: dropout is 1.5, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    multiHeadAttention(sequence, { numHeads: 2, keyDim: 4, dropout: 1.5 }),
  "groupQueryAttention: dropout is 1, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    groupQueryAttention({ headDim: 4, numQueryHeads: 2, numKeyValueHeads: 2, dropout: 1 }),
  "attention: dropout is 1.5, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    attention(sequence, { dropout: 1.5 }),
  "additiveAttention: dropout is 1.5, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    additiveAttention(sequence, { dropout: 1.5 }),
  "batchNormalization: momentum is 1.5, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    batchNormalization(x, { momentum: 1.5 }),
  "randomBernoulli: probability is 1.5, but must be a number from 0 to 1": () =>
    // @ts-expect-error
    randomBernoulli(randomKey(1), [3], 1.5),
  "quantile: q is 1.5, but must be a number from 0 to 1": () =>
    // @ts-expect-error
    quantile(x, 1.5),
  "nanQuantile: q is -0.1, but must be a number from 0 to 1": () =>
    // @ts-expect-error
    nanQuantile(x, -0.1),
  "percentile: q is 250, but must be a number from 0 to 100": () =>
    // @ts-expect-error
    percentile(x, 250),
  "nanPercentile: q is 101, but must be a number from 0 to 100": () =>
    // @ts-expect-error
    nanPercentile(x, 101),
};

export const floats = {
  "batchNormalization: epsilon is 0, but must be a positive number of float32": () =>
    // @ts-expect-error
    batchNormalization(x, { epsilon: 0 }),
  "layerNormalization: epsilon is -1, but must be a positive number of float32": () =>
    // @ts-expect-error
    layerNormalization(x, { epsilon: -1 }),
  "groupNormalization: epsilon is 0, but must be a positive number of float32": () =>
    // @ts-expect-error
    groupNormalization(x, { groups: 2, epsilon: 0 }),
  "rmsNormalization: epsilon is 0, but must be a positive number of float32": () =>
    // @ts-expect-error
    rmsNormalization(x, { epsilon: 0 }),
  "normalize: epsilon is -1e-7, but must be a positive number of float32": () =>
    // @ts-expect-error
    normalize(x, { epsilon: -1e-7 }),
  "varianceScaling: scale is 0, but must be a positive number of float32": () =>
    // @ts-expect-error
    varianceScaling({ scale: 0 }),
  "randomNormalInitializer: stddev is -1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    randomNormalInitializer({ stddev: -1 }),
  "truncatedNormalInitializer: stddev is -0.05, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    truncatedNormalInitializer({ stddev: -0.05 }),
  "gaussianNoise: stddev is -1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    gaussianNoise(-1),
};

export const groups = {
  "groupNormalization: groups is 0, but must be a positive integer, or -1 for a group of each channel": () =>
    // @ts-expect-error
    groupNormalization(x, { groups: 0 }),
  "groupNormalization: groups is 1.5, but must be a positive integer, or -1 for a group of each channel": () =>
    // @ts-expect-error
    groupNormalization(x, { groups: 1.5 }),
  "groupNormalization: groups is -2, but must be a positive integer, or -1 for a group of each channel": () =>
    // @ts-expect-error
    groupNormalization(x, { groups: -2 }),
};

export const optimizers = {
  "sgd: momentum is 1, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    sgd({ momentum: 1 }),
  "rmsprop: rho is 1, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    rmsprop({ rho: 1 }),
  "rmsprop: momentum is 1.5, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    rmsprop({ momentum: 1.5 }),
  "rmsprop: epsilon is -1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    rmsprop({ epsilon: -1 }),
  "adam: beta1 is 1, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    adam({ beta1: 1 }),
  "adam: beta2 is 1.5, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    adam({ beta2: 1.5 }),
  "adam: epsilon is -1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    adam({ epsilon: -1 }),
  "adamw: beta2 is 2, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    adamw({ beta2: 2 }),
  "adamax: beta1 is -0.9, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    adamax({ beta1: -0.9 }),
  "nadam: beta2 is 1, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    nadam({ beta2: 1 }),
  "lamb: epsilon is -1e-7, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    lamb({ epsilon: -1e-7 }),
  "averagedWeights: momentum is 1, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    averagedWeights(sgd(), { momentum: 1 }),
  "accumulateGradients: steps is 1, but must be an integer from 2 on": () =>
    // @ts-expect-error
    accumulateGradients(sgd(), 1),
};

export const schedules = {
  "exponentialDecay: decaySteps is 0, but must be a positive integer": () =>
    // @ts-expect-error
    exponentialDecay(0.1, { decaySteps: 0, decayRate: 0.9 }),
  "inverseTimeDecay: decaySteps is 1.5, but must be a positive integer": () =>
    // @ts-expect-error
    inverseTimeDecay(0.1, { decaySteps: 1.5, decayRate: 0.9 }),
  "polynomialDecay: decaySteps is -1, but must be a positive integer": () =>
    // @ts-expect-error
    polynomialDecay(0.1, { decaySteps: -1 }),
  "cosineDecay: decaySteps is 0, but must be a positive integer": () =>
    // @ts-expect-error
    cosineDecay(0.1, { decaySteps: 0 }),
  "cosineDecay: warmupSteps is -1, but must be an integer from 0": () =>
    // @ts-expect-error
    cosineDecay(0.1, { decaySteps: 10, warmupSteps: -1 }),
  "cosineDecayRestarts: firstDecaySteps is 0, but must be a positive integer": () =>
    // @ts-expect-error
    cosineDecayRestarts(0.1, { firstDecaySteps: 0 }),
  "oneCycle: totalSteps is 1, but must be an integer from 2 on": () =>
    // @ts-expect-error
    oneCycle(0.1, { totalSteps: 1 }),
};

export const limits = {
  "dense: units is 9007199254740992, but must be a positive integer": () =>
    // @ts-expect-error
    dense(x, { units: 9007199254740992 }),
  "dense: units is 10000000000000000, but must be a positive integer": () =>
    // @ts-expect-error
    dense({ units: 10000000000000000 }),
  "roll: shift is 2147483648, but must be an integer of int32": () =>
    // @ts-expect-error
    roll(x, 2147483648, 1),
  "roll: shift is -3000000000, but must be an integer of int32": () =>
    // @ts-expect-error
    roll(x, -3000000000, 1),
  "foldIn: index is 4294967296, but must be an integer of int32": () =>
    // @ts-expect-error
    foldIn(randomKey(1), 4294967296),
};

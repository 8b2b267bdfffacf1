import {
  adadelta,
  adafactor,
  adagrad,
  adam,
  adamw,
  clipByGlobalNorm,
  clipByNorm,
  clipByValue,
  cosineDecay,
  cosineDecayRestarts,
  exponentialDecay,
  ftrl,
  inverseTimeDecay,
  lion,
  muon,
  nadam,
  oneCycle,
  polynomialDecay,
  rmsprop,
  sgd,
  weightDecay,
} from "shapewright";

// Rejected programs of settings of training that are out of range, as in rejected.ts.

export const settings = {
  "sgd: learningRate is -0.1, but must be a number in [0, Infinity) or a schedule": () =>
    // @ts-expect-error
    sgd({ learningRate: -0.1 }),
  "rmsprop: learningRate is -1, but must be a number in [0, Infinity) or a schedule": () =>
    // @ts-expect-error
    rmsprop({ learningRate: -1 }),
  "adam: learningRate is -0.001, but must be a number in [0, Infinity) or a schedule": () =>
    // @ts-expect-error
    adam({ learningRate: -0.001 }),
  "adamw: weightDecay is -0.1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    adamw({ weightDecay: -0.1 }),
  "nadam: learningRate is -1, but must be a number in [0, Infinity) or a schedule": () =>
    // @ts-expect-error
    nadam({ learningRate: -1 }),
  "lion: beta1 is 0, but must be a number between 0 and 1": () =>
    // @ts-expect-error
    lion({ beta1: 0 }),
  "lion: beta2 is 1, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    lion({ beta2: 1 }),
  "adadelta: rho is 1, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    adadelta({ rho: 1 }),
  "adadelta: epsilon is -1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    adadelta({ epsilon: -1 }),
  "adagrad: initialAccumulatorValue is -0.1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    adagrad({ initialAccumulatorValue: -0.1 }),
  "adagrad: epsilon is -1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    adagrad({ epsilon: -1 }),
  "adafactor: epsilon1 is -1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    adafactor({ epsilon1: -1 }),
  "adafactor: epsilon2 is -1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    adafactor({ epsilon2: -1 }),
  "adafactor: clipThreshold is 0, but must be a positive number of float32": () =>
    // @ts-expect-error
    adafactor({ clipThreshold: 0 }),
  "ftrl: learningRate is 0, but must be a positive number or a schedule": () =>
    // @ts-expect-error
    ftrl({ learningRate: 0 }),
  "ftrl: learningRatePower is 0.5, but must be a number up to 0": () =>
    // @ts-expect-error
    ftrl({ learningRatePower: 0.5 }),
  "ftrl: initialAccumulatorValue is -1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    ftrl({ initialAccumulatorValue: -1 }),
  "ftrl: l1RegularizationStrength is -1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    ftrl({ l1RegularizationStrength: -1 }),
  "ftrl: l2RegularizationStrength is -1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    ftrl({ l2RegularizationStrength: -1 }),
  "ftrl: l2ShrinkageRegularizationStrength is -1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    ftrl({ l2ShrinkageRegularizationStrength: -1 }),
  "ftrl: beta is -1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    ftrl({ beta: -1 }),
  "muon: momentum is 1, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    muon({ momentum: 1 }),
  "muon: weightDecay is -1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    muon({ weightDecay: -1 }),
  "muon: nsSteps is 0, but must be a positive integer": () =>
    // @ts-expect-error
    muon({ nsSteps: 0 }),
  "muon: rmsRate is -0.2, but must be a number in [0, Infinity) or null": () =>
    // @ts-expect-error
    muon({ rmsRate: -0.2 }),
  "muon: adamLrRatio is -1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    muon({ adamLrRatio: -1 }),
  "muon: adamBeta1 is 1.5, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    muon({ adamBeta1: 1.5 }),
  "muon: adamBeta2 is 1, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    muon({ adamBeta2: 1 }),
  "muon: epsilon is -1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    muon({ epsilon: -1 }),
  "muon: adamWeightDecay is -1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    muon({ adamWeightDecay: -1 }),
  "clipByNorm: limit is 0, but must be a positive number of float32": () =>
    // @ts-expect-error
    clipByNorm(sgd(), 0),
  "clipByValue: limit is -1, but must be a positive number of float32": () =>
    // @ts-expect-error
    clipByValue(sgd(), -1),
  "clipByGlobalNorm: limit is 0, but must be a positive number of float32": () =>
    // @ts-expect-error
    clipByGlobalNorm(sgd(), 0),
  "weightDecay: decay is 0, but must be a positive number of float32": () =>
    // @ts-expect-error
    weightDecay(sgd(), 0),
  "exponentialDecay: initialLearningRate is -0.1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    exponentialDecay(-0.1, { decaySteps: 10, decayRate: 0.9 }),
  "exponentialDecay: decayRate is -1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    exponentialDecay(0.1, { decaySteps: 10, decayRate: -1 }),
  "inverseTimeDecay: decayRate is -1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    inverseTimeDecay(0.1, { decaySteps: 10, decayRate: -1 }),
  "polynomialDecay: endLearningRate is -1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    polynomialDecay(0.1, { decaySteps: 10, endLearningRate: -1 }),
  "polynomialDecay: power is -1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    polynomialDecay(0.1, { decaySteps: 10, power: -1 }),
  "cosineDecay: alpha is -1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    cosineDecay(0.1, { decaySteps: 10, alpha: -1 }),
  "cosineDecay: warmupTarget is -1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    cosineDecay(0.1, { decaySteps: 10, warmupTarget: -1 }),
  "cosineDecayRestarts: tMul is 0.5, but must be a number from 1 on": () =>
    // @ts-expect-error
    cosineDecayRestarts(0.1, { firstDecaySteps: 10, tMul: 0.5 }),
  "cosineDecayRestarts: mMul is -1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    cosineDecayRestarts(0.1, { firstDecaySteps: 10, mMul: -1 }),
  "cosineDecayRestarts: alpha is -1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    cosineDecayRestarts(0.1, { firstDecaySteps: 10, alpha: -1 }),
  "oneCycle: maxLearningRate is -0.1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    oneCycle(-0.1, { totalSteps: 10 }),
  "oneCycle: pctStart is 1, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    oneCycle(0.1, { totalSteps: 10, pctStart: 1 }),
  "oneCycle: divFactor is 0, but must be a positive number of float32": () =>
    // @ts-expect-error
    oneCycle(0.1, { totalSteps: 10, divFactor: 0 }),
  "oneCycle: finalDivFactor is -1, but must be a positive number of float32": () =>
    // @ts-expect-error
    oneCycle(0.1, { totalSteps: 10, finalDivFactor: -1 }),
};

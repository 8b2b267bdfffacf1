import {
  activityRegularization,
  adadelta,
  adafactor,
  adagrad,
  adam,
  adamw,
  auc,
  augMix,
  binaryAccuracy,
  binaryCrossentropy,
  binaryFocalCrossentropy,
  binaryIoU,
  categoricalCrossentropy,
  categoricalFocalCrossentropy,
  categoricalGeneralizedCrossEntropy,
  circle,
  clip,
  clipByGlobalNorm,
  clipByNorm,
  clipByValue,
  compile,
  concat,
  contrastLimitedAdaptiveHistogramEqualization,
  cosineDecay,
  cosineDecayRestarts,
  dense,
  exponentialDecay,
  f1Score,
  falseNegatives,
  falsePositives,
  fBetaScore,
  ftrl,
  geomspace,
  huber,
  input,
  inverseTimeDecay,
  iou,
  kaiser,
  l1,
  l1l2,
  l2,
  lion,
  lossOf,
  maxNorm,
  meanIoU,
  minMaxNorm,
  model,
  muon,
  nadam,
  normalization,
  oneCycle,
  orthogonalRegularizer,
  polynomialDecay,
  precision,
  precisionAtRecall,
  r2Score,
  randAugment,
  randomBrightness,
  randomColorDegeneration,
  randomColorJitter,
  randomContrast,
  randomElasticTransform,
  randomErasing,
  randomGrayscale,
  randomHue,
  randomInvert,
  randomPerspective,
  randomPosterization,
  randomRotation,
  randomSaturation,
  randomSharpness,
  randomShear,
  randomTranslation,
  randomZoom,
  recall,
  recallAtPrecision,
  rmsprop,
  rnnCell,
  scheduleFreeAdamw,
  sensitivityAtSpecificity,
  sequential,
  sgd,
  solarization,
  sparseCategoricalCrossentropy,
  sparseTopKCategoricalAccuracy,
  specificityAtSensitivity,
  stack,
  sum,
  type Tensor,
  topKCategoricalAccuracy,
  trueNegatives,
  truePositives,
  weightDecay,
} from "shapewright";

// Rejected programs of settings of training that are out of range, as in rejected.ts.

const x = input(["batch", 8]);
const photos = input(["batch", 8, 8, 3]);
const ofRows = lossOf("ofRows", input(["n"]), (_, output: Tensor<["batch", 2]>) => sum(output, { axis: 1 }));
const ofNone = lossOf("ofNone", input([]), (_, output: Tensor<["batch", 2]>) => sum(output, { axis: 1 }));
const two = model({ x }, ({ x }) => dense(x, { units: 2 }));

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
  "scheduleFreeAdamw: beta1 is 0, but must be a number between 0 and 1": () =>
    // @ts-expect-error
    scheduleFreeAdamw({ beta1: 0 }),
  "scheduleFreeAdamw: beta2 is 1, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    scheduleFreeAdamw({ beta2: 1 }),
  "scheduleFreeAdamw: epsilon is -1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    scheduleFreeAdamw({ epsilon: -1 }),
  "scheduleFreeAdamw: learningRate is -1, but must be a number in [0, Infinity) or a schedule": () =>
    // @ts-expect-error
    scheduleFreeAdamw({ learningRate: -1 }),
  "scheduleFreeAdamw: warmupSteps is 1.5, but must be an integer from 0": () =>
    // @ts-expect-error
    scheduleFreeAdamw({ warmupSteps: 1.5 }),
  "scheduleFreeAdamw: weightDecay is -0.1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    scheduleFreeAdamw({ weightDecay: -0.1 }),
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

export const parts = {
  "huber: delta is 0, but must be a positive number of float32": () =>
    // @ts-expect-error
    huber({ delta: 0 }),
  "circle: gamma is -1, but must be a positive number of float32": () =>
    // @ts-expect-error
    circle({ gamma: -1 }),
  "categoricalGeneralizedCrossEntropy: q is 1, but must be a number between 0 and 1": () =>
    // @ts-expect-error
    categoricalGeneralizedCrossEntropy({ q: 1 }),
  "sparseCategoricalCrossentropy: ignoreClass is 0.5, but must be an integer of int32": () =>
    // @ts-expect-error
    sparseCategoricalCrossentropy({ ignoreClass: 0.5 }),
  "binaryCrossentropy: labelSmoothing is 1.5, but must be a number from 0 to 1": () =>
    // @ts-expect-error
    binaryCrossentropy({ labelSmoothing: 1.5 }),
  "categoricalCrossentropy: labelSmoothing is -0.1, but must be a number from 0 to 1": () =>
    // @ts-expect-error
    categoricalCrossentropy({ labelSmoothing: -0.1 }),
  "binaryFocalCrossentropy: labelSmoothing is 2, but must be a number from 0 to 1": () =>
    // @ts-expect-error
    binaryFocalCrossentropy({ labelSmoothing: 2 }),
  "binaryFocalCrossentropy: gamma is -2, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    binaryFocalCrossentropy({ gamma: -2 }),
  "binaryFocalCrossentropy: alpha is 1.25, but must be a number from 0 to 1": () =>
    // @ts-expect-error
    binaryFocalCrossentropy({ alpha: 1.25 }),
  "categoricalFocalCrossentropy: labelSmoothing is 2, but must be a number from 0 to 1": () =>
    // @ts-expect-error
    categoricalFocalCrossentropy({ labelSmoothing: 2 }),
  "categoricalFocalCrossentropy: gamma is -2, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    categoricalFocalCrossentropy({ gamma: -2 }),
  "binaryAccuracy: threshold is 50, but must be a number from 0 to 1": () =>
    // @ts-expect-error
    binaryAccuracy({ threshold: 50 }),
  "binaryIoU: threshold is -0.5, but must be a number from 0 to 1": () =>
    // @ts-expect-error
    binaryIoU({ threshold: -0.5 }),
  "auc: numThresholds is 1, but must be an integer from 2 on": () =>
    // @ts-expect-error
    auc({ numThresholds: 1 }),
  "r2Score: numRegressors is -1, but must be an integer from 0": () =>
    // @ts-expect-error
    r2Score({ numRegressors: -1 }),
  "topKCategoricalAccuracy: k is 0, but must be a positive integer": () =>
    // @ts-expect-error
    topKCategoricalAccuracy({ k: 0 }),
  "sparseTopKCategoricalAccuracy: k is 2.5, but must be a positive integer": () =>
    // @ts-expect-error
    sparseTopKCategoricalAccuracy({ k: 2.5 }),
  "precisionAtRecall: recall is 95, but must be a number from 0 to 1": () =>
    // @ts-expect-error
    precisionAtRecall(95),
  "recallAtPrecision: precision is 1.1, but must be a number from 0 to 1": () =>
    // @ts-expect-error
    recallAtPrecision(1.1),
  "sensitivityAtSpecificity: specificity is -1, but must be a number from 0 to 1": () =>
    // @ts-expect-error
    sensitivityAtSpecificity(-1),
  "specificityAtSensitivity: sensitivity is 2, but must be a number from 0 to 1": () =>
    // @ts-expect-error
    specificityAtSensitivity(2),
  "precisionAtRecall: numThresholds is 0, but must be a positive integer": () =>
    // @ts-expect-error
    precisionAtRecall(0.5, { numThresholds: 0 }),
  "recallAtPrecision: classId is -1, but must be an integer from 0": () =>
    // @ts-expect-error
    recallAtPrecision(0.5, { classId: -1 }),
  "maxNorm: maxValue is 0, but must be a positive number of float32": () =>
    // @ts-expect-error
    maxNorm({ maxValue: 0 }),
  "minMaxNorm: minValue is -1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    minMaxNorm({ minValue: -1 }),
  "minMaxNorm: maxValue is -1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    minMaxNorm({ maxValue: -1 }),
  "minMaxNorm: there are no norms from 3 to 2": () =>
    // @ts-expect-error
    minMaxNorm({ minValue: 3, maxValue: 2 }),
  "minMaxNorm: there are no norms from 1.5 to 1": () =>
    // @ts-expect-error
    minMaxNorm({ minValue: 1.5 }),
  "minMaxNorm: rate is 2, but must be a number from 0 to 1": () =>
    // @ts-expect-error
    minMaxNorm({ rate: 2 }),
  "l1: factor is -0.01, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    l1(-0.01),
  "l2: factor is -1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    l2(-1),
  "l1l2: l1 is -1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    l1l2({ l1: -1 }),
  "l1l2: l2 is -0.5, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    l1l2({ l2: -0.5 }),
  "orthogonalRegularizer: factor is -1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    orthogonalRegularizer({ factor: -1 }),
  "activityRegularization: l1 is -1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    activityRegularization(x, { l1: -1 }),
  "activityRegularization: l2 is -1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    activityRegularization(x, { l2: -1 }),
  "randomBrightness: factor is 1.5, but must be a number from -1 to 1, or two of them": () =>
    // @ts-expect-error
    randomBrightness({ factor: 1.5 }),
  "randomBrightness: factor is [-2, 0.5], but must be a number from -1 to 1, or two of them": () =>
    // @ts-expect-error
    randomBrightness(photos, { factor: [-2, 0.5] }),
  "randomContrast: factor is [-0.1, 0.1], but must be a number from 0 to 1, or two of them": () =>
    // @ts-expect-error
    randomContrast({ factor: [-0.1, 0.1] }),
  "randomHue: factor is 90, but must be a number from 0 to 1, or two of them": () =>
    // @ts-expect-error
    randomHue(photos, { factor: 90 }),
  "randomSaturation: factor is [0.5, 1.5], but must be a number from 0 to 1, or two of them": () =>
    // @ts-expect-error
    randomSaturation({ factor: [0.5, 1.5] }),
  "randomSharpness: factor is -1, but must be a number from 0 to 1, or two of them": () =>
    // @ts-expect-error
    randomSharpness({ factor: -1 }),
  "randomColorDegeneration: factor is 2, but must be a number from 0 to 1, or two of them": () =>
    // @ts-expect-error
    randomColorDegeneration({ factor: 2 }),
  "randomInvert: factor is 2, but must be a number from 0 to 1, or two of them": () =>
    // @ts-expect-error
    randomInvert(photos, { factor: 2 }),
  "randomGrayscale: factor is 2, but must be a number from 0 to 1": () =>
    // @ts-expect-error
    randomGrayscale(photos, { factor: 2 }),
  "randomColorJitter: brightnessFactor is -2, but must be a number from -1 to 1, or two of them": () =>
    // @ts-expect-error
    randomColorJitter(photos, { brightnessFactor: -2 }),
  "randomColorJitter: contrastFactor is -1, but must be a number from 0 to 1, or two of them": () =>
    // @ts-expect-error
    randomColorJitter(photos, { contrastFactor: -1 }),
  "randomColorJitter: saturationFactor is 2, but must be a number from 0 to 1, or two of them": () =>
    // @ts-expect-error
    randomColorJitter(photos, { saturationFactor: 2 }),
  "randomColorJitter: hueFactor is 180, but must be a number from 0 to 1, or two of them": () =>
    // @ts-expect-error
    randomColorJitter(photos, { hueFactor: 180 }),
  "contrastLimitedAdaptiveHistogramEqualization: clipLimit is -1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    contrastLimitedAdaptiveHistogramEqualization(photos, { clipLimit: -1 }),
  "contrastLimitedAdaptiveHistogramEqualization: tileGridSize is [4, 0], but must be a positive integer, or two of them":
    () =>
      // @ts-expect-error
      contrastLimitedAdaptiveHistogramEqualization(photos, { tileGridSize: [4, 0] }),
  "randomElasticTransform: factor is 2, but must be a number from 0 to 1, or two of them": () =>
    // @ts-expect-error
    randomElasticTransform(photos, { factor: 2 }),
  "randomElasticTransform: scale is [0, 1.5], but must be a number from 0 to 1, or two of them": () =>
    // @ts-expect-error
    randomElasticTransform(photos, { scale: [0, 1.5] }),
  "randomErasing: factor is 2, but must be a number from 0 to 1, or two of them": () =>
    // @ts-expect-error
    randomErasing(photos, { factor: 2 }),
  "randAugment: numOps is 0, but must be a positive integer": () =>
    // @ts-expect-error
    randAugment(photos, { numOps: 0 }),
  "randAugment: factor is 2, but must be a number from 0 to 1, or two of them": () =>
    // @ts-expect-error
    randAugment(photos, { factor: 2 }),
  "augMix: numChains is 1.5, but must be a positive integer": () =>
    // @ts-expect-error
    augMix(photos, { numChains: 1.5 }),
  "augMix: chainDepth is 0, but must be a positive integer": () =>
    // @ts-expect-error
    augMix(photos, { chainDepth: 0 }),
  "augMix: factor is -1, but must be a number from 0 to 1, or two of them": () =>
    // @ts-expect-error
    augMix(photos, { factor: -1 }),
  "augMix: alpha is 0, but must be a positive number of float32": () =>
    // @ts-expect-error
    augMix(photos, { alpha: 0 }),
  "randomShear: xFactor is -0.2, but must be a number from 0 to 1, or two of them": () =>
    // @ts-expect-error
    randomShear(photos, { xFactor: -0.2 }),
  "randomShear: yFactor is [0, 2], but must be a number from 0 to 1, or two of them": () =>
    // @ts-expect-error
    randomShear(photos, { yFactor: [0, 2] }),
  "randomPerspective: factor is 2, but must be a number from 0 to 1, or two of them": () =>
    // @ts-expect-error
    randomPerspective(photos, { factor: 2 }),
  "randomPerspective: scale is 1.5, but must be a number from 0 to 1": () =>
    // @ts-expect-error
    randomPerspective(photos, { scale: 1.5 }),
  "solarization: additionFactor is -1, but must be a number from 0 to 1, or two of them": () =>
    // @ts-expect-error
    solarization(photos, { additionFactor: -1 }),
  "solarization: thresholdFactor is 128, but must be a number from 0 to 1, or two of them": () =>
    // @ts-expect-error
    solarization(photos, { thresholdFactor: 128 }),
  "randomRotation: factor is 90, but must be a number from -1 to 1, or two of them": () =>
    // @ts-expect-error
    randomRotation({ factor: 90 }),
  "randomTranslation: heightFactor is 2, but must be a number from -1 to 1, or two of them": () =>
    // @ts-expect-error
    randomTranslation(photos, { heightFactor: 2, widthFactor: 0.1 }),
  "randomTranslation: widthFactor is [-2, 0.5], but must be a number from -1 to 1, or two of them": () =>
    // @ts-expect-error
    randomTranslation({ heightFactor: 0.1, widthFactor: [-2, 0.5] }),
  "randomZoom: heightFactor is -1.5, but must be a number from -1 to 1, or two of them": () =>
    // @ts-expect-error
    randomZoom({ heightFactor: -1.5 }),
  "randomZoom: widthFactor is 3, but must be a number from -1 to 1, or two of them": () =>
    // @ts-expect-error
    randomZoom(photos, { heightFactor: 0.1, widthFactor: 3 }),
  "randomPosterization: factor is 0, but must be an integer from 1 to 8, or two of them": () =>
    // @ts-expect-error
    randomPosterization({ factor: 0 }),
  "randomPosterization: factor is [3, 10], but must be an integer from 1 to 8, or two of them": () =>
    // @ts-expect-error
    randomPosterization(photos, { factor: [3, 10] }),
  "randomPosterization: factor is [9, 3.5], but must be an integer from 1 to 8, or two of them": () =>
    // @ts-expect-error
    randomPosterization(photos, { factor: [9, 3.5] }),
  "f1Score: threshold is 0, but must be a number above 0, up to 1": () =>
    // @ts-expect-error
    f1Score({ threshold: 0 }),
  "fBetaScore: threshold is 1.5, but must be a number above 0, up to 1": () =>
    // @ts-expect-error
    fBetaScore({ threshold: 1.5 }),
  "fBetaScore: beta is 0, but must be a positive number of float32": () =>
    // @ts-expect-error
    fBetaScore({ beta: 0 }),
  "meanIoU: ignoreClass is 0.5, but must be an integer of int32": () =>
    // @ts-expect-error
    meanIoU({ ignoreClass: 0.5 }),
  "iou: ignoreClass is 2147483648, but must be an integer of int32": () =>
    // @ts-expect-error
    iou({ targetClassIds: [1], ignoreClass: 2_147_483_648 }),
  "precision: thresholds is 1.5, but must be a number from 0 to 1, or a list of them": () =>
    // @ts-expect-error
    precision({ thresholds: 1.5 }),
  "precision: thresholds is [], but must be a number from 0 to 1, or a list of them": () =>
    // @ts-expect-error
    precision({ thresholds: [] }),
  "precision: thresholds[1] is 2, but must be a number from 0 to 1": () =>
    // @ts-expect-error
    precision({ thresholds: [0.5, 2] }),
  "precision: topK is 0, but must be a positive integer": () =>
    // @ts-expect-error
    precision({ topK: 0 }),
  "precision: classId is -1, but must be an integer from 0": () =>
    // @ts-expect-error
    precision({ classId: -1 }),
  "recall: thresholds is -0.5, but must be a number from 0 to 1, or a list of them": () =>
    // @ts-expect-error
    recall({ thresholds: -0.5 }),
  "recall: thresholds[0] is 10, but must be a number from 0 to 1": () =>
    // @ts-expect-error
    recall({ thresholds: [10] }),
  "recall: topK is 2.5, but must be a positive integer": () =>
    // @ts-expect-error
    recall({ topK: 2.5 }),
  "recall: classId is 1.5, but must be an integer from 0": () =>
    // @ts-expect-error
    recall({ classId: 1.5 }),
  "truePositives: thresholds is 2, but must be a number from 0 to 1, or a list of them": () =>
    // @ts-expect-error
    truePositives({ thresholds: 2 }),
  "truePositives: thresholds[2] is -1, but must be a number from 0 to 1": () =>
    // @ts-expect-error
    truePositives({ thresholds: [0.1, 1, -1] }),
  "falsePositives: thresholds is 2, but must be a number from 0 to 1, or a list of them": () =>
    // @ts-expect-error
    falsePositives({ thresholds: 2 }),
  "falsePositives: thresholds[2] is -1, but must be a number from 0 to 1": () =>
    // @ts-expect-error
    falsePositives({ thresholds: [0.1, 1, -1] }),
  "trueNegatives: thresholds is 2, but must be a number from 0 to 1, or a list of them": () =>
    // @ts-expect-error
    trueNegatives({ thresholds: 2 }),
  "trueNegatives: thresholds[2] is -1, but must be a number from 0 to 1": () =>
    // @ts-expect-error
    trueNegatives({ thresholds: [0.1, 1, -1] }),
  "falseNegatives: thresholds is 2, but must be a number from 0 to 1, or a list of them": () =>
    // @ts-expect-error
    falseNegatives({ thresholds: 2 }),
  "falseNegatives: thresholds[2] is -1, but must be a number from 0 to 1": () =>
    // @ts-expect-error
    falseNegatives({ thresholds: [0.1, 1, -1] }),
  "clip: min 3 is above max 1": () =>
    // @ts-expect-error
    clip(x, 3, 1),
  "clip: min 0.5 is above max 0.25": () =>
    // @ts-expect-error
    clip(x, 0.5, 0.25),
  "clip: min -1 is above max -2.5": () =>
    // @ts-expect-error
    clip(x, -1, -2.5),
  "geomspace: start is 0, but must be a positive number of float32": () =>
    // @ts-expect-error
    geomspace(0, 10, 4),
  "geomspace: stop is -1, but must be a positive number of float32": () =>
    // @ts-expect-error
    geomspace(1, -1, 4),
  "kaiser: beta is -1, but must be a number in [0, 700)": () =>
    // @ts-expect-error
    kaiser(16, -1),
  "kaiser: beta is 700, but must be a number in [0, 700)": () =>
    // @ts-expect-error
    kaiser(16, 700),
  "kaiser: beta is 1000.5, but must be a number in [0, 700)": () =>
    // @ts-expect-error
    kaiser(16, 1000.5),
  "rnnCell: state is [-1], but must be a list of sizes, or a record of such lists": () =>
    // @ts-expect-error
    rnnCell({ state: [-1] }, (_, state) => ({ output: state, state })),
  "rnnCell: state is [4, 2.5], but must be a list of sizes, or a record of such lists": () =>
    // @ts-expect-error
    rnnCell({ state: [4, 2.5] }, (_, state) => ({ output: state, state })),
};

export const lists = {
  "normalization: variance is -0.5, but must be a number from 0, or a list of such": () =>
    // @ts-expect-error
    normalization(input(["batch", 3]), { mean: 0, variance: -0.5 }),
  "normalization: mean has 3 numbers, but axis -1 of [batch, 4] has size 4": () =>
    // @ts-expect-error
    normalization(input(["batch", 4]), { mean: [1, 2, 3], variance: 1 }),
  "normalization: variance has 2 numbers, but axis 0 of [batch, 4] has size batch": () =>
    // @ts-expect-error
    normalization(input(["batch", 4]), { mean: 1, variance: [1, 1], axis: 0 }),
  "normalization: mean is a list, but with axis null all numbers have one": () =>
    // @ts-expect-error
    normalization(input(["batch", 4]), { mean: [1], variance: 1, axis: null }),
  "normalization: axis 2 is out of range for [batch, 4] (rank 2: -2 to 1)": () =>
    // @ts-expect-error
    normalization(input(["batch", 4]), { mean: 1, variance: 1, axis: 2 }),
  "normalization: axis -1 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    normalization(input([]), { mean: [1, 2], variance: 2 }),
  "normalization: mean has 2 numbers, but axis -1 of [batch, 3] has size 3": () =>
    // @ts-expect-error
    sequential(input(["batch", 3]), normalization({ mean: [1, 2], variance: 2 })),
  "concat: takes at least one tensor": () =>
    // @ts-expect-error
    concat([], 0),
  "stack: takes at least one tensor": () =>
    // @ts-expect-error
    stack([], 0),
  'compile: the targets of the loss "ofRows" are [n], whose first axis must be batch, as the output\'s': () =>
    // @ts-expect-error
    compile(two, { optimizer: sgd(), loss: ofRows }),
  'compile: the targets of the loss "ofNone" are [], whose first axis must be batch, as the output\'s': () =>
    // @ts-expect-error
    compile(two, { optimizer: sgd(), loss: ofNone }),
};

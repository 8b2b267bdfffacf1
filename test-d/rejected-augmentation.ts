import {
  augMix,
  autoContrast,
  centerCrop,
  contrastLimitedAdaptiveHistogramEqualization,
  discretization,
  equalization,
  input,
  randAugment,
  randomBrightness,
  randomColorDegeneration,
  randomColorJitter,
  randomContrast,
  randomCrop,
  randomElasticTransform,
  randomErasing,
  randomFlip,
  randomGaussianBlur,
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
  sequential,
  solarization,
} from "shapewright";

// Rejected programs of layers that change images in training, as in rejected.ts.

const image = input(["batch", 28, 28, 3]);
const one = input(["batch", 28, 28, 1]);
const grey = input(["batch", 28, 28]);
const bytes = input(["batch", 28, 28, 3], "uint8");

/** What is no batch of images. */
export const augmentation = {
  "randomFlip: takes [batch, height, width, channels], got [batch, 28, 28]": () =>
    // @ts-expect-error
    randomFlip(grey),
  "randomTranslation: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    randomTranslation(bytes, { heightFactor: 0.1, widthFactor: 0.1 }),
  "randomRotation: takes [batch, height, width, channels], got [batch, 28, 28]": () =>
    // @ts-expect-error
    sequential(grey, randomRotation({ factor: 0.1 })),
  "randomZoom: takes [batch, height, width, channels], got [batch, 28, 28]": () =>
    // @ts-expect-error
    randomZoom(grey, { heightFactor: 0.1 }),
  "randomContrast: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    sequential(bytes, randomContrast({ factor: 0.1 })),
  "randomBrightness: takes [batch, height, width, channels], got [batch, 28, 28]": () =>
    // @ts-expect-error
    randomBrightness(grey, { factor: 0.1 }),
  "randomElasticTransform: takes [batch, height, width, channels], got [batch, 28, 28]": () =>
    // @ts-expect-error
    randomElasticTransform(grey),
  "randomElasticTransform: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    randomElasticTransform(bytes, { scale: 0.5 }),
  "randomErasing: takes [batch, height, width, channels], got [batch, 28, 28]": () =>
    // @ts-expect-error
    randomErasing(grey),
  "randomCrop: takes [batch, height, width, channels], got [batch, 28, 28]": () =>
    // @ts-expect-error
    randomCrop(grey, { height: 24, width: 24 }),
  "randomHue: takes images of 3 channels, red, green and blue, got [batch, 28, 28, 1]": () =>
    // @ts-expect-error
    randomHue(one, { factor: 0.1 }),
  "randomColorJitter: takes images of 3 channels, red, green and blue, got [batch, 28, 28, 1]": () =>
    // @ts-expect-error
    sequential(one, randomColorJitter({ hueFactor: 0.1 })),
  "randomSharpness: takes [batch, height, width, channels], got [batch, 28, 28]": () =>
    // @ts-expect-error
    randomSharpness(grey, { factor: 0.1 }),
  'randomCrop: 24.5 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    randomCrop(image, { height: 24, width: 24.5 }),
  'centerCrop: 0 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    centerCrop(image, { height: 0, width: 24 }),
};

/** Colours of what has none. */
export const colours = {
  "autoContrast: takes [batch, height, width, channels], got [batch, 28, 28]": () =>
    // @ts-expect-error
    autoContrast(grey),
  "autoContrast: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    autoContrast(bytes),
  "contrastLimitedAdaptiveHistogramEqualization: takes [batch, height, width, channels], got [batch, 28, 28]": () =>
    // @ts-expect-error
    contrastLimitedAdaptiveHistogramEqualization(grey),
  "contrastLimitedAdaptiveHistogramEqualization: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    contrastLimitedAdaptiveHistogramEqualization(bytes),
  "equalization: takes [batch, height, width, channels], got [batch, 28, 28]": () =>
    // @ts-expect-error
    equalization(grey),
  "equalization: bins is 1, but must be an integer from 2 on": () =>
    // @ts-expect-error
    equalization(input(["batch", 28, 28, 3]), { bins: 1 }),
  "equalization: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    equalization(bytes),
  "randomGaussianBlur: takes [batch, height, width, channels], got [batch, 28, 28]": () =>
    // @ts-expect-error
    randomGaussianBlur(grey),
  "randomGaussianBlur: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    randomGaussianBlur(bytes, { sigma: 0.5 }),
  "randomGaussianBlur: kernelSize is 4, but must be a positive odd integer, or two of them": () =>
    // @ts-expect-error
    randomGaussianBlur(image, { kernelSize: 4 }),
  "randomGaussianBlur: kernelSize is [3, 0], but must be a positive odd integer, or two of them": () =>
    // @ts-expect-error
    randomGaussianBlur(image, { kernelSize: [3, 0] }),
  "randomGaussianBlur: sigma is 2, but must be a number from 0 to 1, or two of them": () =>
    // @ts-expect-error
    randomGaussianBlur(image, { sigma: 2 }),
  "randAugment: takes [batch, height, width, channels], got [batch, 28, 28]": () =>
    // @ts-expect-error
    randAugment(grey),
  "randAugment: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    randAugment(bytes, { numOps: 1 }),
  "augMix: takes [batch, height, width, channels], got [batch, 28, 28]": () =>
    // @ts-expect-error
    augMix(grey),
  "augMix: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    augMix(bytes, { allOps: false }),
  "randomShear: takes [batch, height, width, channels], got [batch, 28, 28]": () =>
    // @ts-expect-error
    randomShear(grey),
  "randomShear: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    randomShear(bytes, { xFactor: 0.5 }),
  "randomPerspective: takes [batch, height, width, channels], got [batch, 28, 28]": () =>
    // @ts-expect-error
    randomPerspective(grey),
  "randomPerspective: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    randomPerspective(bytes, { scale: 0.5 }),
  "randomColorDegeneration: takes [batch, height, width, channels], got [batch, 28, 28]": () =>
    // @ts-expect-error
    randomColorDegeneration(grey, { factor: 0.5 }),
  "randomColorDegeneration: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    randomColorDegeneration(bytes, { factor: 0.5 }),
  "randomColorDegeneration: takes images of 3 channels, red, green and blue, got [batch, 28, 28, 1]": () =>
    // @ts-expect-error
    randomColorDegeneration(one, { factor: 0.5 }),
  "randomGrayscale: takes [batch, height, width, channels], got [batch, 28, 28]": () =>
    // @ts-expect-error
    randomGrayscale(grey, { factor: 0.2 }),
  "randomGrayscale: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    randomGrayscale(bytes, { factor: 0.2 }),
  "randomGrayscale: takes images of 3 channels, red, green and blue, got [batch, 28, 28, 1]": () =>
    // @ts-expect-error
    randomGrayscale(one, { factor: 0.2 }),
  "randomInvert: takes [batch, height, width, channels], got [batch, 28, 28]": () =>
    // @ts-expect-error
    randomInvert(grey),
  "randomInvert: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    randomInvert(bytes),
  "randomPosterization: takes [batch, height, width, channels], got [batch, 28, 28]": () =>
    // @ts-expect-error
    randomPosterization(grey, { factor: 4 }),
  "randomPosterization: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    randomPosterization(bytes, { factor: 4 }),
  "randomSaturation: takes [batch, height, width, channels], got [batch, 28, 28]": () =>
    // @ts-expect-error
    randomSaturation(grey, { factor: 0.1 }),
  "randomSaturation: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    randomSaturation(bytes, { factor: 0.1 }),
  "randomSaturation: takes images of 3 channels, red, green and blue, got [batch, 28, 28, 1]": () =>
    // @ts-expect-error
    randomSaturation(one, { factor: 0.1 }),
  "solarization: takes [batch, height, width, channels], got [batch, 28, 28]": () =>
    // @ts-expect-error
    solarization(grey),
  "solarization: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    solarization(bytes),
  "randomSharpness: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    randomSharpness(bytes, { factor: 0.1 }),
  "randomHue: takes [batch, height, width, channels], got [batch, 28, 28]": () =>
    // @ts-expect-error
    randomHue(grey, { factor: 0.1 }),
  "randomHue: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    randomHue(bytes, { factor: 0.1 }),
  "randomColorJitter: takes [batch, height, width, channels], got [batch, 28, 28]": () =>
    // @ts-expect-error
    randomColorJitter(grey, { hueFactor: 0.1 }),
  "randomColorJitter: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    randomColorJitter(bytes, { hueFactor: 0.1 }),
};

/** Numbers that have no bins. */
export const bins = {
  "discretization: takes float32 or int32, got uint8; use cast() first": () =>
    // @ts-expect-error
    discretization(bytes, { binBoundaries: [128] }),
  "discretization: axis -1 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    discretization(input([]), { binBoundaries: [0], outputMode: "oneHot" }),
};

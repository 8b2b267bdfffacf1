import {
  affineTransform,
  gaussianBlur,
  hsvToRgb,
  input,
  mapCoordinates,
  perspectiveTransform,
  psnr,
  rgbToGrayscale,
  rgbToHsv,
  scaleAndTranslate,
  sobelEdges,
  ssim,
} from "shapewright";

// Rejected programs of colours and images, as in rejected.ts.

const photos = input(["batch", 28, 28, 3]);
const grey = input(["batch", 28, 28, 1]);
const bytes = input(["batch", 28, 28, 3], "uint8");

/** What are no colours. */
export const colours = {
  "rgbToGrayscale: takes three channels on the last axis, got [batch, 28, 28, 1]": () =>
    // @ts-expect-error
    rgbToGrayscale(grey),
  "rgbToGrayscale: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    rgbToGrayscale(bytes),
  "rgbToHsv: takes three channels on the last axis, got [3, n]": () =>
    // @ts-expect-error
    rgbToHsv(input([3, "n"])),
  "rgbToGrayscale: axis -1 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    rgbToGrayscale(input([])),
  "rgbToHsv: axis -1 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    rgbToHsv(input([])),
  "rgbToHsv: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    rgbToHsv(bytes),
  "hsvToRgb: takes three channels on the last axis, got [batch, 28, 28, 1]": () =>
    // @ts-expect-error
    hsvToRgb(grey),
  "hsvToRgb: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    hsvToRgb(bytes),
  "hsvToRgb: axis -1 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    hsvToRgb(input([])),
};

/** Images that cannot be moved so. */
export const images = {
  "gaussianBlur: takes [batch, height, width, channels], got [28, 28, 3]": () =>
    // @ts-expect-error
    gaussianBlur(input([28, 28, 3])),
  "gaussianBlur: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    gaussianBlur(bytes),
  "gaussianBlur: kernelSize is 0, but must be a positive integer, or two of them": () =>
    // @ts-expect-error
    gaussianBlur(photos, { kernelSize: 0 }),
  "gaussianBlur: kernelSize is 1.5, but must be a positive integer, or two of them": () =>
    // @ts-expect-error
    gaussianBlur(photos, { kernelSize: 1.5 }),
  "gaussianBlur: kernelSize is [3, 0], but must be a positive integer, or two of them": () =>
    // @ts-expect-error
    gaussianBlur(photos, { kernelSize: [3, 0] }),
  "gaussianBlur: kernelSize is [-3, 5], but must be a positive integer, or two of them": () =>
    // @ts-expect-error
    gaussianBlur(photos, { kernelSize: [-3, 5] }),
  "gaussianBlur: kernelSize is [3, 2.5], but must be a positive integer, or two of them": () =>
    // @ts-expect-error
    gaussianBlur(photos, { kernelSize: [3, 2.5] }),
  "gaussianBlur: sigma is 0, but must be a positive number of float32, or two of them": () =>
    // @ts-expect-error
    gaussianBlur(photos, { sigma: 0 }),
  "gaussianBlur: sigma is -0.5, but must be a positive number of float32, or two of them": () =>
    // @ts-expect-error
    gaussianBlur(photos, { sigma: -0.5 }),
  "gaussianBlur: sigma is [1, -1], but must be a positive number of float32, or two of them": () =>
    // @ts-expect-error
    gaussianBlur(photos, { sigma: [1, -1] }),
  "gaussianBlur: sigma is [0, 1e-7], but must be a positive number of float32, or two of them": () =>
    // @ts-expect-error
    gaussianBlur(photos, { sigma: [0, 1e-7] }),
  "affineTransform: takes [batch, height, width, channels], got [28, 28, 3]": () =>
    // @ts-expect-error
    affineTransform(input([28, 28, 3]), input([8])),
  "perspectiveTransform: takes [batch, height, width, channels], got [28, 28, 3]": () =>
    // @ts-expect-error
    perspectiveTransform(input([28, 28, 3]), input([4, 2]), input([4, 2])),
  "perspectiveTransform: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    perspectiveTransform(bytes, input([4, 2]), input([4, 2])),
  "perspectiveTransform: [batch, 4, 2] and [samples, 4, 2] differ on axis 0": () =>
    // @ts-expect-error
    perspectiveTransform(photos, input(["batch", 4, 2]), input(["samples", 4, 2])),
  "affineTransform: the transform is [8], or [batch, 8]: one for each image, got [6]": () =>
    // @ts-expect-error
    affineTransform(photos, input([6])),
  "affineTransform: the transform is [8], or [batch, 8]: one for each image, got [samples, 8]": () =>
    // @ts-expect-error
    affineTransform(photos, input(["samples", 8])),
  "scaleAndTranslate: takes [batch, height, width, channels], got [28, 28, 3]": () =>
    // @ts-expect-error
    scaleAndTranslate(input([28, 28, 3]), [14, 14], input([2]), input([2])),
  "scaleAndTranslate: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    scaleAndTranslate(bytes, [14, 14], input([2]), input([2])),
  'scaleAndTranslate: 0 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    scaleAndTranslate(photos, [0, 14], input([2]), input([2])),
  "scaleAndTranslate: the scale is [2], or [batch, 2]: one for each image, got [1]": () =>
    // @ts-expect-error
    scaleAndTranslate(photos, [14, 14], input([1]), input([2])),
  "scaleAndTranslate: the translation is [2], or [batch, 2]: one for each image, got [samples, 2]": () =>
    // @ts-expect-error
    scaleAndTranslate(photos, [14, 14], input([2]), input(["samples", 2])),
  "scaleAndTranslate: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    scaleAndTranslate(photos, [14, 14], input([2], "int32"), input([2])),
  "affineTransform: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    affineTransform(bytes, input([8])),
  "perspectiveTransform: startPoints is [4, 2], or [batch, 4, 2]: one for each image, got [2, 4]": () =>
    // @ts-expect-error
    perspectiveTransform(photos, input([2, 4]), input([2, 4])),
  "perspectiveTransform: [4, 2] and [batch, 4, 2] differ in rank": () =>
    // @ts-expect-error
    perspectiveTransform(photos, input([4, 2]), input(["batch", 4, 2])),
  "mapCoordinates: [3, 4] takes a coordinate for each of its axes first, [2, …], got [3, 5]": () =>
    // @ts-expect-error
    mapCoordinates(input([3, 4]), input([3, 5]), 1),
  "mapCoordinates: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    mapCoordinates(input([3]), input([1, 5], "int32"), 0),
};

/** Images that are not compared, and have no edges. */
export const compared = {
  "sobelEdges: takes [batch, height, width, channels], got [28, 28, 3]": () =>
    // @ts-expect-error
    sobelEdges(input([28, 28, 3])),
  "sobelEdges: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    sobelEdges(bytes),
  'ssim: kernel 11 is larger than axis height of size 8 (padding "valid")': () =>
    // @ts-expect-error
    ssim(input(["batch", 8, 28, 3]), input(["batch", 8, 28, 3])),
  "ssim: takes [batch, height, width, channels], got [28, 28, 3]": () =>
    // @ts-expect-error
    ssim(input([28, 28, 3]), input([28, 28, 3])),
  "ssim: [batch, 28, 28, 3] and [batch, 28, 28, 1] differ on axis 3": () =>
    // @ts-expect-error
    ssim(photos, grey),
  "ssim: [batch, 28, 28, 3] and [28, 28, 3] differ in rank": () =>
    // @ts-expect-error
    ssim(photos, input([28, 28, 3])),
  "ssim: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    ssim(bytes, bytes),
  "ssim: filterSize is 0, but must be a positive integer": () =>
    // @ts-expect-error
    ssim(photos, photos, { filterSize: 0 }),
  "psnr: [batch, 28, 28, 3] and [batch, 28, 28, 1] differ on axis 3": () =>
    // @ts-expect-error
    psnr(photos, grey, 1),
  "psnr: [batch, 28, 28, 3] and [28, 28, 3] differ in rank": () =>
    // @ts-expect-error
    psnr(photos, input([28, 28, 3]), 1),
  "psnr: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    psnr(photos, bytes, 255),
};

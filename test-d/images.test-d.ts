import {
  affineTransform,
  type Dim,
  gaussianBlur,
  hsvToRgb,
  input,
  mapCoordinates,
  perspectiveTransform,
  psnr,
  rgbToGrayscale,
  rgbToHsv,
  type Shape,
  scaleAndTranslate,
  sobelEdges,
  ssim,
  type Tensor,
} from "shapewright";
import { expectType } from "tsd";

// Colours, and images that are moved.

const photos = input(["batch", "height", 28, 3]);
declare const anything: Tensor<any>;

expectType<Tensor<["batch", "height", 28, 1]>>(rgbToGrayscale(photos));
expectType<Tensor<["batch", "height", 28, 3]>>(rgbToHsv(photos));
expectType<Tensor<[3]>>(hsvToRgb(input([3])));
expectType<Tensor<any>>(rgbToHsv(anything));

expectType<Tensor<["batch", "height", 28, 3]>>(gaussianBlur(photos, { kernelSize: [3, 5], sigma: 2 }));
expectType<Tensor<["batch", "height", 28, 3]>>(affineTransform(photos, input([8]), { fillMode: "wrap" }));
expectType<Tensor<["batch", "height", 28, 3]>>(affineTransform(photos, input(["batch", 8])));
expectType<Tensor<["batch", "height", 28, 3]>>(affineTransform(photos, anything));
expectType<Tensor<["batch", "height", 28, 3]>>(perspectiveTransform(photos, input([4, 2]), input([4, 2])));
expectType<Tensor<["batch", 14, "width", 3]>>(
  scaleAndTranslate(photos, [14, "width"], input([2]), input(["batch", 2]), {
    interpolation: "lanczos3",
    antialias: false,
  }),
);
expectType<Tensor<[number, 8, 8, number]>>(scaleAndTranslate(anything, [8, 8], input([2]), anything));
expectType<Tensor<["batch", "height", 28, 3]>>(
  perspectiveTransform(photos, input(["batch", 4, 2]), input(["batch", 4, 2]), { fillValue: 1 }),
);
declare const someImages: Tensor<[number, 8, 8, 3]>;
declare const somePoints: Tensor<[2, 4, number]>;
expectType<Tensor<[number, 8, 8, 3]>>(perspectiveTransform(someImages, somePoints, input([2, 4, 2])));

expectType<Tensor<["steps"]>>(mapCoordinates(input([100, 200]), input([2, "steps"]), 1));
expectType<Tensor<[5, 6]>>(mapCoordinates(input(["n"]), input([1, 5, 6]), 0, { fillMode: "mirror", fillValue: 2 }));
expectType<Tensor<["steps"]>>(mapCoordinates(anything, input([2, "steps"]), 1));

expectType<Tensor<["batch", "height", 28, 3, 2]>>(sobelEdges(photos));
expectType<Tensor<any>>(sobelEdges(anything));
expectType<Tensor<["batch"]>>(ssim(photos, photos, { filterSize: 7, maxVal: 255 }));
expectType<Tensor<[number]>>(ssim(anything, photos));
expectType<Tensor<[]>>(psnr(photos, anything, 255));

/** Colours of any images. */
function grey<const B extends Shape, D extends Dim>(x: Tensor<[...B, D, 3]>) {
  expectType<Tensor<[...B, D, 3]>>(hsvToRgb(rgbToHsv(x)));
  return rgbToGrayscale(x);
}
expectType<Tensor<["batch", 28, 1]>>(grey(input(["batch", 28, 3])));

/** Images of any size. */
function soft<B extends Dim, H extends Dim, W extends Dim, C extends Dim, N extends number>(
  x: Tensor<[B, H, W, C]>,
  by: Tensor<[B, 8]>,
  size: N,
): Tensor<[B, H, W, C]> {
  expectType<Tensor<[B, H, W, C, 2]>>(sobelEdges(x));
  expectType<Tensor<[B]>>(ssim(x, x));
  expectType<Tensor<[B, H, W, C]>>(gaussianBlur(x, { kernelSize: size, sigma: size }));
  return gaussianBlur(affineTransform(x, by), { kernelSize: [5, size], sigma: [1e-3, 0.5] });
}
expectType<Tensor<["batch", "height", 28, 3]>>(soft(photos, input(["batch", 8]), 5));

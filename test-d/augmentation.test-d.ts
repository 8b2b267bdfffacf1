import {
  augMix,
  autoContrast,
  centerCrop,
  contrastLimitedAdaptiveHistogramEqualization,
  conv2d,
  type Dim,
  equalization,
  input,
  type Layer,
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
  randomUniform,
  randomZoom,
  sequential,
  solarization,
  stepKey,
  type Tensor,
} from "shapewright";
import { expectType } from "tsd";

const image = input(["batch", 28, 28, 3]);
const photo = input(["batch", "height", "width", 32]);
declare const anything: Tensor<any>;

// Layers that change images in training
expectType<Tensor<["batch", 28, 28, 3]>>(randomFlip(image));
expectType<Tensor<["batch", 28, 28, 3]>>(randomFlip(image, { mode: "horizontal" }));
expectType<Tensor<["batch", "height", "width", 32]>>(
  randomTranslation(photo, { heightFactor: 0.1, widthFactor: [0, 0.2] }),
);
expectType<Tensor<["batch", 28, 28, 3]>>(randomRotation(image, { factor: 0.1, fillMode: "constant", fillValue: 1 }));
expectType<Tensor<["batch", 28, 28, 3]>>(randomZoom(image, { heightFactor: 0.1, interpolation: "nearest" }));
expectType<Tensor<["batch", 28, 28, 3]>>(randomContrast(image, { factor: 0.1 }));
expectType<Tensor<["batch", 28, 28, 3]>>(randomBrightness(image, { factor: [-0.1, 0.2], valueRange: [0, 1] }));
expectType<Tensor<["batch", 28, 28, 3]>>(randomErasing(image));
expectType<Tensor<["batch", "height", "width", 32]>>(
  contrastLimitedAdaptiveHistogramEqualization(photo, { clipLimit: 2, tileGridSize: [4, 2] }),
);
expectType<Tensor<["batch", "height", "width", 32]>>(
  randomElasticTransform(photo, { factor: 0.5, scale: [0.2, 1], fillMode: "mirror" }),
);
expectType<Tensor<["batch", 28, 28, 3]>>(autoContrast(randomInvert(image)));
expectType<Tensor<["batch", 28, 28, 3]>>(
  randomPerspective(randomShear(image, { xFactor: 0.2, yFactor: [0, 1] }), { factor: 0.5, scale: 0.3 }),
);
expectType<Tensor<["batch", 28, 28, 3]>>(augMix(randAugment(image, { numOps: 3, factor: [0.1, 0.3] }), { alpha: 2 }));
expectType<Tensor<["batch", "height", "width", 32]>>(augMix(randAugment(photo), { allOps: false }));
expectType<Tensor<["batch", 28, 28, 3]>>(equalization(randomGaussianBlur(image, { kernelSize: 5 })));
expectType<Tensor<["batch", "height", "width", 32]>>(
  solarization(randomSharpness(randomPosterization(photo, { factor: 4 }), { factor: 0.5 })),
);
expectType<Tensor<["batch", 28, 28, 3]>>(randomGrayscale(randomHue(image, { factor: 0.1 })));
expectType<Tensor<["batch", 28, 28, 3]>>(
  randomSaturation(randomColorDegeneration(image, { factor: 0.1 }), { factor: 1 }),
);
expectType<Tensor<["batch", 28, 28, 3]>>(
  sequential(image, randomColorJitter({ hueFactor: 0.1 }), randomHue({ factor: 1 })),
);
expectType<Tensor<any>>(randomHue(anything, { factor: 0.1 }));
expectType<Tensor<["batch", 24, 20, 32]>>(randomCrop(photo, { height: 24, width: 20 }));
expectType<Tensor<["batch", 24, 24, 3]>>(centerCrop(image, { height: 24, width: 24 }));
expectType<Tensor<[number, 8, 8, number]>>(randomCrop(anything, { height: 8, width: 8 }));
expectType<Tensor<any>>(randomFlip(anything));
expectType<Tensor<["batch", 22, 22, 8]>>(
  sequential(
    image,
    randomFlip({ mode: "horizontal" }),
    randomTranslation({ heightFactor: 0.1, widthFactor: 0.1 }),
    randomRotation({ factor: 0.05 }),
    randomZoom({ heightFactor: 0.1, widthFactor: 0.2 }),
    randomContrast({ factor: 0.1 }),
    randomBrightness({ factor: 0.1 }),
    randomErasing({ fillValue: 0 }),
    randomCrop({ height: 24, width: 24 }),
    centerCrop({ height: 24, width: 24 }),
    conv2d({ filters: 8, kernelSize: 3 }),
  ),
);

/** Colour images of any size. */
function coloured<B extends Dim, H extends Dim, W extends Dim>(x: Tensor<[B, H, W, 3]>): Tensor<[B, H, W, 3]> {
  return randomHue(randomInvert(x), { factor: 0.1 });
}
expectType<Tensor<["batch", 28, 28, 3]>>(coloured(image));

/** Images of any size. */
function varied<B extends Dim, H extends Dim, W extends Dim, C extends number>(x: Tensor<[B, H, W, C]>) {
  const turned: Tensor<[B, H, W, C]> = randomRotation(randomFlip(x), { factor: 0.1 });
  const part: Tensor<[B, 8, 8, C]> = randomCrop(turned, { height: 8, width: 8 });
  return centerCrop(part, { height: 4, width: 6 });
}
expectType<Tensor<["batch", 4, 6, 32]>>(varied(photo));

// Keys that are others in each step
expectType<Tensor<[2], "int32">>(stepKey());
expectType<Tensor<["batch", 3]>>(randomUniform(stepKey(), ["batch", 3]));
expectType<Tensor<["batch", 28, 28, 3]>>((randomFlip() satisfies Layer)(image));

import {
  adaptiveAveragePooling1d,
  adaptiveAveragePooling2d,
  adaptiveMaxPooling2d,
  adaptiveMaxPooling3d,
  add,
  averagePool1d,
  averagePooling2d,
  averagePooling3d,
  type Ceil,
  conv1d,
  conv1dTranspose,
  conv2d,
  conv2dTranspose,
  conv3d,
  conv3dTranspose,
  type Dim,
  depthwiseConv1d,
  depthwiseConv2d,
  flatten,
  globalAveragePooling1d,
  globalAveragePooling2d,
  globalMaxPooling2d,
  globalMaxPooling3d,
  glorotUniform,
  input,
  maxPool3d,
  maxPooling1d,
  multiply,
  relu,
  resizeImages,
  resizing,
  separableConv1d,
  separableConv2d,
  sequential,
  type Tensor,
  type Times,
  upSampling1d,
  upSampling2d,
  upSampling3d,
  variable,
} from "shapewright";
import { expectType } from "tsd";

const sound = input(["batch", "time", 64]);
const fixed = input(["batch", 100, 64]);
const image = input(["batch", 224, 224, 3]);
const photo = input(["batch", "height", "width", 32]);
const film = input(["batch", "frames", 16, 16, 1]);
declare const n: number;
declare const anything: Tensor<any>;
declare const padding: "same" | "valid";

// Over time
expectType<Tensor<["batch", "time-2", 128]>>(conv1d(sound, { filters: 128, kernelSize: 3 }));
expectType<Tensor<["batch", "ceil(time/2)", 128]>>(
  conv1d(sound, { filters: 128, kernelSize: 3, strides: 2, padding: "same" }),
);
expectType<Tensor<["batch", "time", 128]>>(conv1d(sound, { filters: 128, kernelSize: 3, padding: 1 }));
expectType<Tensor<["batch", "time", 128]>>(conv1d(sound, { filters: 128, kernelSize: 3, padding: [2, 0] }));
expectType<Tensor<["batch", "time-8", 128]>>(conv1d(sound, { filters: 128, kernelSize: 3, dilationRate: 4 }));
expectType<Tensor<["batch", "time", 128]>>(
  conv1d(sound, { filters: 128, kernelSize: 3, padding: "causal", dilationRate: 64 }),
);
expectType<Tensor<["batch", "ceil(time/2)", 128]>>(
  conv1d(sound, { filters: 128, kernelSize: 3, padding: "causal", strides: 2 }),
);
expectType<Tensor<["batch", 100, 32]>>(
  conv1d(fixed, variable("W", [101, 64, 32], glorotUniform()), { padding: "causal" }),
);
expectType<Tensor<["batch", "ceil(time/2)-1", 128]>>(conv1d(sound, { filters: 128, kernelSize: 3, strides: 2 }));
expectType<Tensor<["batch", 92, 128]>>(conv1d(fixed, { filters: 128, kernelSize: 3, dilationRate: 4 }));
expectType<Tensor<["batch", 50, 128]>>(conv1d(fixed, { filters: 128, kernelSize: 3, strides: 2, padding: 1 }));
expectType<Tensor<["batch", 100, 128]>>(conv1d(fixed, { filters: 128, kernelSize: 3, padding: "same", groups: 8 }));
expectType<Tensor<["batch", 98, 32]>>(conv1d(fixed, variable("W", [3, 64, 32], glorotUniform()), {}));
expectType<Tensor<["batch", 92, 32]>>(
  conv1d(fixed, variable("W", [3, 16, 32], glorotUniform()), { groups: 4, dilations: 4 }),
);
expectType<Tensor<["batch", "floor(time/2)", 64]>>(maxPooling1d(sound));
expectType<Tensor<["batch", 33, 64]>>(averagePool1d(fixed, { poolSize: 3 }));

// Over images
expectType<Tensor<["batch", 112, 112, 64]>>(conv2d(image, { filters: 64, kernelSize: 7, strides: 2, padding: 3 }));
expectType<Tensor<["batch", 220, 220, 64]>>(conv2d(image, { filters: 64, kernelSize: 3, dilationRate: 2 }));
expectType<Tensor<["batch", 224, 223, 64]>>(conv2d(image, { filters: 64, kernelSize: 3, padding: [1, [0, 1]] }));
expectType<Tensor<["batch", "height", "width", 32]>>(
  conv2d(photo, { filters: 32, kernelSize: 3, padding: "same", groups: 32 }),
);
expectType<Tensor<["batch", 112, 112, 3]>>(averagePooling2d(image, { poolSize: 3, strides: 2, padding: "same" }));
expectType<Tensor<["batch", 112, 112, 3]>>(averagePooling2d(image, { poolSize: 3, strides: 2, padding: 1 }));

// Over volumes
expectType<Tensor<["batch", "frames", 8, 8, 8]>>(
  conv3d(film, { filters: 8, kernelSize: 3, strides: [1, 2, 2], padding: "same" }),
);
expectType<Tensor<["batch", 7, 7, 7, 8]>>(
  conv3d(input(["batch", 16, 16, 16, 1]), { filters: 8, kernelSize: 3, strides: 2 }),
);
expectType<Tensor<["batch", "floor(frames/2)", 8, 8, 1]>>(maxPool3d(film));
expectType<Tensor<["batch", "frames", 8, 16, 1]>>(averagePooling3d(film, { poolSize: [1, 2, 1] }));

// In sequential
expectType<Tensor<["batch", "ceil(time/2)-2", 16]>>(
  sequential(
    sound,
    conv1d({ filters: 32, kernelSize: 5, strides: 2, padding: "same" }),
    conv1d({ filters: 16, kernelSize: 3 }),
  ),
);
expectType<Tensor<["batch", 512]>>(
  sequential(input(["batch", 16, 16, 16, 1]), conv3d({ filters: 8, kernelSize: 8 }), averagePooling3d(), flatten()),
);

/** WaveNet's block. */
function gated<B extends Dim, T extends Dim, C extends number>(x: Tensor<[B, T, C]>, dilationRate: 1 | 2 | 4 | 8) {
  const h = conv1d(x, { filters: x.shape[2], kernelSize: 2, padding: "causal", dilationRate, activation: relu });
  return add(x, conv1d(h, { filters: x.shape[2], kernelSize: 1 }));
}
expectType<Tensor<["batch", "time", 64]>>(gated(sound, 4));

/** A kernel of any size, and no padding. */
function shortened<B extends Dim, H extends Dim, W extends Dim, C extends number, const K extends number>(
  x: Tensor<[B, H, W, C]>,
  kernelSize: K,
) {
  return conv2d(x, { filters: 8, kernelSize });
}
expectType<Tensor<["batch", 220, 220, 8]>>(shortened(image, 5));
expectType<Tensor<["batch", "height-2", "width-2", 8]>>(shortened(photo, 3));

/** Any strides, and groups that the runtime asks about. */
export function halves<B extends Dim, H extends Dim, W extends Dim, C extends number>(
  x: Tensor<[B, H, W, C]>,
): Tensor<[B, Ceil<H, 2>, Ceil<W, 2>, 8]> {
  return conv2d(x, { filters: 8, kernelSize: 3, strides: 2, padding: "same", groups: 4 });
}

// Transposed
expectType<Tensor<["batch", "height*2", "width*2", 16]>>(
  conv2dTranspose(photo, { filters: 16, kernelSize: 3, strides: 2, padding: "same" }),
);
expectType<Tensor<["batch", 448, 672, 16]>>(conv2dTranspose(image, { filters: 16, kernelSize: 2, strides: [2, 3] }));
expectType<Tensor<["batch", 447, 670, 16]>>(
  conv2dTranspose(image, { filters: 16, kernelSize: 3, strides: [2, 3], padding: "same", outputPadding: 0 }),
);
expectType<Tensor<["batch", "height*2", "width*3", 16]>>(
  conv2dTranspose(photo, { filters: 16, kernelSize: 3, strides: [2, 3], padding: 1, outputPadding: [1, 2] }),
);
expectType<Tensor<["batch", 450, 673, 16]>>(
  conv2dTranspose(image, { filters: 16, kernelSize: 3, strides: [2, 3], outputPadding: 1 }),
);
expectType<Tensor<["batch", "time*2-1", 8]>>(
  sequential(
    input(["batch", "time", 64]),
    conv1dTranspose({ filters: 8, kernelSize: 3, strides: 2, padding: "same", outputPadding: 0 }),
  ),
);
expectType<Tensor<["batch", 449, 226, 16]>>(conv2dTranspose(image, { filters: 16, kernelSize: 3, strides: [2, 1] }));
expectType<Tensor<["batch", "height*2", "width*2", 16]>>(
  conv2dTranspose(photo, { filters: 16, kernelSize: 4, strides: 2, padding: 1 }),
);
expectType<Tensor<["batch", "height-1", "width*2+1", 16]>>(
  conv2dTranspose(photo, { filters: 16, kernelSize: [1, 3], strides: [1, 2], padding: [[1, 0], 0] }),
);
expectType<Tensor<["batch", "time+4", 16]>>(conv1dTranspose(sound, { filters: 16, kernelSize: 3, dilationRate: 2 }));
expectType<Tensor<["batch", 200, 16]>>(
  conv1dTranspose(fixed, variable("W", [4, 16, 64], glorotUniform()), { strides: 2, padding: [2, 0] }),
);
expectType<Tensor<["batch", "frames", 32, 32, 8]>>(
  conv3dTranspose(film, { filters: 8, kernelSize: 3, strides: [1, 2, 2], padding: "same" }),
);
expectType<Tensor<["batch", 28, 28, 1]>>(
  sequential(
    input(["batch", 7, 7, 64]),
    conv2dTranspose({ filters: 32, kernelSize: 4, strides: 2, padding: 1, activation: relu }),
    conv2dTranspose({ filters: 1, kernelSize: 4, strides: 2, padding: 1 }),
  ),
);
expectType<Tensor<["batch", number, 8]>>(conv1dTranspose(fixed, { filters: 8, kernelSize: n }));
expectType<Tensor<["batch", number, 8]>>(conv1dTranspose(fixed, { filters: 8, kernelSize: 3, padding }));
expectType<Tensor<[number, number, 8]>>(conv1dTranspose(anything, { filters: 8, kernelSize: 3 }));

/** Twice as large, as in a U-Net or a DCGAN. */
function up<B extends Dim, H extends Dim, W extends Dim, C extends number, const F extends number>(
  x: Tensor<[B, H, W, C]>,
  filters: F,
): Tensor<[B, Times<H, 2>, Times<W, 2>, F]> {
  const same = conv2dTranspose(x, { filters, kernelSize: 3, strides: 2, padding: "same" });
  const cut = conv2dTranspose(x, { filters, kernelSize: 4, strides: 2, padding: 1 });
  const told = conv2dTranspose(x, { filters, kernelSize: 3, strides: 2, padding: "same", outputPadding: 1 });
  return add(add(add(same, cut), told), conv2dTranspose(x, { filters, kernelSize: 2, strides: 2 }));
}
expectType<Tensor<["batch", "height*2", "width*2", 7]>>(up(photo, 7));

// Each channel by itself
expectType<Tensor<["batch", "height", "width", 32]>>(depthwiseConv2d(photo, { kernelSize: 3, padding: "same" }));
expectType<Tensor<["batch", "height-2", "ceil(width/2)", 64]>>(
  depthwiseConv2d(photo, { kernelSize: [3, 1], strides: [1, 2], depthMultiplier: 2 }),
);
expectType<Tensor<["batch", 222, 222, 6]>>(depthwiseConv2d(image, variable("W", [3, 3, 3, 2], glorotUniform()), {}));
expectType<Tensor<["batch", "time", 64]>>(depthwiseConv1d(sound, { kernelSize: 4, padding: "causal" }));
expectType<Tensor<["batch", 94, 64]>>(depthwiseConv1d(fixed, { kernelSize: 3, dilationRate: 3 }));
expectType<Tensor<["batch", 112, 112, 8]>>(
  separableConv2d(image, { filters: 8, kernelSize: 3, strides: 2, padding: "same", depthMultiplier: 4 }),
);
expectType<Tensor<["batch", "time-2", 8]>>(separableConv1d(sound, { filters: 8, kernelSize: 3 }));
expectType<Tensor<["batch", 222, 222, 8]>>(
  separableConv2d(image, variable("W", [3, 3, 3, 2], glorotUniform()), variable("V", [1, 1, 6, 8], glorotUniform())),
);
expectType<Tensor<["batch", 10]>>(
  sequential(
    image,
    conv2d({ filters: 32, kernelSize: 3, strides: 2 }),
    depthwiseConv2d({ kernelSize: 3, padding: "same", activation: relu }),
    separableConv2d({ filters: 10, kernelSize: 3 }),
    globalAveragePooling2d(),
  ),
);
expectType<Tensor<["batch", "time-2", number]>>(depthwiseConv1d(sound, { kernelSize: 3, depthMultiplier: n }));
expectType<Tensor<[number, number, number]>>(depthwiseConv1d(anything, { kernelSize: 3 }));

/** MobileNetV2's inverted residual. */
function inverted<B extends Dim, H extends Dim, W extends Dim, C extends number, const E extends number>(
  x: Tensor<[B, H, W, C]>,
  expanded: E,
): Tensor<[B, H, W, C]> {
  const wide = conv2d(x, { filters: expanded, kernelSize: 1, activation: relu });
  const deep = depthwiseConv2d(wide, { kernelSize: 3, padding: "same" });
  expectType<Tensor<[B, H, W, E]>>(deep);
  return add(x, separableConv2d(deep, { filters: x.shape[3], kernelSize: 3, padding: "same" }));
}
expectType<Tensor<["batch", "height", "width", 32]>>(inverted(photo, 192));

// Other sizes
expectType<Tensor<["batch", "time*2", 64]>>(upSampling1d(sound));
expectType<Tensor<["batch", "time", 64]>>(upSampling1d(sound, { size: 1 }));
expectType<Tensor<["batch", "height*2", "width*3", 32]>>(upSampling2d(photo, { size: [2, 3] }));
expectType<Tensor<["batch", 448, 448, 3]>>(upSampling2d(image, { interpolation: "bilinear" }));
expectType<Tensor<["batch", "frames*2", 32, 32, 1]>>(upSampling3d(film));
expectType<Tensor<["batch", 28, 28, 8]>>(
  sequential(
    input(["batch", 14, 14, 3]),
    upSampling2d({ size: 2 }),
    conv2d({ filters: 8, kernelSize: 3, padding: "same" }),
  ),
);
expectType<Tensor<["batch", 32, 48, 32]>>(resizeImages(photo, [32, 48]));
expectType<Tensor<["batch", "height", "width", 3]>>(
  resizeImages(image, ["height", "width"], { interpolation: "bicubic" }),
);
expectType<Tensor<["batch", 224, 224, 32]>>(resizing(photo, { height: 224, width: 224 }));
expectType<Tensor<["batch", 8, 4, 3]>>(sequential(image, resizing({ height: 8, width: 4, interpolation: "nearest" })));
expectType<Tensor<["batch", number, 48, 3]>>(resizeImages(image, [n, 48]));
expectType<Tensor<["batch", number, number, 3]>>(upSampling2d(image, { size: n }));
expectType<Tensor<[number, number, number]>>(upSampling1d(anything));
expectType<Tensor<[number, 8, 8, number]>>(resizeImages(anything, [8, 8]));

/** Something as large as something else, whatever that is. */
function beside<B extends Dim, H extends Dim, W extends Dim, C extends number>(x: Tensor<[B, H, W, C]>) {
  const larger = upSampling2d(x);
  expectType<Tensor<[B, Times<H, 2>, Times<W, 2>, C]>>(larger);
  expectType<Tensor<[B, 8, 8, C]>>(resizeImages(x, [8, 8]));
  return add(x, resizeImages(globalAveragePooling2d(x, { keepDims: true }), [x.shape[1], x.shape[2]]));
}
expectType<Tensor<["batch", "height", "width", 32]>>(beside(photo));

// To a size
expectType<Tensor<["batch", 8, 64]>>(adaptiveAveragePooling1d(fixed, { outputSize: 8 }));
expectType<Tensor<["batch", 7, 7, 3]>>(adaptiveMaxPooling2d(image, { outputSize: 7 }));
expectType<Tensor<["batch", 6, 3, 3]>>(sequential(image, adaptiveAveragePooling2d({ outputSize: [6, 3] })));
expectType<Tensor<["batch", 1, 2, 4, 1]>>(
  adaptiveMaxPooling3d(input(["batch", 4, 16, 16, 1]), { outputSize: [1, 2, 4] }),
);
expectType<Tensor<["batch", number, number, 3]>>(adaptiveAveragePooling2d(image, { outputSize: n }));
expectType<Tensor<[number, 8, number]>>(adaptiveAveragePooling1d(anything, { outputSize: 8 }));

/** What a classifier of any images begins with. */
function seven<B extends Dim, H extends number, W extends number, C extends number>(x: Tensor<[B, H, W, C]>) {
  const pooled = adaptiveAveragePooling2d(x, { outputSize: 7 });
  expectType<Tensor<[B, 7, 7, C]>>(pooled);
  return pooled;
}
expectType<Tensor<["batch", 7, 7, 3]>>(seven(image));

// Over everything
expectType<Tensor<["batch", 64]>>(globalAveragePooling1d(sound));
expectType<Tensor<["batch", 1, 64]>>(globalAveragePooling1d(sound, { keepDims: true }));
expectType<Tensor<["batch", 32]>>(globalMaxPooling2d(photo));
expectType<Tensor<["batch", 1, 1, 1, 1]>>(globalMaxPooling3d(film, { keepDims: true }));
expectType<Tensor<["batch", 8]>>(sequential(image, conv2d({ filters: 8, kernelSize: 3 }), globalAveragePooling2d()));

/** Squeeze and excitation without its weights: each channel, as far as its mean says. */
function squeezed<B extends Dim, H extends Dim, W extends Dim, C extends Dim>(x: Tensor<[B, H, W, C]>) {
  const average = globalAveragePooling2d(x, { keepDims: true });
  expectType<Tensor<[B, 1, 1, C]>>(average);
  expectType<Tensor<[B, C]>>(globalMaxPooling2d(x));
  return multiply(x, average);
}
expectType<Tensor<["batch", "height", "width", 32]>>(squeezed(photo));

// What is not known widens
declare const keepDims: boolean;
expectType<Tensor<any>>(globalAveragePooling1d(sound, { keepDims }));
expectType<Tensor<[number, number]>>(globalAveragePooling1d(anything));
expectType<Tensor<["batch", number, 8]>>(conv1d(sound, { filters: 8, kernelSize: n }));
expectType<Tensor<["batch", number, 8]>>(conv1d(fixed, { filters: 8, kernelSize: 3, padding }));
expectType<Tensor<["batch", number, 8]>>(conv1d(fixed, { filters: 8, kernelSize: 3, padding: n }));
expectType<Tensor<["batch", 98, 8]>>(conv1d(fixed, { filters: 8, kernelSize: 3, groups: n }));
expectType<Tensor<[number, number, 8]>>(conv1d(anything, { filters: 8, kernelSize: 3 }));

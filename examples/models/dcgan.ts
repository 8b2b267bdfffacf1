import {
  activation,
  batchNormalization,
  block,
  conv2d,
  conv2dTranspose,
  input,
  leakyRelu,
  model,
  relu,
  reshape,
  sequential,
  tanh,
} from "shapewright";

const windows = { kernelSize: 4, strides: 2, padding: 1, useBias: false } as const;

/** Twice the height and width. */
const grow = <const F extends number>(filters: F) =>
  block(conv2dTranspose({ ...windows, filters }), batchNormalization(), activation(relu));

/** Half the height and width. */
const shrink = <const F extends number>(filters: F) =>
  block(
    conv2d({ ...windows, filters }),
    batchNormalization(),
    activation((x) => leakyRelu(x, 0.2)),
  );

/**
 * DCGAN's generator, from 100 random numbers to an image: 3,576,704 parameters.
 * Source: Radford et al., "Unsupervised representation learning with deep convolutional generative adversarial networks" (2015).
 */
export const generator = model({ noise: input(["batch", 100]) }, ({ noise }) =>
  sequential(
    reshape(noise, ["batch", 1, 1, 100]),
    conv2dTranspose({ filters: 512, kernelSize: 4, useBias: false }), // ["batch", 4, 4, 512]
    batchNormalization(),
    activation(relu),
    grow(256),
    grow(128),
    grow(64), // ["batch", 32, 32, 64]
    conv2dTranspose({ ...windows, filters: 3, activation: tanh }), // ["batch", 64, 64, 3]
  ),
);

/** DCGAN's discriminator, from an image to one logit: 2,765,568 parameters. */
export const discriminator = model({ image: input(["batch", 64, 64, 3]) }, ({ image }) =>
  sequential(
    image,
    conv2d({ ...windows, filters: 64, activation: (x) => leakyRelu(x, 0.2) }), // ["batch", 32, 32, 64]
    shrink(128),
    shrink(256),
    shrink(512), // ["batch", 4, 4, 512]
    conv2d({ filters: 1, kernelSize: 4, useBias: false }), // ["batch", 1, 1, 1]
  ),
);

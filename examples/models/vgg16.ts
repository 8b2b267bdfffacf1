import { block, conv2d, dense, flatten, input, maxPooling2d, model, relu, sequential } from "shapewright";

const convolution = <const F extends number>(filters: F) =>
  conv2d({ filters, kernelSize: 3, padding: "same", activation: relu });

/** Two convolutions, and half the height and width. */
const two = <const F extends number>(filters: F) => block(convolution(filters), convolution(filters), maxPooling2d());

/** Three of them. */
const three = <const F extends number>(filters: F) =>
  block(convolution(filters), convolution(filters), convolution(filters), maxPooling2d());

/**
 * VGG-16: 138,357,544 parameters.
 * Source: Simonyan and Zisserman, "Very deep convolutional networks for large-scale image recognition" (2014).
 */
export const vgg16 = model({ image: input(["batch", 224, 224, 3]) }, ({ image }) =>
  sequential(
    image,
    two(64), // ["batch", 112, 112, 64]
    two(128),
    three(256), // ["batch", 28, 28, 256]
    three(512),
    three(512), // ["batch", 7, 7, 512]
    flatten(),
    dense({ units: 4096, activation: relu }),
    dense({ units: 4096, activation: relu }),
    dense({ units: 1000 }),
  ),
);

import { conv2d, dense, dropout, flatten, input, maxPooling2d, model, relu, sequential } from "shapewright";

/**
 * AlexNet on one device: 61,100,840 parameters.
 * Source: Krizhevsky, "One weird trick for parallelizing convolutional neural networks" (2014).
 */
export const alexnet = model({ image: input(["batch", 224, 224, 3]) }, ({ image }) =>
  sequential(
    image,
    conv2d({ filters: 64, kernelSize: 11, strides: 4, padding: 2, activation: relu }), // ["batch", 55, 55, 64]
    maxPooling2d({ poolSize: 3, strides: 2 }),
    conv2d({ filters: 192, kernelSize: 5, padding: 2, activation: relu }), // ["batch", 27, 27, 192]
    maxPooling2d({ poolSize: 3, strides: 2 }),
    conv2d({ filters: 384, kernelSize: 3, padding: 1, activation: relu }), // ["batch", 13, 13, 384]
    conv2d({ filters: 256, kernelSize: 3, padding: 1, activation: relu }),
    conv2d({ filters: 256, kernelSize: 3, padding: 1, activation: relu }),
    maxPooling2d({ poolSize: 3, strides: 2 }), // ["batch", 6, 6, 256]
    flatten(),
    dropout(0.5),
    dense({ units: 4096, activation: relu }),
    dropout(0.5),
    dense({ units: 4096, activation: relu }),
    dense({ units: 1000 }),
  ),
);

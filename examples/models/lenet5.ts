import { averagePooling2d, conv2d, dense, flatten, input, model, sequential, tanh } from "shapewright";

/**
 * LeNet-5 with all its maps connected: 61,706 parameters.
 * Source: LeCun et al., "Gradient-based learning applied to document recognition" (1998).
 */
export const lenet5 = model({ image: input(["batch", 32, 32, 1]) }, ({ image }) =>
  sequential(
    image,
    conv2d({ filters: 6, kernelSize: 5, activation: tanh }), // ["batch", 28, 28, 6]
    averagePooling2d({ poolSize: 2 }),
    conv2d({ filters: 16, kernelSize: 5, activation: tanh }), // ["batch", 10, 10, 16]
    averagePooling2d({ poolSize: 2 }),
    flatten(), // ["batch", 400]
    dense({ units: 120, activation: tanh }),
    dense({ units: 84, activation: tanh }),
    dense({ units: 10 }),
  ),
);

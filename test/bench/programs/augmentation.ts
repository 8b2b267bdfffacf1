import {
  conv2d,
  dense,
  flatten,
  input,
  model,
  randomBrightness,
  randomContrast,
  randomFlip,
  randomGaussianBlur,
  randomHue,
  randomInvert,
  relu,
  sequential,
  type Tensor,
} from "shapewright";

/** A classifier of images that are changed by chance in training. */
export const network = model({ image: input(["batch", 32, 32, 3]) }, ({ image }) =>
  sequential(
    image,
    randomFlip({ mode: "horizontal" }),
    randomBrightness({ factor: [-0.2, 0.2] }),
    randomContrast({ factor: 0.1 }),
    randomHue({ factor: [0, 0.2] }),
    randomInvert({ factor: 0.05 }),
    randomGaussianBlur({ factor: 0.1, kernelSize: [3, 3] }),
    conv2d({ filters: 16, kernelSize: 3, activation: relu }),
    flatten(),
    dense({ units: 10 }),
  ),
);

export const output: Tensor<["batch", 10]> = network.output;

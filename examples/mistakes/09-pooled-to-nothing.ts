// One pooling too many for small images:
// "Negative dimension size caused by subtracting 2 from 1 for 'max_pooling2d_1/MaxPool'".
// Reported as https://github.com/fchollet/deep-learning-with-python-notebooks/issues/33.
import { conv2d, dense, flatten, input, maxPooling2d, model, relu, sequential } from "shapewright";

export const icons = model({ icon: input(["batch", 16, 16, 3]) }, ({ icon }) =>
  sequential(
    icon,
    conv2d({ filters: 32, kernelSize: 3, activation: relu }),
    maxPooling2d(),
    conv2d({ filters: 64, kernelSize: 3, activation: relu }),
    maxPooling2d(),
    maxPooling2d(),
    maxPooling2d(),
    flatten(),
    dense({ units: 10 }),
  ),
);

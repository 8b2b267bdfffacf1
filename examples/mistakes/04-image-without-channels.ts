// Grey images have one channel, which is an axis of its own all the same:
// "expected conv2d_input to have 4 dimensions, but got array with shape (24946, 50, 50)".
// Reported as https://github.com/tensorflow/tensorflow/issues/28442 and https://github.com/keras-team/keras/issues/10053.
import { conv2d, dense, flatten, input, maxPooling2d, model, relu, sequential } from "shapewright";

export const catsAndDogs = model({ image: input(["batch", 50, 50]) }, ({ image }) =>
  sequential(
    image,
    conv2d({ filters: 32, kernelSize: 3, activation: relu }),
    maxPooling2d(),
    flatten(),
    dense({ units: 1 }),
  ),
);

// The shape has the channels in front, as in PyTorch. The height is then taken to be 3, and soon there is none left.
// Reported as https://github.com/keras-team/keras/issues/2724, where input_shape=(3, 480, 640) meets images (480, 640, 3),
// and https://github.com/keras-team/keras/issues/8088.
import { conv2d, dense, flatten, input, maxPooling2d, model, relu, sequential } from "shapewright";

export const classifier = model({ photo: input(["batch", 3, 150, 150]) }, ({ photo }) =>
  sequential(
    photo,
    conv2d({ filters: 32, kernelSize: 3, activation: relu }),
    maxPooling2d(),
    flatten(),
    dense({ units: 2 }),
  ),
);

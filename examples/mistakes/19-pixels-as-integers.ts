// Pixels are bytes, and bytes are integers:
// "Argument 'x' passed to 'conv2d' must be float32 tensor, but got int32 tensor".
// Reported as https://github.com/tensorflow/tfjs/issues/6773 and https://github.com/tensorflow/tfjs/issues/934.
import { conv2d, dense, flatten, input, maxPooling2d, model, relu } from "shapewright";

export const digits = model({ image: input(["batch", 28, 28, 1], "int32") }, ({ image }) => {
  const features = conv2d(image, { filters: 32, kernelSize: 3, activation: relu });
  return dense(flatten(maxPooling2d(features)), { units: 10 });
});

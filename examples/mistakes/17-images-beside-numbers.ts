// A branch of images and a branch of plain numbers are put together, but only one of them is flat:
// "rank of tensors[2] must be the same as the rank of the rest".
// Reported as https://github.com/tensorflow/tfjs/issues/841 and https://github.com/tensorflow/tfjs/issues/7880.
import { concat, conv2d, dense, input, maxPooling2d, model, relu } from "shapewright";

export const prices = model({ photo: input(["batch", 64, 64, 3]), facts: input(["batch", 12]) }, ({ photo, facts }) => {
  const seen = maxPooling2d(conv2d(photo, { filters: 16, kernelSize: 5, activation: relu }));
  const known = dense(facts, { units: 16, activation: relu });
  return dense(concat([known, seen], -1), { units: 1 });
});

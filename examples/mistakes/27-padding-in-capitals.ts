// A word of an option is written in capitals, as in TensorFlow's own functions.
// Reported as https://github.com/keras-team/keras/issues/18535.
import { conv2d, input, model } from "shapewright";

export const edges = model({ image: input(["batch", 28, 28, 1]) }, ({ image }) =>
  conv2d(image, { filters: 8, kernelSize: 3, padding: "SAME" }),
);

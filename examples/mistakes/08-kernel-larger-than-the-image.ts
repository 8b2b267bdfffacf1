// A kernel of 10 on an image of 4. tfjs-layers made this model, with the output shape [null, -5, -5, 1].
// Reported as https://github.com/tensorflow/tfjs/issues/318.
import { conv2d, input, model } from "shapewright";

export const blur = model({ patch: input(["batch", 4, 4, 1]) }, ({ patch }) =>
  conv2d(patch, { filters: 1, kernelSize: [10, 10] }),
);

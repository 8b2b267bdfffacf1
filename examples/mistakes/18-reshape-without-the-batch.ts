// A reshape speaks of one sample only, and leaves out that there is a batch of them:
// "New shape and old shape must have the same number of elements".
// Reported as https://github.com/tensorflow/tfjs/issues/778 and https://github.com/tensorflow/tfjs/issues/6553.
import { dense, input, model, relu, reshape } from "shapewright";

export const windows = model({ series: input(["batch", 30, 73]) }, ({ series }) => {
  const rows = reshape(series, [2190]);
  return dense(dense(rows, { units: 64, activation: relu }), { units: 1 });
});

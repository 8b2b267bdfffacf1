// Pixels come as one long row per image, as files have them, but a convolution takes rows, columns and channels:
// "expected conv2d_Conv2D1_input to have 4 dimension(s). but got array with shape 32,706560".
// Reported as https://github.com/tensorflow/tfjs/issues/8347.
import {
  adam,
  array,
  compile,
  conv2d,
  dense,
  flatten,
  input,
  model,
  relu,
  sequential,
  sparseCategoricalCrossentropy,
} from "shapewright";
import { open } from "shapewright/runtime";

const convnet = model({ image: input(["batch", 28, 28, 1]) }, ({ image }) =>
  sequential(image, conv2d({ filters: 16, kernelSize: 3, activation: relu }), flatten(), dense({ units: 10 })),
);

const session = await open(
  compile(convnet, { optimizer: adam(), loss: sparseCategoricalCrossentropy({ fromLogits: true }) }),
);
const pixels = array(new Float32Array(32 * 784), [32, 784]);
await session.fit({ image: pixels }, new Int32Array(32));

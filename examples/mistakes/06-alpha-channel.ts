// A canvas gives four channels, with transparency. The images that come later have three:
// "input expected a batch of elements where each example has shape [96,96,4] but the input received [4317,96,96,3]".
// Reported as https://github.com/Garima13a/Flower_Classification_Tensorflow.js/issues/2.
import {
  adam,
  array,
  categoricalCrossentropy,
  compile,
  conv2d,
  dense,
  flatten,
  input,
  maxPooling2d,
  model,
  relu,
} from "shapewright";
import { open } from "shapewright/runtime";

const flowers = model({ photo: input(["batch", 96, 96, 4]) }, ({ photo }) => {
  const features = maxPooling2d(conv2d(photo, { filters: 16, kernelSize: 3, activation: relu }));
  return dense(flatten(features), { units: 5 });
});

const session = await open(
  compile(flowers, { optimizer: adam(), loss: categoricalCrossentropy({ fromLogits: true }) }),
);
const photos = array(new Float32Array(8 * 96 * 96 * 3), [8, 96, 96, 3]);
const classes = array(new Float32Array(8 * 5), [8, 5]);
await session.fit({ photo: photos }, classes);

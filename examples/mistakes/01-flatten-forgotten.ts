// Images go into dense layers as they are. A dense layer works along the last axis and keeps the others, so the model ends
// with an axis too many, and the labels no longer fit: "expected dense_1 to have 3 dimensions, but got array with shape …".
// Reported as https://github.com/keras-team/keras/issues/2724 and https://github.com/keras-team/keras/issues/5423.
import { adam, array, compile, dense, input, model, relu, sparseCategoricalCrossentropy } from "shapewright";
import { open } from "shapewright/runtime";

const digits = model({ image: input(["batch", 28, 28]) }, ({ image }) => {
  const hidden = dense(image, { units: 128, activation: relu });
  return dense(hidden, { units: 10 });
});

const session = await open(
  compile(digits, { optimizer: adam(), loss: sparseCategoricalCrossentropy({ fromLogits: true }) }),
);
const images = array(new Float32Array(1000 * 28 * 28), [1000, 28, 28]);
const labels = new Int32Array(1000);
await session.fit({ image: images }, labels, { epochs: 5 });

// The labels are one-hot rows, but the sparse loss takes class numbers:
// "expected dense_4 to have shape (1,) but got array with shape (10,)".
// Reported as https://github.com/keras-team/keras/issues/11402.
import { array, compile, dense, input, model, relu, rmsprop, sparseCategoricalCrossentropy } from "shapewright";
import { open } from "shapewright/runtime";

const digits = model({ image: input(["batch", 784]) }, ({ image }) => {
  const hidden = dense(image, { units: 512, activation: relu });
  return dense(hidden, { units: 10 });
});

const program = compile(digits, {
  optimizer: rmsprop(),
  loss: sparseCategoricalCrossentropy({ fromLogits: true }),
});

const session = await open(program);
const images = array(new Float32Array(100 * 784), [100, 784]);
const oneHot = array(new Float32Array(100 * 10), [100, 10]);
await session.fit({ image: images }, oneHot, { epochs: 5, batchSize: 128 });

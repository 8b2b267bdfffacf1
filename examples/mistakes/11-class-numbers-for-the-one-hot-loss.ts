// The other way round: the labels are class numbers, but the loss takes one-hot rows:
// "expected activation_2 to have shape (10,) but got array with shape (1,)".
// Reported as https://github.com/keras-team/keras/issues/11904 and https://github.com/keras-team/keras/issues/13603.
import { adam, array, categoricalCrossentropy, compile, dense, input, model, softmax } from "shapewright";
import { open } from "shapewright/runtime";

const traffic = model({ features: input(["batch", 64]) }, ({ features }) =>
  dense(features, { units: 10, activation: softmax }),
);

const session = await open(compile(traffic, { optimizer: adam(), loss: categoricalCrossentropy() }));
const features = array(new Float32Array(50 * 64), [50, 64]);
await session.fit({ features }, new Int32Array(50));

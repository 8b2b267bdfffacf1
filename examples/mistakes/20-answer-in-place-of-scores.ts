// The model returns the class itself. A class number has no gradient, so there is nothing to train by:
// "An operation has `None` for gradient. … Common ops without gradient: K.argmax, K.round, K.eval".
// Reported as https://github.com/keras-team/keras/issues/11157.
import { adam, argMax, compile, dense, input, model, relu, sparseCategoricalCrossentropy } from "shapewright";

const words = model({ letters: input(["batch", 26]) }, ({ letters }) => {
  const hidden = dense(letters, { units: 32, activation: relu });
  return argMax(dense(hidden, { units: 8 }), -1);
});

export const program = compile(words, {
  optimizer: adam(),
  loss: sparseCategoricalCrossentropy({ fromLogits: true }),
});

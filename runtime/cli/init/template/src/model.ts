import { accuracy, adam, compile, dense, input, model, relu, sparseCategoricalCrossentropy } from "shapewright";

/** Tells which of three spiral arms a point of the plane lies on. */
export const spiral = model({ point: input(["batch", 2]) }, ({ point }) => {
  const h = dense(point, { units: 64, activation: relu }); // Tensor<["batch", 64], "float32">
  const g = dense(h, { units: 64, activation: relu }); // Tensor<["batch", 64], "float32">
  return dense(g, { units: 3 }); // Tensor<["batch", 3], "float32">: a logit for each arm
});

export const program = compile(spiral, {
  optimizer: adam({ learningRate: 5e-3 }),
  loss: sparseCategoricalCrossentropy({ fromLogits: true }),
  metrics: [accuracy()],
});

// A number for each sample is to weigh a row for each sample. Shapes are aligned at their ends, so these do not meet:
// "Operands could not be broadcast together with shapes 285 and 285,39".
// Reported as https://github.com/tensorflow/tfjs/issues/7201 and https://github.com/tensorflow/tfjs/issues/5259.
import { dense, input, model, multiply, sigmoid, softmax } from "shapewright";

export const weighed = model(
  { features: input(["batch", 64]), certainty: input(["batch"]) },
  ({ features, certainty }) => {
    const scores = dense(features, { units: 39, activation: softmax });
    return multiply(scores, sigmoid(certainty));
  },
);

// The model returns a layer, and not what the layer gives: "Output tensors to a Model must be the output of a Keras `Layer`".
// Reported as https://github.com/SciSharp/Keras.NET/issues/63.
import { dense, input, model, relu, sigmoid } from "shapewright";

export const gate = model({ hidden: input(["batch", 32]) }, ({ hidden }) => ({
  kept: relu(hidden),
  gate: dense({ units: 1, activation: sigmoid }),
}));

// The optimizer is the function that makes one: "Could not interpret optimizer identifier".
// Reported as https://github.com/zsylvester/segmenteverygrain/issues/3.
import { adam, compile, dense, input, meanSquaredError, model, relu } from "shapewright";

const grains = model({ pixel: input(["batch", 3]) }, ({ pixel }) =>
  dense(dense(pixel, { units: 16, activation: relu }), { units: 1 }),
);

export const program = compile(grains, { optimizer: adam, loss: meanSquaredError() });

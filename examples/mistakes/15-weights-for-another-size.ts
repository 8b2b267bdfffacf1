// The weights are made for images of another size:
// "mat1 and mat2 shapes cannot be multiplied (8x131072 and 32768x512)".
// Reported as https://github.com/puckikk1202/difffacesketch2023/issues/15.
import { dot, flatten, glorotUniform, input, maxPool2d, model, variable } from "shapewright";

const weights = variable("weights", [32768, 512], glorotUniform());

export const encoder = model({ face: input(["batch", 128, 128, 32]) }, ({ face }) => {
  const small = maxPool2d(face);
  return dot(flatten(small), weights);
});

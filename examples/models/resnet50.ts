/**
 * ResNet-50: a network of real size for the compiler's commands. It is not trained here.
 *
 *     npx shapewright summary examples/models/resnet50.ts
 *     npx shapewright explain examples/models/resnet50.ts
 */
import { accuracy, compile, sgd, sparseCategoricalCrossentropy } from "shapewright";
import { resnet } from "./resnet.js";

export const resnet50 = resnet([3, 4, 6, 3]);

export const program = compile(resnet50, {
  optimizer: sgd({ learningRate: 0.1, momentum: 0.9 }),
  loss: sparseCategoricalCrossentropy({ fromLogits: true }),
  metrics: [accuracy()],
});

// The loss is named in a text, and by a name that there is not: "Unknown loss softmaxCrossEntropy".
// Reported as https://github.com/tensorflow/tfjs/issues/656.
import { accuracy, compile, dense, input, model, rmsprop } from "shapewright";

const digits = model({ image: input(["batch", 784]) }, ({ image }) => dense(image, { units: 10 }));

export const program = compile(digits, { optimizer: rmsprop(), loss: "softmaxCrossEntropy", metrics: [accuracy()] });

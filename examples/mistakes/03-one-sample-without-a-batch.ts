// One sample is given as a plain list, where the model takes a batch of samples, if only of one:
// "expected dense_Dense1_input to have shape [null,3] but got array with shape [3,1]".
// Reported as https://github.com/tensorflow/tfjs/issues/6320.
import { adam, compile, dense, input, meanSquaredError, model } from "shapewright";
import { open } from "shapewright/runtime";

const echo = model({ values: input(["batch", 3]) }, ({ values }) => dense(values, { units: 3 }));

const session = await open(compile(echo, { optimizer: adam(), loss: meanSquaredError() }));
console.log(await session.predict({ values: [1, 2, 3] }));

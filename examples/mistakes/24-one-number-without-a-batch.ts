// One number is given where the model takes a batch of samples, if only of one.
// Reported as https://github.com/tensorflow/tfjs/issues/613.
import { adam, compile, dense, input, meanSquaredError, model } from "shapewright";
import { open } from "shapewright/runtime";

const line = model({ x: input(["batch", 1]) }, ({ x }) => dense(x, { units: 1 }));

const session = await open(compile(line, { optimizer: adam(), loss: meanSquaredError() }));
console.log(await session.predict({ x: 6 }));

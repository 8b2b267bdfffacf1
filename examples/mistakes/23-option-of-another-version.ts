// An option of fit has the name that it had in an old version: "fit() got an unexpected keyword argument 'nb_epoch'".
// Reported as https://github.com/keras-team/keras/issues/14135.
import { adam, compile, dense, input, meanSquaredError, model } from "shapewright";
import { open } from "shapewright/runtime";

const line = model({ x: input(["batch", 1]) }, ({ x }) => dense(x, { units: 1 }));

const session = await open(compile(line, { optimizer: adam(), loss: meanSquaredError() }));
await session.fit({ x: [[1], [2], [3]] }, [[2], [4], [6]], { batchSize: 32, nb_epoch: 10, verbose: 1 });

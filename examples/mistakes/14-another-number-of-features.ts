// Two features were added to the data, and not to the model:
// "expected dense_Dense1_input to have shape [null,12] but got array with shape [1,14]".
// Reported as https://github.com/BeTomorrow/ReImproveJS/issues/23.
import { adam, array, compile, dense, input, meanSquaredError, model, relu } from "shapewright";
import { open } from "shapewright/runtime";

const agent = model({ sensors: input(["batch", 12]) }, ({ sensors }) =>
  dense(dense(sensors, { units: 24, activation: relu }), { units: 3 }),
);

const session = await open(compile(agent, { optimizer: adam(), loss: meanSquaredError() }));
const reading = array(new Float32Array(14), [1, 14]);
console.log(await session.predict({ sensors: reading }));

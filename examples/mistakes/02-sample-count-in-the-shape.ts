// The number of training samples is written into the input's shape. It trains, but only ever takes as many samples at once:
// "expected dense_Dense1_input to have shape [null,15,4] but got array with shape [1,6,4]".
// Reported as https://github.com/tensorflow/tfjs/issues/315.
import { array, compile, dense, input, meanSquaredError, model, sgd } from "shapewright";

const samples = array(new Float32Array(15 * 4), [15, 4]);
const answers = array(new Float32Array(15), [15, 1]);

const line = model({ features: input([15, 4]) }, ({ features }) => dense(features, { units: 1 }));

export const program = compile(line, { optimizer: sgd({ learningRate: 0.01 }), loss: meanSquaredError() });
export const data = [{ features: samples }, answers] as const;

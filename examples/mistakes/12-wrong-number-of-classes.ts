// The last layer has 10 units, but the labels tell 11 classes:
// "expected flatten_1 to have shape (10,) but got array with shape (11,)".
// Reported as https://github.com/keras-team/keras/issues/12870.
import { adam, array, categoricalCrossentropy, compile, dense, input, model, relu, sequential } from "shapewright";
import { open } from "shapewright/runtime";

const scenes = model({ embedding: input(["batch", 256]) }, ({ embedding }) =>
  sequential(embedding, dense({ units: 64, activation: relu }), dense({ units: 10 })),
);

const session = await open(compile(scenes, { optimizer: adam(), loss: categoricalCrossentropy({ fromLogits: true }) }));
const embeddings = array(new Float32Array(20 * 256), [20, 256]);
const rows = array(new Float32Array(20 * 11), [20, 11]);
await session.evaluate({ embedding: embeddings }, rows);

import { array } from "shapewright";
import { open } from "shapewright/runtime";
import { program } from "./model.js";
import { spirals } from "./spirals.js";

const train = spirals(3000, 1);
const test = spirals(600, 2);

// Native TensorFlow where `npx shapewright doctor --fix` has provided it, else WebAssembly.
const session = await open(program);
await session.fit({ point: train.points }, train.arms, { epochs: 20, batchSize: 32 });

const { accuracy } = await session.evaluate({ point: test.points }, test.arms);
console.log(`Right on ${(100 * accuracy).toFixed(1)} % of ${test.arms.length} points that it has not seen`);

const logits = await session.predict({ point: array(new Float32Array([0.5, 0]), [1, 2]) });
console.log(`The logits of (0.5, 0): ${[...logits.data].map((logit) => logit.toFixed(2)).join(", ")}`);
session.dispose();

import {
  accuracy,
  array,
  compile,
  dense,
  gradients,
  input,
  model,
  rmsprop,
  sparseCategoricalCrossentropy,
  square,
  sum,
} from "shapewright";
import { open, openFunction } from "shapewright/runtime";

// Rejected data, as in rejected.ts: here the programs return promises, which reject with the message.

const digits = model({ image: input(["batch", 784]) }, ({ image }) => dense(image, { units: 10 }));
const program = compile(digits, {
  optimizer: rmsprop({ learningRate: 1e-3 }),
  loss: sparseCategoricalCrossentropy({ fromLogits: true }),
  metrics: [accuracy()],
});
const session = await open(program, { backend: "reference" });
const slope = await openFunction({ x: input(["n", 3]) }, ({ x }) => gradients(sum(square(x)), { x }), {
  backend: "reference",
});

const images = array(new Float32Array(2 * 784), [2, 784]);
const small = array(new Float32Array(2 * 100), [2, 100]);
const labels = new Int32Array(2);

async function* wrongImages() {
  yield { inputs: { image: small }, target: labels };
}
function* wrongLabels() {
  yield { inputs: { image: images }, target: new Float32Array(2) };
}

/** Data that does not fit the model. */
export const data = {
  "image: takes [batch, 784], got [2, 100]": () =>
    // @ts-expect-error
    session.fit({ image: small }, labels),
  "image: takes float32, got int32": () =>
    // @ts-expect-error
    session.fit({ image: array(new Uint8Array(2 * 784), [2, 784]) }, labels),
  "image: takes [batch, 784], got [2]": () =>
    // @ts-expect-error
    session.predict({ image: [1, 2] }),
  "image: takes [batch, 784], got [1, 3]": () =>
    // @ts-expect-error
    session.predict({ image: [[1, 2, 3]] }),
  "image: takes [batch, 784], got [1, 28, 28]": () =>
    // @ts-expect-error
    session.evaluate({ image: array(new Float32Array(784), [1, 28, 28]) }, labels),
  "target: takes int32, got float32": () =>
    // @ts-expect-error
    session.fit({ image: images }, new Float32Array(2)),
  "target: takes [batch], got [1, 2]": () =>
    // @ts-expect-error
    session.fit({ image: images }, [[1, 2]]),
  "target: takes [batch], got [2, 10]": () =>
    // @ts-expect-error
    session.evaluate({ image: images }, array(new Int32Array(20), [2, 10])),
  "x: takes [n, 3], got [3]": () =>
    // @ts-expect-error
    slope({ x: [1, 2, 3] }),
};

/** Where the runtime says more than the types can: its message begins with theirs. */
export const begun = {
  'no input is named "more"': () =>
    // @ts-expect-error
    session.predict({ image: images, more: images }),
};

/** Where the runtime says first which batch it is: its message ends with theirs. */
export const ended = {
  "image: takes [batch, 784], got [2, 100]": () =>
    // @ts-expect-error
    session.fitBatches(wrongImages),
  "target: takes int32, got float32": () =>
    // @ts-expect-error
    session.evaluateBatches(wrongLabels()),
};

/** What TypeScript says in its own words; a part of it is enough. */
export const inTypeScriptsWords = {
  "'images' does not exist in type": () =>
    // @ts-expect-error
    session.predict({ images }),
  "Property 'image' is missing in type '{}'": () =>
    // @ts-expect-error
    session.fit({}, labels),
  "Expected 2-3 arguments, but got 1": () =>
    // @ts-expect-error
    session.fit({ image: images }),
  "Type 'string' is not assignable to type 'Data'": () =>
    // @ts-expect-error
    session.predict({ image: "two.png" }),
  "'epoch' does not exist in type": () =>
    // @ts-expect-error
    session.fit({ image: images }, labels, { epoch: 5 }),
  "Property 'precision' does not exist on type": async () =>
    // @ts-expect-error
    (await session.evaluate({ image: images }, labels)).precision,
  "Property 'y' does not exist on type '{ x: NdArray<[number, 3], \"float32\">; }'": async () =>
    // @ts-expect-error
    (await slope({ x: [[1, 2, 3]] })).y,
  "Type '\"gpu\"' is not assignable to type": () =>
    // @ts-expect-error
    open(program, { backend: "gpu" }),
};

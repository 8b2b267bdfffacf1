import {
  accuracy,
  array,
  cast,
  compile,
  compileLoss,
  dense,
  gradients,
  input,
  mean,
  meanSquaredError,
  model,
  rmsprop,
  sparseCategoricalCrossentropy,
  square,
  sum,
} from "shapewright";
import { dataset } from "shapewright/data";
import { earlyStopping, open, openFunction } from "shapewright/runtime";

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

const threeWrong = array(new Float32Array(300), [3, 100]);

const weighted = await open(
  compile(digits, {
    optimizer: rmsprop(),
    loss: sparseCategoricalCrossentropy({ fromLogits: true }),
    sampleWeight: "samples",
  }),
  { backend: "reference" },
);
const both = model({ image: input(["batch", 784]) }, ({ image }) => ({
  digit: dense(image, { units: 10 }),
  box: dense(image, { units: 4 }),
}));
const losses = { digit: sparseCategoricalCrossentropy({ fromLogits: true }), box: meanSquaredError() };
const several = await open(compile(both, { optimizer: rmsprop(), loss: losses, sampleWeight: "samples" }), {
  backend: "reference",
});

const pixels = await open(
  compile(
    model({ image: input(["batch", 784], "uint8") }, ({ image }) => dense(cast(image, "float32"), { units: 10 })),
    { optimizer: rmsprop(), loss: sparseCategoricalCrossentropy({ fromLogits: true }) },
  ),
  { backend: "reference" },
);

const lossAlone = await open(
  compileLoss(
    model({ image: input(["batch", 784]) }, ({ image }) => mean(dense(image, { units: 1 }))),
    { optimizer: rmsprop() },
  ),
  { backend: "reference" },
);

const images = array(new Float32Array(2 * 784), [2, 784]);
const small = array(new Float32Array(2 * 100), [2, 100]);
const labels = new Int32Array(2);
const boxes = array(new Float32Array(2 * 4), [2, 4]);

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
  "image: takes float32, got int32 (Uint8ClampedArray)": () =>
    // @ts-expect-error
    session.predict({ image: new Uint8ClampedArray(784) }),
  "target: takes int32, got float32 (Float64Array)": () =>
    // @ts-expect-error
    session.fit({ image: images }, new Float64Array(2)),
  'image: takes uint8, got int32; write array(data, shape, "uint8")': () =>
    // @ts-expect-error
    pixels.fit({ image: array(new Uint8Array(2 * 784), [2, 784]) }, labels),
  "image: takes uint8, got float32": () =>
    // @ts-expect-error
    pixels.fit({ image: images }, labels),
  "image: takes [batch, 784], got [2]": () =>
    // @ts-expect-error
    session.predict({ image: [1, 2] }),
  "image: takes [batch, 784], got [1, 3]": () =>
    // @ts-expect-error
    session.predict({ image: [[1, 2, 3]] }),
  "image: takes [batch, 784], got [1, 28, 28]": () =>
    // @ts-expect-error
    session.evaluate({ image: array(new Float32Array(784), [1, 28, 28]) }, labels),
  "image: takes [batch, 784], got [1, 100]": () =>
    // @ts-expect-error
    session.trainStep({ inputs: { image: array(new Float32Array(100), [1, 100]) }, target: labels }),
  "target: takes [batch], got [1, 3]": () =>
    // @ts-expect-error
    session.evaluateStep({ inputs: { image: images }, target: [[1, 2, 3]] }),
  "target: takes int32, got float32": () =>
    // @ts-expect-error
    session.fit({ image: images }, new Float32Array(2)),
  "target: takes [batch], got [1, 2]": () =>
    // @ts-expect-error
    session.fit({ image: images }, [[1, 2]]),
  "target: takes [batch], got [2, 10]": () =>
    // @ts-expect-error
    session.evaluate({ image: images }, array(new Int32Array(20), [2, 10])),
  "box: takes [batch, 4], got [2]": () =>
    // @ts-expect-error
    several.fit({ image: images }, { digit: labels, box: [1, 2] }),
  "x: takes [n, 3], got [3]": () =>
    // @ts-expect-error
    slope({ x: [1, 2, 3] }),
};

/** Weights that the program does not take. */
export const weights = {
  "sampleWeight: the program takes no weights; compile it with the option sampleWeight": () =>
    // @ts-expect-error
    session.fit({ image: images }, labels, { sampleWeight: [1, 0] }),
  "sampleWeight: takes [batch], got [2, 1]": () =>
    // @ts-expect-error
    weighted.fit({ image: images }, labels, { sampleWeight: [[1], [0]] }),
  "sampleWeight: takes float32, got int32": () =>
    // @ts-expect-error
    weighted.evaluate({ image: images }, labels, { sampleWeight: new Int32Array(2) }),
  "sampleWeight.box: takes [batch], got [2, 4]": () =>
    // @ts-expect-error
    several.fit({ image: images }, { digit: labels, box: boxes }, { sampleWeight: { box: boxes } }),
};

/** Where the runtime says more than the types can: its message begins with theirs. */
export const begun = {
  'no input is named "more"': () =>
    // @ts-expect-error
    session.predict({ image: images, more: images }),
  'no output with a loss is named "more"': () =>
    // @ts-expect-error
    several.fit({ image: images }, { digit: labels, box: boxes, more: boxes }),
  "image: takes array(values, shape), nested arrays or a tfjs tensor": () =>
    // @ts-expect-error
    session.predict({ image: "two.png" }),
  "target: takes array(values, shape), nested arrays or a tfjs tensor": () =>
    // @ts-expect-error
    session.evaluate({ image: images }, "seven"),
  "sampleWeight: takes array(values, shape), nested arrays or a tfjs tensor": () =>
    // @ts-expect-error
    weighted.evaluate({ image: images }, labels, { sampleWeight: { output: [1, 0] } }),
  "image: takes float32, got text": () =>
    // @ts-expect-error
    session.predict({ image: [["0.5", "1"]] }),
};

/** Where the runtime says first which batch it is: its message ends with theirs. */
export const ended = {
  "image: takes [batch, 784], got [2, 100]": () =>
    // @ts-expect-error
    session.fitBatches(wrongImages),
  "image: takes [batch, 784], got [3, 100]": () =>
    // @ts-expect-error
    session.fitBatches(dataset({ inputs: { image: threeWrong }, target: [0, 1, 2] }).batch(3, { dropRemainder: true })),
  "target: takes int32, got float32": () =>
    // @ts-expect-error
    session.evaluateBatches(wrongLabels()),
  "sampleWeight: the program takes no weights; compile it with the option sampleWeight": () =>
    // @ts-expect-error
    session.fitBatches([{ inputs: { image: images }, target: labels, sampleWeight: [1, 0] }]),
  "box: takes [batch, 4], got [2, 784]": () =>
    // @ts-expect-error
    several.fitBatches([{ inputs: { image: images }, target: { digit: labels, box: images } }]),
};

/**
 * What TypeScript says in its own words; a part of it is enough. Of a name that is wrong, or missing, its words are the better
 * ones: under 5.9, 6.0 and 7.0 alike they stand on the name, list all that there are (`DataByName<"image">`) and name the nearest,
 * which editors offer as a change; a message of ours could do neither. They begin as given here; 7.0 sorts the names of the list.
 */
export const inTypeScriptsWords = {
  "Did you mean '\"val_accuracy\"'?": () =>
    // @ts-expect-error
    session.fit({ image: images }, labels, { callbacks: [earlyStopping({ monitor: "val_acuracy", mode: "max" })] }),
  "Property 'recall' does not exist on type 'EpochReports<": () =>
    session.fit({ image: images }, labels, {
      callbacks: [
        {
          // @ts-expect-error
          onEpochEnd: ({ reports }) => console.log(reports.recall),
        },
      ],
    }),
  "'images' does not exist in type 'DataByName<\"image\">'. Did you mean to write 'image'?": () =>
    // @ts-expect-error
    session.predict({ images }),
  "Property 'image' is missing in type '{}' but required in type 'DataByName<\"image\">'": () =>
    // @ts-expect-error
    session.fit({}, labels),
  "'digits' does not exist in type 'DataByName<": () =>
    // @ts-expect-error
    several.fit({ image: images }, { digits: labels, box: boxes }),
  "Property 'box' is missing in type '{ digit: Int32Array<ArrayBuffer>; }' but required in type 'DataByName<": () =>
    // @ts-expect-error
    several.evaluate({ image: images }, { digit: labels }),
  "'imag' does not exist in type 'DataByName<\"image\">'. Did you mean to write 'image'?": () =>
    // @ts-expect-error
    session.trainStep({ inputs: { imag: images }, target: labels }),
  "is not assignable to parameter of type 'undefined'": () =>
    // @ts-expect-error
    lossAlone.fit({ image: images }, labels),
  "'image' is missing in type '{}'": () =>
    // @ts-expect-error
    lossAlone.trainStep({ inputs: {} }),
  "Property 'loss' is missing in type '{ cost: Tensor<[], \"float32\">; }'": () =>
    compileLoss(
      // @ts-expect-error
      model({ image: input(["batch", 784]) }, ({ image }) => ({ cost: mean(image) })),
      { optimizer: rmsprop() },
    ),
  "'digits' does not exist in type 'WeightsByName<": () =>
    // @ts-expect-error
    several.fit({ image: images }, { digit: labels, box: boxes }, { sampleWeight: { digits: [1, 0] } }),
  "has no properties in common with type 'WeightsByName<": () =>
    // @ts-expect-error
    several.fit({ image: images }, { digit: labels, box: boxes }, { sampleWeight: [1, 0] }),
  "'boxes' does not exist in type 'WeightsByName<": () => {
    const inputs = { image: images };
    const targets = { digit: labels, box: boxes };
    // @ts-expect-error
    return several.fit(inputs, targets, { validationData: [inputs, targets, { boxes: [1, 0] }] });
  },
  "Did you mean to write 'digit'?": () =>
    // @ts-expect-error
    compile(both, { optimizer: rmsprop(), loss: losses, lossWeights: { digits: 2 } }),
  "Expected 2-3 arguments, but got 1": () =>
    // @ts-expect-error
    session.fit({ image: images }),
  "Type 'null' is not assignable to type '{}'": () =>
    // @ts-expect-error
    session.predict({ image: null }),
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

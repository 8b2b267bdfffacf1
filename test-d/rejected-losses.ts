import {
  categoricalCrossentropy,
  categoricalFocalCrossentropy,
  categoricalGeneralizedCrossEntropy,
  categoricalHinge,
  circle,
  compile,
  cosineSimilarity,
  ctc,
  dense,
  dice,
  input,
  klDivergence,
  mean,
  model,
  sgd,
  sparseCategoricalCrossentropy,
  type Tensor,
  tversky,
} from "shapewright";

// Rejected programs of losses, as in rejected.ts.

const optimizer = sgd();
const rows = model({ x: input(["batch", 28, 4]) }, ({ x }) => dense(x, { units: 3 }));
const numbers = model({ x: input(["batch", 4]) }, ({ x }) => mean(dense(x, { units: 3 }), { axis: -1 }));

/** Outputs that losses do not take. */
export const outputs = {
  "categoricalCrossentropy: goes along axis -1, which counts the samples of [batch]": () =>
    // @ts-expect-error
    compile(numbers, { optimizer, loss: categoricalCrossentropy() }),
  "categoricalFocalCrossentropy: goes along axis 0, which counts the samples of [batch, 28, 3]": () =>
    // @ts-expect-error
    compile(rows, { optimizer, loss: categoricalFocalCrossentropy({ axis: 0 }) }),
  "categoricalHinge: goes along axis -1, which counts the samples of [batch]": () =>
    // @ts-expect-error
    compile(numbers, { optimizer, loss: categoricalHinge() }),
  "klDivergence: goes along axis -1, which counts the samples of [batch]": () =>
    // @ts-expect-error
    compile(numbers, { optimizer, loss: klDivergence() }),
  "cosineSimilarity: axis 3 is out of range for [batch, 28, 3] (rank 3: -3 to 2)": () =>
    // @ts-expect-error
    compile(rows, { optimizer, loss: cosineSimilarity({ axis: 3 }) }),
  "categoricalGeneralizedCrossEntropy: takes an output [..., classes], got [batch]": () =>
    // @ts-expect-error
    compile(numbers, { optimizer, loss: categoricalGeneralizedCrossEntropy() }),
  "circle: takes an output [batch, size], one vector for each sample, got [batch, 28, 3]": () =>
    // @ts-expect-error
    compile(rows, { optimizer, loss: circle() }),
  "ctc: takes an output [batch, time, classes], with a number of classes, got [batch]": () =>
    // @ts-expect-error
    compile(numbers, { optimizer, loss: ctc() }),
  "dice: axis 3 is out of range for [batch, 28, 3] (rank 3: -3 to 2)": () =>
    // @ts-expect-error
    compile(rows, { optimizer, loss: dice({ axis: [1, 2, 3] }) }),
  "tversky: axis -4 is out of range for [batch, 28, 3] (rank 3: -3 to 2)": () =>
    // @ts-expect-error
    compile(rows, { optimizer, loss: tversky({ axis: -4 }) }),
};

/** What TypeScript says of functions that are no losses, and of weights for no classes. */
export const inTypeScriptsWords = {
  "'cat' does not exist in type 'ClassWeight'": () =>
    // @ts-expect-error
    compile(rows, { optimizer, loss: sparseCategoricalCrossentropy(), classWeight: { cat: 1 } }),
  'Type \'Tensor<["batch", 28, 3], "float32">\' is not assignable to type \'Tensor<["batch"], "int32">\'': () =>
    // @ts-expect-error
    compile(rows, { optimizer, loss: (_target: Tensor<["batch"], "int32">, output) => output }),
  "Type 'number' is not assignable to type 'Losses<Tensor<[\"batch\", 28, 3], \"float32\">>'": () =>
    // @ts-expect-error
    compile(rows, { optimizer, loss: 5 }),
};

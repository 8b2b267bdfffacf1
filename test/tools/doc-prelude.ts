/** The names of the prelude. */
export const prepared = [
  "digits",
  "labels",
  "predicted",
  "prices",
  "program",
  "session",
  "someX",
  "spam",
  "testX",
  "testY",
  "trainX",
  "trainY",
  "x",
];

/** What examples in docstrings, README and docs take to be at hand, as a module. */
export const prelude = `
import * as language from "shapewright";
import * as runtime from "shapewright/runtime";
const digits = language.model({ image: language.input(["batch", 784]) }, ({ image }) => language.dense(image, { units: 10 }));
const probabilities = language.model({ x: language.input(["batch", 4]) }, ({ x }) => language.dense(x, { units: 1 }));
const [spam, prices] = [probabilities, probabilities];
const x = language.input(["batch", 3]);
const [predicted, labels] = [language.input(["batch"], "int32"), language.input(["batch"], "int32")];
const program = language.compile(digits, {
  optimizer: language.adam(),
  loss: language.sparseCategoricalCrossentropy({ fromLogits: true }),
  metrics: [language.accuracy()],
});
const session = await runtime.open(program);
const trainX = language.array(new Float32Array(784), [1, 784]);
const [trainY, testX, testY, someX] = [new Int32Array(1), trainX, new Int32Array(1), trainX];
export { ${prepared.join(", ")} };
`;

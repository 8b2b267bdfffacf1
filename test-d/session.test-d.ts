import {
  accuracy,
  adam,
  array,
  binaryCrossentropy,
  cast,
  categoricalCrossentropy,
  compile,
  compileFunction,
  compileLoss,
  concat,
  constant,
  dense,
  type FunctionProgram,
  gradients,
  input,
  type Metric,
  type Model,
  mean,
  meanSquaredError,
  model,
  type NdArray,
  type Program,
  relu,
  rescaling,
  reshape,
  rmsprop,
  sgd,
  sparseCategoricalCrossentropy,
  square,
  subtract,
  sum,
  type Tensor,
  trainableVariables,
  variable,
  zeros,
} from "shapewright";
import {
  type Callback,
  csvLogger,
  type Evaluation,
  earlyStopping,
  type History,
  jsonLogger,
  learningRateScheduler,
  loadModel,
  modelCheckpoint,
  open,
  openFunction,
  openTogether,
  type Profile,
  reduceLROnPlateau,
  type Session,
  timeLimit,
} from "shapewright/runtime";
import { expectType } from "tsd";

type Image = { readonly image: Tensor<["batch", 784], "float32"> };
type Logits = Tensor<["batch", 10], "float32">;

// A model
const digits = model({ image: input(["batch", 784]) }, ({ image }) => {
  expectType<Tensor<["batch", 784], "float32">>(image);
  const h = dense(image, { units: 512, activation: relu });
  expectType<Tensor<["batch", 512], "float32">>(h);
  return dense(h, { units: 10 });
});
expectType<Model<Image, Logits>>(digits);
expectType<Logits>(digits.output);
const pair = model({ left: input(["batch", 3]), right: input(["batch", 4], "int32") }, ({ left, right }) =>
  concat([left, cast(right, "float32")], -1),
);
expectType<Tensor<["batch", 7], "float32">>(pair.output);
expectType<Tensor<["batch", 4], "int32">>(pair.inputs.right);

/** Of a program without metrics. */
type Nothing = { readonly [K in never]: number };

// A program: the loss says what targets there are
const optimizer = rmsprop({ learningRate: 1e-3 });
const metrics = [accuracy()];
const sparse = compile(digits, { optimizer, loss: sparseCategoricalCrossentropy({ fromLogits: true }), metrics });
expectType<Program<Image, Logits, Tensor<["batch"], "int32">, { readonly accuracy: number }, undefined>>(sparse);
expectType<Program<Image, Logits, Tensor<["batch"], "int32">, Nothing, undefined>>(
  compile(digits, { optimizer, loss: sparseCategoricalCrossentropy() }),
);
expectType<Logits>(compile(digits, { optimizer: adam(), loss: categoricalCrossentropy() }).targetInput);
expectType<Logits>(compile(digits, { optimizer, loss: binaryCrossentropy({ fromLogits: true }) }).targetInput);
expectType<Logits>(compile(digits, { optimizer: sgd({ learningRate: 1 }), loss: meanSquaredError() }).targetInput);
const tagger = model({ words: input(["batch", "time", 64]) }, ({ words }) => dense(words, { units: 17 }));
expectType<Tensor<["batch", "time"], "int32">>(
  compile(tagger, { optimizer, loss: sparseCategoricalCrossentropy() }).targetInput,
);
declare const recall: Metric<"recall", number>;
const both = compile(digits, { optimizer, loss: meanSquaredError(), metrics: [accuracy(), recall] });
expectType<Program<Image, Logits, Logits, { readonly accuracy: number; readonly recall: number }, undefined>>(both);

// A session
const session = await open(sparse);
expectType<Session<Image, Logits, Tensor<["batch"], "int32">, { readonly accuracy: number }, undefined>>(session);
const images = array(new Float32Array(2 * 784), [2, 784]);
const labels = new Int32Array(2);
expectType<History<{ readonly accuracy: number }>>(await session.fit({ image: images }, labels));

// Callbacks know what the program reports
expectType<Callback<any, "val_loss">>(earlyStopping());
expectType<Callback<any, "val_accuracy">>(earlyStopping({ monitor: "val_accuracy", patience: 3 }));
expectType<Callback<any, "loss">>(reduceLROnPlateau({ monitor: "loss" }));
expectType<Callback>(csvLogger("run.csv"));
await session.fit({ image: images }, labels, {
  callbacks: [
    earlyStopping({ monitor: "val_accuracy" }),
    modelCheckpoint("best.safetensors", { monitor: "accuracy", saveBestOnly: true }),
    jsonLogger("run.jsonl"),
    timeLimit(60),
    learningRateScheduler((epoch, rate) => rate / (epoch + 1)),
    {
      onEpochEnd({ reports, epoch }) {
        expectType<number>(reports.loss);
        expectType<number>(reports.accuracy);
        expectType<number | undefined>(reports.val_accuracy);
        expectType<number>(epoch);
      },
    },
  ],
});
expectType<History<{ readonly accuracy: number }>>(
  await session.fit({ image: images }, array(labels, [2]), { epochs: 5, validationData: [{ image: images }, labels] }),
);
await session.fit({ image: images }, labels, {
  verbose: 2,
  validationSplit: 0.2,
  validationFreq: [1, 3],
  validationBatchSize: 64,
  validationSteps: 2,
  stepsPerEpoch: 100,
});
expectType<Evaluation<{ readonly accuracy: number }>>(await session.evaluate({ image: images }, [1, 2]));
expectType<NdArray<[number, 10], "float32">>(await session.predict({ image: images }));

expectType<Profile>(await session.profile({ dims: { batch: 128 } }));

// Steps of a loop of one's own
type Measured = { readonly loss: number; readonly accuracy: number };
const batch = { inputs: { image: images }, target: labels };
expectType<Measured>(await session.trainStep(batch));
expectType<Measured>(await session.trainStep(batch, { batchSize: 1, terminateOnNaN: false }));
expectType<Measured>(await session.evaluateStep({ inputs: { image: images }, target: [1, 2] }));

// A loss that the model computes itself: no targets, and what else it returns is reported
const ownLoss = compileLoss(
  model({ x: input(["batch", 3]), y: input(["batch", 1]) }, ({ x, y }) => {
    const error = subtract(dense(x, { units: 1 }), y);
    return { loss: mean(square(error)), errors: sum(square(error), { axis: -1 }) };
  }),
  { optimizer, trainable: ["dense", digits] },
);
const alone = await open(ownLoss);
const xy = { x: [[1, 2, 3]], y: [[1]] };
type Errors = { readonly loss: number; readonly errors: number };
expectType<undefined>(ownLoss.targetInput);
expectType<Errors>(await alone.trainStep({ inputs: xy }));
expectType<Errors>(await alone.evaluate(xy, undefined));
expectType<History<{ readonly errors: number }>>(await alone.fit(xy, undefined, { validationData: [xy, undefined] }));
expectType<History<{ readonly errors: number }>>(await alone.fitBatches([{ inputs: xy }, { inputs: xy }]));
const plainly = await open(
  compileLoss(
    model({ x: input(["batch", 3]) }, ({ x }) => mean(x)),
    { optimizer },
  ),
);
expectType<{ readonly loss: number }>(await plainly.trainStep({ inputs: { x: [[1, 2, 3]] } }));

// Several programs over shared variables
const [trained, judgedAlone] = await openTogether([sparse, ownLoss], { backend: "reference" });
expectType<Session<Image, Logits, Tensor<["batch"], "int32">, { readonly accuracy: number }, undefined>>(trained);
expectType<Errors>(await judgedAlone.trainStep({ inputs: xy }));
const slopesOfDigits = compileFunction({ image: input(["batch", 784]) }, ({ image }) => {
  const loss = mean(digits.apply({ image }));
  return { loss, ...gradients(loss, { image }) };
});
const [again, slopesOf] = await openTogether([sparse, slopesOfDigits]);
expectType<typeof trained>(again);
type Slopes = { readonly loss: Tensor<[]>; readonly image: Tensor<["batch", 784]> };
expectType<FunctionProgram<{ readonly image: Tensor<["batch", 784]> }, Slopes>>(slopesOfDigits);
expectType<NdArray<[number, 784], "float32">>((await slopesOf({ image: images })).image);
expectType<Readonly<Record<string, Tensor<any>>>>(trainableVariables(digits));

// Batches as they come
async function* batches() {
  yield { inputs: { image: images }, target: labels };
}
expectType<History<{ readonly accuracy: number }>>(
  await session.fitBatches(batches, { epochs: 2, validationBatches: batches() }),
);
expectType<History<{ readonly accuracy: number }>>(
  await session.fitBatches((epoch) => [{ inputs: { image: images }, target: [epoch, 1] }], { batchSize: 1 }),
);
expectType<Evaluation<{ readonly accuracy: number }>>(await session.evaluateBatches(batches()));
for await (const output of session.predictBatches([{ image: images }]))
  expectType<NdArray<[number, 10], "float32">>(output);
expectType<number>(session.epochs);
expectType<NdArray>(session.getWeight("dense/kernel"));
expectType<void>(await session.setWeight("dense/bias", new Float32Array(10)));
expectType<readonly string[]>(session.weightNames);
expectType<"tensorflow" | "wasm" | "cpu" | "reference">(session.backend);
expectType<void>(session.dispose());

// Data of many kinds: what its type does not tell is left to the runtime
declare const rows: number[][];
declare const shape: number[];
declare const tfjsTensor: {
  shape: number[];
  dtype: string;
  rank: number;
  isDisposed: boolean;
  data(): Promise<Float32Array>;
};
expectType<NdArray<[number, 10], "float32">>(await session.predict({ image: rows }));
expectType<NdArray<[number, 10], "float32">>(await session.predict({ image: array(new Float32Array(9), shape) }));
expectType<NdArray<[number, 10], "float32">>(await session.predict({ image: tfjsTensor }));
const pairs = await open(compile(pair, { optimizer, loss: meanSquaredError() }));
const target = [[1, 2, 3, 4, 5, 6, 7]];
expectType<History<Nothing>>(await pairs.fit({ left: [[1, 2, 3]], right: [[1, 2, 3, 4]] }, target));
expectType<Evaluation<Nothing>>(
  await pairs.evaluate({ left: [[1, 2, 3]], right: array(new Uint8Array(4), [1, 4]) }, target),
);
expectType<NdArray<[number, 7], "float32">>(await pairs.predict({ left: [[1, 2, 3]], right: [[1, 2, 3, 4]] }));

// Plain mathematics
const slope = await openFunction({ x: input(["n"]) }, ({ x }) => gradients(sum(square(x)), { x }));
expectType<{ x: NdArray<[number], "float32"> }>(await slope({ x: [1, 2, 3] }));
const W = variable("W", [3, 2], zeros());
const several = await openFunction({ x: input(["n", 3], "int32") }, ({ x }) => ({
  sum: sum(x),
  mean: mean(cast(x, "float32"), { axis: 0 }),
  W,
}));
expectType<{
  readonly sum: NdArray<[], "int32">;
  readonly mean: NdArray<[3], "float32">;
  readonly W: NdArray<[3, 2], "float32">;
}>(await several({ x: [[1, 2, 3]] }));

// Bytes
const bytes = await openFunction({ x: input(["n"], "uint8") }, ({ x }) => ({ x, y: cast(x, "float32") }));
expectType<{ readonly x: NdArray<[number], "uint8">; readonly y: NdArray<[number], "float32"> }>(
  await bytes({ x: new Uint8Array(3) }),
);
expectType<Uint8Array>((await bytes({ x: new Uint8ClampedArray(3) })).x.data);
await bytes({ x: [0, 255] });
await bytes({ x: array(new Uint8Array(3), [3], "uint8") });
await bytes({ x: tfjsTensor });
expectType<Tensor<[6], "uint8">>(constant(array(new Uint8Array(6), [6], "uint8")));
expectType<Tensor<["batch", 784]>>(rescaling(input(["batch", 784], "uint8"), { scale: 1 / 255 }));
expectType<Tensor<["batch", 784], "uint8">>(reshape(input(["batch", 28, 28], "uint8"), ["batch", 784]));

// A model from its file has the types of what is known of it.
{
  const program = compile(digits, {
    optimizer: adam(),
    loss: sparseCategoricalCrossentropy({ fromLogits: true }),
    metrics: [accuracy()],
  });
  const known = await loadModel("digits.shapewright", { signature: program });
  expectType<typeof known>(await open(program));
  const written = await loadModel<typeof program>("digits.shapewright");
  expectType<typeof known>(written);
  expectType<NdArray<[number, 10], "float32">>(
    await written.predict({ image: array(new Float32Array(784), [1, 784]) }),
  );
  const like = await loadModel("digits.shapewright", { signature: digits });
  expectType<NdArray<[number, 10], "float32">>(await like.predict({ image: array(new Float32Array(784), [1, 784]) }));
  const byHand = await loadModel("digits.shapewright", {
    signature: {
      inputs: { image: input(["batch", 784]) },
      output: { kind: input(["batch", 10]), far: input([], "bool") },
    },
  });
  const { kind, far } = await byHand.predict({ image: array(new Float32Array(784), [1, 784]) });
  expectType<NdArray<[number, 10], "float32">>(kind);
  expectType<NdArray<[], "bool">>(far);
  const anything = await loadModel("digits.shapewright");
  expectType<Session<any, any, any, any, any>>(anything);
  await anything.predict({ whatever: new Float32Array(3) });
}

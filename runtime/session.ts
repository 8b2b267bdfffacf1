import type { Targets } from "../compiler/losses.js";
import type { Inputs, Program } from "../compiler/program.js";
import type { NdArray } from "../src/ir/array.js";
import { isTensor } from "../src/ir/node.js";
import type { Outputs } from "../src/model.js";
import type { BackendName, Executable } from "./backends/backend.js";
import type { Data } from "./data/data.js";
import type {
  CheckBatches,
  CheckInputs,
  CheckTargets,
  CheckWeights,
  DataByName,
  InputData,
  Prediction,
  TargetData,
  TargetsByName,
  WeightsOrNone,
} from "./data/model-data.js";
import { exportSavedModel } from "./exportSavedModel.js";
import type { History, ReportOf } from "./fit/history.js";
import { learningRateOf, setLearningRate } from "./fit/learning-rate.js";
import type { CallbackOptions, FitBatchesSettings, FitSettings } from "./fit/settings.js";
import type { BatchOf, Source } from "./fit/source.js";
import { Gate } from "./gate.js";
import type { About, SaveModelOptions } from "./model-file/about.js";
import type { Profile } from "./profile/profile.js";
import type { ProfileOptions } from "./profile/profileOptions.js";
import type {
  BatchOptions,
  StepOptions,
  TrainStepOptions,
  ValidationOptions,
  WeightOptions,
} from "./session-options.js";
import type { Before } from "./session-weights.js";
import { SessionWork } from "./session-work.js";
import type { LoadWeightsOptions } from "./weights/read-weights.js";

/** What `evaluate` gives: the loss, and what the metrics report. */
export type Evaluation<R> = { readonly [K in "loss" | (keyof R & string)]: ReportOf<R, K> };

/**
 * A compiled model with its weights, on a backend: what trains, evaluates and predicts. Made by `open`.
 *
 * One thing at a time may change the weights. While `fit` is under way, another `fit`, `evaluate`, `predict` and `setWeight` are
 * refused with SW_SESSION: await it first. Callbacks may `evaluate` and `predict`. `evaluate` and `predict` run beside one another; `setWeight` beside other calls of it
 * alone. What takes batches goes as what takes arrays does. `getWeight` and `exportSavedModel` take the weights as they are between two steps, at any time. `dispose` ends what is
 * under way: its promise is rejected with SW_SESSION.
 *
 * @typeParam I the model's inputs
 * @typeParam O its output, or outputs by name
 * @typeParam T the target, or targets by the outputs' names
 * @typeParam R what is reported besides the loss
 * @typeParam W the weights of samples, or weights by the outputs' names; undefined where there are none
 */
export class Session<I extends Inputs, O extends Outputs, T extends Targets, R = unknown, W = any> {
  readonly #gate: Gate;
  readonly #work: SessionWork;

  /** @internal */
  constructor(program: Program<I, O, T, R, W>, executable: Executable, before?: Before, gate = new Gate("session")) {
    this.#gate = gate;
    this.#work = new SessionWork(program, executable, before);
  }

  /** The backend that runs it. */
  get backend(): BackendName {
    return this.#work.executable.backend;
  }

  /**
   * Trains. Shapes and dtypes of all data are checked before anything is changed. Whether labels and indices are in range is known when a
   * step runs: one that finds them otherwise changes nothing, and the steps before it are taken.
   *
   * @param inputs data for every input, samples along the first axis
   * @param target what the loss compares the output with
   * @throws SW_DATA when data does not fit the model, naming the input and the sample; SW_DIVERGED when the loss becomes infinite or NaN
   * @example
   * const { history } = await session.fit({ image: trainX }, trainY, { epochs: 5, batchSize: 128 });
   */
  async fit<
    const X extends DataByName<keyof I & string>,
    const Y extends TargetsByName<T>,
    const S extends WeightsOrNone<W> = WeightsOrNone<W>,
    const HeldX extends DataByName<keyof I & string> = InputData<I>,
    const HeldY extends TargetsByName<T> = TargetData<T>,
    const HeldS extends WeightsOrNone<W> = WeightsOrNone<W>,
  >(
    inputs: X & CheckInputs<I, X>,
    target: Y & CheckTargets<T, Y>,
    options: FitSettings &
      CallbackOptions<R> &
      WeightOptions<S & CheckWeights<W, S>> &
      ValidationOptions<
        HeldX & CheckInputs<I, HeldX>,
        HeldY & CheckTargets<T, HeldY>,
        HeldS & CheckWeights<W, HeldS>
      > = {},
  ): Promise<History<R>> {
    return this.#gate.run("fit", "train", (disposed, pause) =>
      this.#work.fit({ inputs, target }, options, disposed, pause),
    ) as Promise<History<R>>;
  }

  /**
   * Trains on batches as they come: from an iterable, which may be asynchronous, or from a function that starts one for each
   * epoch. Each batch is checked as data given to `fit` is. Many batches are run in one call of the backend, as fast as there.
   *
   * An error of the source, or a batch that does not fit, ends training: all steps of the batches before it are taken. Where
   * training ends before the source does, its iterator's `return()` is called, and what that throws is thrown.
   *
   * @param source batches `{ inputs, target }` of any number of samples
   * @throws SW_DATA when a batch does not fit the model, with its number; SW_DIVERGED when the loss becomes infinite or NaN; what the
   * source throws
   * @example
   * async function* batches() {
   *   for (let part = 0; part < 10; part++) yield { inputs: { image: trainX }, target: trainY }; // read one after another
   * }
   * await session.fitBatches(batches, { epochs: 3 });
   */
  async fitBatches<
    const X extends InputData<I>,
    const Y extends TargetData<T>,
    const S extends WeightsOrNone<W> = WeightsOrNone<W>,
    const HeldX extends InputData<I> = InputData<I>,
    const HeldY extends TargetData<T> = TargetData<T>,
    const HeldS extends WeightsOrNone<W> = WeightsOrNone<W>,
  >(
    source: Source<BatchOf<T, X, Y, S>> & CheckBatches<CheckInputs<I, X>, CheckTargets<T, Y>, CheckWeights<W, S>>,
    options: FitBatchesSettings &
      CallbackOptions<R> &
      ValidationOptions<
        HeldX & CheckInputs<I, HeldX>,
        HeldY & CheckTargets<T, HeldY>,
        HeldS & CheckWeights<W, HeldS>
      > & {
        /** The same from a source. */
        readonly validationBatches?: Source<BatchOf<T, HeldX, HeldY, HeldS>> &
          CheckBatches<CheckInputs<I, HeldX>, CheckTargets<T, HeldY>, CheckWeights<W, HeldS>>;
      } = {},
  ): Promise<History<R>> {
    return this.#gate.run("fitBatches", "train", (disposed, pause) =>
      this.#work.fitBatches(source, options, disposed, pause),
    ) as Promise<History<R>>;
  }

  /**
   * The mean loss and metrics over samples, with the model as it is in prediction.
   *
   * @throws SW_DATA when data does not fit the model, naming the input and the sample
   * @example
   * const { loss, accuracy } = await session.evaluate({ image: testX }, testY);
   */
  async evaluate<
    const X extends DataByName<keyof I & string>,
    const Y extends TargetsByName<T>,
    const S extends WeightsOrNone<W> = WeightsOrNone<W>,
  >(
    inputs: X & CheckInputs<I, X>,
    target: Y & CheckTargets<T, Y>,
    options: BatchOptions & WeightOptions<S & CheckWeights<W, S>> = {},
  ): Promise<{ readonly [K in keyof Evaluation<R>]: Evaluation<R>[K] }> {
    return this.#gate.run("evaluate", "read", (disposed) =>
      this.#work.evaluate({ inputs, target }, options, disposed),
    ) as Promise<Evaluation<R>>;
  }

  /**
   * The same over batches as they come, each counted for as many samples as it has.
   *
   * @throws SW_DATA when a batch does not fit the model, with its number; what the source throws
   * @example
   * const { loss } = await session.evaluateBatches([{ inputs: { image: testX }, target: testY }]);
   */
  async evaluateBatches<
    const X extends InputData<I>,
    const Y extends TargetData<T>,
    const S extends WeightsOrNone<W> = WeightsOrNone<W>,
  >(
    source: Source<BatchOf<T, X, Y, S>> & CheckBatches<CheckInputs<I, X>, CheckTargets<T, Y>, CheckWeights<W, S>>,
    options: BatchOptions = {},
  ): Promise<{ readonly [K in keyof Evaluation<R>]: Evaluation<R>[K] }> {
    return this.#gate.run("evaluateBatches", "read", (disposed) =>
      this.#work.evaluateBatches(source, options, disposed),
    ) as Promise<Evaluation<R>>;
  }

  /**
   * The model's output for data.
   *
   * @throws SW_DATA when data does not fit the model
   * @example
   * const logits = await session.predict({ image: someX }); // NdArray<[number, 10], "float32">
   */
  async predict<const X extends DataByName<keyof I & string>>(
    inputs: X & CheckInputs<I, X>,
    options: BatchOptions = {},
  ): Promise<Prediction<O>> {
    return this.#prediction(
      await this.#gate.runBriefly("predict", "read", (disposed) => this.#work.predict(inputs, options, disposed)),
    );
  }

  /**
   * The same, at once: what a server calls that answers one request after another, since a promise takes longer than a small model. Nothing
   * else runs meanwhile, so for what takes long, call `predict`.
   *
   * @throws SW_DATA when data does not fit the model, or is a tfjs tensor, which has to be waited for
   * @example
   * const { data } = session.predictSync({ image: someX });
   */
  predictSync<const X extends DataByName<keyof I & string>>(
    inputs: X & CheckInputs<I, X>,
    options: BatchOptions = {},
  ): Prediction<O> {
    return this.#prediction(this.#gate.runNow("predictSync", "read", () => this.#work.predictSync(inputs, options)));
  }

  /**
   * The model's output for each batch of inputs that comes. A batch goes through the model as a whole.
   *
   * @throws SW_DATA when a batch does not fit the model, with its number; what the source throws
   * @example
   * for await (const logits of session.predictBatches([{ image: someX }, { image: testX }])) console.log(logits.shape);
   */
  async *predictBatches<const X extends InputData<I>>(
    source: Source<X> & CheckBatches<CheckInputs<I, X>>,
  ): AsyncGenerator<Prediction<O>, void, undefined> {
    for await (const outputs of this.#work.predictBatches(source, this.#gate)) yield this.#prediction(outputs);
  }

  /**
   * Takes one training step on a batch, in one call of the backend: what a loop of your own is made of. What optimizers and layers keep
   * goes on from step to step, and `fit` from there. Keras's `train_on_batch`.
   *
   * @param batch its inputs, its target, and weights where the program has them
   * @returns the loss and the metrics of this batch, from before the step
   * @throws SW_DATA when the batch does not fit the model; SW_DIVERGED when the loss becomes infinite or NaN
   * @example
   * for (let step = 0; step < 10; step++) {
   *   const { loss, accuracy } = await session.trainStep({ inputs: { image: trainX }, target: trainY });
   *   if (loss < 0.1) break;
   * }
   */
  async trainStep<
    const X extends DataByName<keyof I & string>,
    const Y extends TargetsByName<T>,
    const S extends WeightsOrNone<W> = WeightsOrNone<W>,
  >(
    batch: BatchOf<T, X & CheckInputs<I, X>, Y & CheckTargets<T, Y>, S & CheckWeights<W, S>>,
    options: TrainStepOptions = {},
  ): Promise<{ readonly [K in keyof Evaluation<R>]: Evaluation<R>[K] }> {
    return this.#gate.runBriefly("trainStep", "train", (disposed) =>
      this.#work.trainStep(batch, options, disposed),
    ) as Promise<Evaluation<R>>;
  }

  /**
   * The loss and the metrics of one batch, with the model as it is in prediction, in one call of the backend. Keras's `test_on_batch`.
   *
   * @throws SW_DATA when the batch does not fit the model
   * @example
   * const { loss } = await session.evaluateStep({ inputs: { image: testX }, target: testY });
   */
  async evaluateStep<
    const X extends DataByName<keyof I & string>,
    const Y extends TargetsByName<T>,
    const S extends WeightsOrNone<W> = WeightsOrNone<W>,
  >(
    batch: BatchOf<T, X & CheckInputs<I, X>, Y & CheckTargets<T, Y>, S & CheckWeights<W, S>>,
    options: StepOptions = {},
  ): Promise<{ readonly [K in keyof Evaluation<R>]: Evaluation<R>[K] }> {
    return this.#gate.runBriefly("evaluateStep", "read", (disposed) =>
      this.#work.evaluateStep(batch, options, disposed),
    ) as Promise<Evaluation<R>>;
  }

  /** How many epochs it has been trained for, over all calls of `fit`: the `initialEpoch` of the next. */
  get epochs(): number {
    return this.#work.weights.trained.epochs;
  }

  /**
   * The learning rate of the next step. Where the optimizer's is a number, it can be set, at any time: also while `fit` is under way, for the
   * steps that have not begun then. It is kept among the variables, as `optimizer/learningRate`. An optimizer's other settings are constants
   * of the compiled step; what follows from the rate, such as the decay of weights, changes with it.
   *
   * @throws SW_VALUE when a rate is set that is none, or where the optimizer's follows a schedule
   * @example
   * await session.fit({ image: trainX }, trainY);
   * session.learningRate /= 2;
   * await session.fit({ image: trainX }, trainY);
   */
  get learningRate(): number {
    this.#gate.checkOpen();
    return learningRateOf(this.#work.program.optimizer, this.#work.weights.scalars);
  }

  set learningRate(value: number) {
    this.#gate.checkOpen();
    setLearningRate(this.#work.program.optimizer, this.#work.weights.scalars, value);
  }

  /** The names of all variables: the model's, then the optimizer's. */
  get weightNames(): readonly string[] {
    return [...this.#work.program.variables.keys()];
  }

  /**
   * The value of a variable, as it is now.
   *
   * @throws SW_NAME when there is no such variable
   * @example
   * const kernel = session.getWeight("dense/kernel");
   */
  getWeight(name: string): NdArray {
    this.#gate.checkOpen();
    return this.#work.weights.getWeight(name);
  }

  /**
   * Sets a variable.
   *
   * @throws SW_NAME when there is no such variable, SW_DATA when the value does not have its shape and dtype
   * @example
   * await session.setWeight("dense/bias", new Float32Array(10));
   */
  async setWeight(name: string, value: Data): Promise<void> {
    return this.#gate.run("setWeight", "write", (disposed) => this.#work.weights.setWeight(name, value, disposed));
  }

  /**
   * Writes the model's weights as they are now, or their averages where evaluation takes those, as a safetensors file, by their names, whole or not at all. Python's `safetensors` reads it.
   *
   * @param file a path, such as `models/digits.safetensors`; its folders are made where they are not there
   * @throws SW_FILE when it cannot be written
   * @example
   * await session.saveWeights("models/digits.safetensors");
   */
  async saveWeights(file: string): Promise<void> {
    this.#gate.checkOpen();
    await this.#work.weights.save("saveWeights", "weights", file, this.#gate.disposed);
  }

  /**
   * Sets the model's weights to those of a safetensors file, by their names. What the optimizer keeps stays as it is. Weights of half
   * precision are widened, those of double precision rounded. Either all that are to be set are, or none is.
   *
   * @returns the names of the variables that were set
   * @throws SW_FILE when it cannot be read or holds other weights than the model, with the names and shapes that differ
   * @example
   * await session.saveWeights("models/digits.safetensors");
   * const loaded = await session.loadWeights("models/digits.safetensors", { skipMismatch: true });
   */
  async loadWeights(file: string, options: LoadWeightsOptions = {}): Promise<readonly string[]> {
    return this.#gate.run("loadWeights", "write", (disposed) =>
      this.#work.weights.loadWeights(file, options, disposed),
    );
  }

  /**
   * Writes all that training goes on with: the weights, what the optimizer and layers keep, random ones among them, and the number of
   * epochs, whole or not at all. Written between two epochs, another process that restores it takes the very steps that this one would.
   *
   * @throws SW_FILE when it cannot be written
   * @example
   * await session.saveCheckpoint("runs/digits.safetensors");
   */
  async saveCheckpoint(file: string): Promise<void> {
    this.#gate.checkOpen();
    await this.#work.weights.save("saveCheckpoint", "checkpoint", file, this.#gate.disposed);
  }

  /**
   * Goes back to where a checkpoint was written, of this program or of one that is compiled of the same model, with the same optimizer.
   * A file of `saveModel` is one, too, where it has the optimizer's state.
   *
   * @throws SW_FILE when it cannot be read, holds weights alone, or is of another program, with the names and shapes that differ
   * @example
   * await session.saveCheckpoint("runs/digits.safetensors");
   * await session.fit({ image: trainX }, trainY);
   * await session.restoreCheckpoint("runs/digits.safetensors"); // as if it had not been
   */
  async restoreCheckpoint(file: string): Promise<void> {
    return this.#gate.run("restoreCheckpoint", "train", (disposed) =>
      this.#work.weights.restoreCheckpoint(file, disposed),
    );
  }

  /**
   * Writes the model as it is now to one file, whole or not at all: what it computes, its weights, what training goes on with, and what is said
   * of it. `loadModel` opens it without the source code. It is a safetensors file, from which `loadWeights` takes weights, too.
   *
   * @throws SW_FILE when it cannot be written; SW_VALUE when the metadata or the preprocessing are none that JSON can hold
   * @example
   * await session.saveModel("models/digits.shapewright", { metadata: { name: "digits" } });
   */
  async saveModel(file: string, options: SaveModelOptions = {}): Promise<void> {
    this.#gate.checkOpen();
    await this.#work.weights.saveModel(file, options, this.#gate.disposed);
  }

  /**
   * Measures where a training step's time and memory go on native TensorFlow, by layer and by kernel, as TensorFlow's own logs tell it.
   * The step is taken in two other processes, which load the session's program and variables as they are now: one tells time, one memory.
   * They compute on numbers that stand for data. This session's variables stay as they are.
   *
   * Times are microseconds. To write a kernel down takes a few of them, which are in its time. Memory is bytes: what kernels asked the
   * allocator for; variables are not in it.
   *
   * @throws SW_BACKEND where the session runs on another backend, or TensorFlow's log is none that is known
   * @example
   * const { layers, peak } = await session.profile({ dims: { batch: 128 } });
   * for (const { name, microseconds, bytesAtPeak } of layers) console.log(name, microseconds, bytesAtPeak);
   */
  async profile(options: ProfileOptions = {}): Promise<Profile> {
    return this.#gate.run("profile", "read", (disposed) => this.#work.profile(options, disposed));
  }

  /** What `saveModel` was told of a model that was loaded; nothing of one that was compiled here. */
  get metadata(): About["metadata"] {
    return this.#work.weights.about.metadata;
  }

  /** The steps that data goes through before the model, as `saveModel` was given them. */
  get preprocessing(): About["preprocessing"] {
    return this.#work.weights.about.preprocessing;
  }

  /**
   * Writes the model with its weights as they are now as a SavedModel for prediction, on every backend. TensorFlow in Python
   * (`tf.saved_model.load`), TensorFlow Serving and tfjs-node (`tf.node.loadSavedModel`) load it. Its signature
   * `serving_default` takes the model's inputs by their names and gives `output`, or the outputs by theirs. TensorFlow Serving asks for a folder
   * whose name is the model's version: `models/digits/1`.
   *
   * @param folder where it is written: made where it is not there, and a SavedModel in it that is one file is replaced, in one step
   * @throws SW_FILE when it cannot be written or holds anything else; SW_VALUE when the weights take 2 GiB or more
   * @example
   * await session.exportSavedModel("models/digits/1");
   */
  async exportSavedModel(folder: string): Promise<void> {
    this.#gate.checkOpen();
    await exportSavedModel(this.#work.program, folder, (names) => {
      this.#gate.checkOpen();
      return this.#work.executable.getVariables(names);
    });
  }

  /** Frees what the session holds. It cannot be used after that; a second call does nothing. */
  dispose(): void {
    if (this.#gate.dispose()) this.#work.executable.dispose();
  }

  /** `using session = await open(program)` disposes of it where its block ends. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  #prediction(outputs: Readonly<Record<string, NdArray>>): Prediction<O> {
    return (isTensor(this.#work.program.model.output) ? outputs.output : outputs) as Prediction<O>;
  }
}

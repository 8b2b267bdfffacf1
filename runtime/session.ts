import type { Targets } from "../compiler/losses.js";
import type { Inputs, Program } from "../compiler/program.js";
import type { NdArray } from "../src/ir/array.js";
import { ShapewrightError } from "../src/ir/errors.js";
import { inWords } from "../src/ir/inWords.js";
import { isTensor } from "../src/ir/node.js";
import { checkOption, checkOptions, required } from "../src/ir/options.js";
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
import { checkInputs, type Given } from "./data/samples.js";
import { toArray } from "./data/toArray.js";
import { exportSavedModel } from "./exportSavedModel.js";
import { type Ordered, samplesFeeds, sourceFeed } from "./fit/checked-feeds.js";
import { evaluate } from "./fit/evaluate.js";
import { inSequence, shuffledBy } from "./fit/feed.js";
import {
  type FitBatchesSettings,
  type FitSettings,
  fit,
  fitBatchesRules,
  fitRules,
  type History,
  type ReportOf,
  type Trained,
} from "./fit/fit.js";
import { Interrupt } from "./fit/interrupt.js";
import { type KeptScalars, learningRateOf, setLearningRate } from "./fit/learning-rate.js";
import { predict } from "./fit/predict.js";
import { type Batch, checkedBatches, type Source, sourceRule } from "./fit/source.js";
import { Gate } from "./gate.js";
import {
  type BatchOptions,
  batchRules,
  evaluateRules,
  type ValidationOptions,
  type WeightOptions,
} from "./session-options.js";

/** What `evaluate` gives: the loss, and what the metrics report. */
export type Evaluation<R> = { readonly [K in "loss" | (keyof R & string)]: ReportOf<R, K> };

/**
 * A compiled model with its weights, on a backend: what trains, evaluates and predicts. Made by `open`.
 *
 * One thing at a time may change the weights. While `fit` is under way, another `fit`, `evaluate`, `predict` and `setWeight` are
 * refused with SW_SESSION: await it first. `evaluate` and `predict` run beside one another; `setWeight` beside other calls of it
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
  readonly #program: Program;
  readonly #executable: Executable;
  readonly #gate = new Gate("session");
  readonly #trained: Trained = { epochs: 0 };

  /** @internal */
  constructor(program: Program<I, O, T, R, W>, executable: Executable) {
    this.#program = program;
    this.#executable = executable;
  }

  /** The backend that runs it. */
  get backend(): BackendName {
    return this.#executable.backend;
  }

  /**
   * Trains. All data is checked before anything is changed.
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
      WeightOptions<S & CheckWeights<W, S>> &
      ValidationOptions<
        HeldX & CheckInputs<I, HeldX>,
        HeldY & CheckTargets<T, HeldY>,
        HeldS & CheckWeights<W, HeldS>
      > = {},
  ): Promise<History<R>> {
    return this.#gate.run("fit", "train", async (disposed) => {
      checkOptions("fit", options, fitRules);
      const { batchSize = 32, shuffle = true, seed = 0, validationData, sampleWeight } = options;
      const executable = this.#executable;
      const order = shuffle ? shuffledBy(seed) : inSequence;
      const given = [{ inputs, target, sampleWeight, order }, ...heldOut(validationData)];
      const [train, validation] = await samplesFeeds(this.#program, executable, given, batchSize, disposed);
      try {
        return (await fit(
          this.#program,
          executable,
          { train: train!, validation },
          options,
          this.#trained,
          disposed,
        )) as History<R>;
      } finally {
        train!.dispose();
        validation?.dispose();
      }
    });
  }

  /**
   * Trains on batches as they come: from an iterable, which may be asynchronous, or from a function that starts one for each
   * epoch. Each batch is checked as data given to `fit` is. Many batches are run in one call of the backend, as fast as there.
   *
   * An error of the source, or a batch that does not fit, ends training: all steps of the batches before it are taken. Where
   * training ends before the source does, its iterator's `return()` is called.
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
    source: Source<Batch<X, Y, S>> & CheckBatches<CheckInputs<I, X>, CheckTargets<T, Y>, CheckWeights<W, S>>,
    options: FitBatchesSettings &
      ValidationOptions<
        HeldX & CheckInputs<I, HeldX>,
        HeldY & CheckTargets<T, HeldY>,
        HeldS & CheckWeights<W, HeldS>
      > & {
        /** The same from a source. */
        readonly validationBatches?: Source<Batch<HeldX, HeldY, HeldS>> &
          CheckBatches<CheckInputs<I, HeldX>, CheckTargets<T, HeldY>, CheckWeights<W, HeldS>>;
      } = {},
  ): Promise<History<R>> {
    return this.#gate.run("fitBatches", "train", async (disposed) => {
      checkOptions("fitBatches", options, fitBatchesRules);
      const { batchSize, epochs = 1, validationData, validationBatches } = options;
      const train = sourceFeed("fitBatches", this.#program, source, batchSize, epochs);
      const held = validationBatches && sourceFeed("fitBatches", this.#program, validationBatches, batchSize, epochs);
      const [all] = await samplesFeeds(
        this.#program,
        this.#executable,
        heldOut(validationData),
        batchSize ?? 32,
        disposed,
      );
      try {
        const feeds = { train, validation: held ?? all };
        return (await fit(this.#program, this.#executable, feeds, options, this.#trained, disposed)) as History<R>;
      } finally {
        all?.dispose();
      }
    });
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
  ): Promise<Evaluation<R>> {
    return this.#gate.run("evaluate", "read", async (disposed) => {
      checkOptions<object>("evaluate", options, evaluateRules);
      const { batchSize = 32, sampleWeight } = options;
      const given = [{ inputs, target, sampleWeight, order: inSequence }];
      const [feed] = await samplesFeeds(this.#program, this.#executable, given, batchSize, disposed);
      try {
        return (await evaluate(this.#program, this.#executable, feed!, disposed)) as Evaluation<R>;
      } finally {
        feed!.dispose();
      }
    });
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
    source: Source<Batch<X, Y, S>> & CheckBatches<CheckInputs<I, X>, CheckTargets<T, Y>, CheckWeights<W, S>>,
    options: BatchOptions = {},
  ): Promise<Evaluation<R>> {
    return this.#gate.run("evaluateBatches", "read", async (disposed) => {
      checkOptions("evaluateBatches", options, batchRules);
      const feed = sourceFeed("evaluateBatches", this.#program, source, options.batchSize, 1);
      return (await evaluate(this.#program, this.#executable, feed, disposed)) as Evaluation<R>;
    });
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
    return this.#gate.run("predict", "read", async (disposed) => {
      checkOptions("predict", options, batchRules);
      const arrays = await checkInputs(this.#program.model.inputs, inputs);
      disposed.throwIfAborted();
      return this.#prediction(await predict(this.#executable, arrays, options.batchSize ?? 32, disposed));
    });
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
    checkOption("predictBatches", "source", source, required(sourceRule));
    const run = (inputs: unknown) =>
      this.#gate.run("predictBatches", "read", async (disposed) => {
        const arrays = await checkInputs(this.#program.model.inputs, inputs);
        disposed.throwIfAborted();
        return this.#prediction(await predict(this.#executable, arrays, Infinity, disposed));
      });
    yield* checkedBatches("predictBatches", source, 0, new Interrupt(this.#gate.disposed), run);
  }

  /** How many epochs it has been trained for, over all calls of `fit`: the `initialEpoch` of the next. */
  get epochs(): number {
    return this.#trained.epochs;
  }

  /**
   * The learning rate of the next step. It can be set where the optimizer has an `adjustable` one, at any time: also while `fit` is under
   * way, for the steps that have not begun then. It is kept among the variables, as `optimizer/learningRate`.
   *
   * @throws SW_VALUE when a rate is set that is none, or where the optimizer's is a plain number, which is a constant of the compiled step,
   * or follows another schedule
   * @example
   * await session.fit({ image: trainX }, trainY);
   * session.learningRate /= 2;
   * await session.fit({ image: trainX }, trainY);
   */
  get learningRate(): number {
    this.#gate.checkOpen();
    return learningRateOf(this.#program.optimizer, this.#scalars);
  }

  set learningRate(value: number) {
    this.#gate.checkOpen();
    setLearningRate(this.#program.optimizer, this.#scalars, value);
  }

  /** The names of all variables: the model's, then the optimizer's. */
  get weightNames(): readonly string[] {
    return [...this.#program.variables.keys()];
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
    this.#variable(name);
    return this.#executable.getVariables([name]).get(name)!;
  }

  /**
   * Sets a variable.
   *
   * @throws SW_NAME when there is no such variable, SW_DATA when the value does not have its shape and dtype
   * @example
   * await session.setWeight("dense/bias", new Float32Array(10));
   */
  async setWeight(name: string, value: Data): Promise<void> {
    return this.#gate.run("setWeight", "write", async (disposed) => {
      const array = await toArray(name, value, this.#variable(name));
      disposed.throwIfAborted();
      this.#executable.setVariables(new Map([[name, array]]));
    });
  }

  /**
   * Writes the model with its weights as they are now as a SavedModel for prediction, on every backend. TensorFlow in Python
   * (`tf.saved_model.load`), TensorFlow Serving and tfjs-node (`tf.node.loadSavedModel`) load it. Its signature
   * `serving_default` takes the model's inputs by their names and gives `output`, or the outputs by theirs. TensorFlow Serving asks for a folder
   * whose name is the model's version: `models/digits/1`.
   *
   * @param folder is made where it is not there; a SavedModel in it that is one file is replaced, in one step
   * @throws SW_FILE when it cannot be written or holds anything else; SW_VALUE when the weights take 2 GiB or more
   * @example
   * await session.exportSavedModel("models/digits/1");
   */
  async exportSavedModel(folder: string): Promise<void> {
    this.#gate.checkOpen();
    await exportSavedModel(this.#program, folder, (names) => {
      this.#gate.checkOpen();
      return this.#executable.getVariables(names);
    });
  }

  /** Frees what the session holds. It cannot be used after that; a second call does nothing. */
  dispose(): void {
    if (this.#gate.dispose()) this.#executable.dispose();
  }

  #prediction(outputs: Readonly<Record<string, NdArray>>): Prediction<O> {
    return (isTensor(this.#program.model.output) ? outputs.output : outputs) as Prediction<O>;
  }

  get #scalars(): KeptScalars {
    return {
      read: (name) =>
        this.#program.variables.has(name) ? this.#executable.getVariables([name]).get(name)!.data[0]! : 0,
      write: (name, value) => this.#executable.setVariables(new Map([[name, value]])),
    };
  }

  #variable(name: string) {
    const variable = this.#program.variables.get(name);
    if (variable) return variable;
    const message = `no variable is named ${inWords(name)}; there are ${this.weightNames.map((n) => `"${n}"`).join(", ")}`;
    throw new ShapewrightError("SW_NAME", message);
  }
}

/** What is not trained on, in the order it is given in. */
function heldOut(
  data: readonly [inputs: Given["inputs"], target: unknown, sampleWeight?: unknown] | undefined,
): Ordered[] {
  if (!data) return [];
  const [inputs, target, sampleWeight] = data;
  return [{ inputs, target, sampleWeight, order: inSequence }];
}

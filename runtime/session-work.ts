import type { Computation, Program } from "../compiler/program.js";
import type { NdArray } from "../src/ir/array.js";
import { ShapewrightError } from "../src/ir/errors.js";
import { lent } from "../src/ir/handed-over.js";
import { checkOption, checkOptions, required } from "../src/ir/options.js";
import type { BatchGraph, Executable } from "./backends/backend.js";
import { backupIn } from "./backupIn.js";
import { thenClosed } from "./data/iterables.js";
import { checkBatch, checkInputs, type Given, type Samples } from "./data/samples.js";
import { refused } from "./data/toArray.js";
import { callOf } from "./fit/call.js";
import { checkStepsConverging } from "./fit/checkConverging.js";
import { samplesFeeds, sourceFeed, sourceStream } from "./fit/checked-feeds.js";
import { evaluate } from "./fit/evaluate.js";
import type { Feed, SamplesPlan } from "./fit/feed.js";
import { fit } from "./fit/fit.js";
import type { History } from "./fit/history.js";
import { Interrupt } from "./fit/interrupt.js";
import { type Locating, locating } from "./fit/locating.js";
import { fitPlans, validationPlan } from "./fit/plans.js";
import { predict, predictSync } from "./fit/predict.js";
import { runBatch } from "./fit/runBatch.js";
import {
  type CallbackOptions,
  checkValidation,
  type EpochSettings,
  epochsOf,
  type FitBatchesSettings,
  type FitSettings,
  fitBatchesRules,
  fitRules,
} from "./fit/settings.js";
import { checkedBatches, isEpochs, type Source, sourceRule } from "./fit/source.js";
import type { Reports, Totals } from "./fit/totals.js";
import { type Inspected, inspected } from "./fit/watch/inspected.js";
import type { Watching } from "./fit/watch/watching.js";
import type { WatchOptions } from "./fit/watch/watchOptions.js";
import { type WeightsLook, weightsLook } from "./fit/weightsLook.js";
import type { Gate, Pause, Stop } from "./gate.js";
import { loadWith } from "./load.js";
import type { Profile } from "./profile/profile.js";
import type { ProfileOptions } from "./profile/profileOptions.js";
import {
  type BatchOptions,
  batchRules,
  evaluateRules,
  type StepOptions,
  type TrainStepOptions,
  trainStepRules,
  type ValidationOptions,
  type WeightOptions,
} from "./session-options.js";
import { type Before, SessionWeights } from "./session-weights.js";
import type { Signal } from "./signal.js";
import { trainingHands } from "./training-hands.js";

type Outputs = Record<string, NdArray>;
/** What training is run on, and what it is of that, where it is. */
interface TrainingExecutables {
  readonly executable: Executable;
  readonly located: Locating | undefined;
  readonly inspected: Inspected | undefined;
}

/** What `validationData` may be. */
type HeldOut = ValidationOptions<Given["inputs"], unknown>["validationData"];

/** What the methods of a session do, whatever the types say of data. Each looks at its options first, and at its signal after it has waited. */
export class SessionWork {
  readonly weights: SessionWeights;
  /** Stands for the session, to callbacks. */
  readonly key: object = Object.freeze({});
  readonly #look: WeightsLook;

  constructor(
    readonly program: Program,
    readonly executable: Executable,
    before?: Before,
  ) {
    this.weights = new SessionWeights(program, executable, before);
    this.#look = weightsLook(program, executable);
  }

  async fit(
    { inputs, target }: Given,
    options: FitSettings & CallbackOptions & WeightOptions & ValidationOptions<unknown, unknown>,
    disposed: Signal,
    pause: Pause,
  ): Promise<History> {
    checkOptions("fit", options, fitRules);
    checkValidation("fit", options, ["validationData", "validationSplit"]);
    const { sampleWeight, validationData } = options;
    const given = [{ inputs, target, sampleWeight }, ...heldOut(validationData)];
    const training = this.#training(options);
    return this.#onSamples(training.executable, given, fitPlans(options), disposed, ([train, validation]) =>
      this.#train("fit", { train: train!, validation }, options, disposed, pause, training),
    );
  }

  async fitBatches(
    source: Source<unknown>,
    options: FitBatchesSettings &
      CallbackOptions &
      ValidationOptions<unknown, unknown> & { readonly validationBatches?: Source<unknown> },
    disposed: Signal,
    pause: Pause,
  ): Promise<History> {
    const op = "fitBatches";
    checkOptions(op, options, fitBatchesRules);
    checkValidation(op, options, ["validationData", "validationBatches"]);
    const { batchSize, stepsPerEpoch, validationData, validationBatches, validationSteps } = options;
    const { callbacks = [], signal, watch } = options;
    const isStoppable =
      signal !== undefined || Boolean(watch) || callbacks.some((one) => one?.onProgress ?? one?.onTrainBatchEnd);
    const epochs = epochsOf(options);
    const train =
      stepsPerEpoch === undefined
        ? sourceFeed(op, this.program, source, epochs, { batchSize, stepsOption: "stepsPerEpoch", isStoppable })
        : sourceStream(op, this.program, source, stepsPerEpoch, batchSize);
    const stepsOption = "validationSteps";
    const settings = {
      batchSize: options.validationBatchSize ?? batchSize,
      steps: validationSteps,
      stepsOption,
    } as const;
    const held = validationBatches && sourceFeed(op, this.program, validationBatches, epochs, settings);
    const plans = ([all]: readonly Samples[]) => (all ? [validationPlan(all, options)] : []);
    const training = this.#training(options);
    return this.#onSamples(training.executable, heldOut(validationData), plans, disposed, ([all]) => {
      const described = isEpochs(source) ? { ...options, source: source.description } : options;
      const run = () => this.#train(op, { train, validation: held ?? all }, described, disposed, pause, training);
      return thenClosed(run, () => train.dispose());
    });
  }

  async evaluate({ inputs, target }: Given, options: BatchOptions & WeightOptions, disposed: Signal): Promise<Reports> {
    checkOptions<object>("evaluate", options, evaluateRules);
    const { sampleWeight } = options;
    const plans = ([samples]: readonly Samples[]) => [validationPlan(samples!, options)];
    return this.#onSamples(this.executable, [{ inputs, target, sampleWeight }], plans, disposed, ([feed]) =>
      evaluate(this.program, this.executable, feed!, disposed),
    );
  }

  async evaluateBatches(source: Source<unknown>, options: BatchOptions, disposed: Signal): Promise<Reports> {
    checkOptions("evaluateBatches", options, batchRules);
    const feed = sourceFeed("evaluateBatches", this.program, source, 1, options);
    return evaluate(this.program, this.executable, feed, disposed);
  }

  async predict(inputs: unknown, options: BatchOptions, disposed: Stop): Promise<Outputs> {
    checkOptions("predict", options, batchRules);
    this.#checkPredicts("predict");
    return this.#predict(inputs, options.batchSize ?? 32, disposed);
  }

  predictSync(inputs: unknown, options: BatchOptions): Outputs {
    checkOptions("predictSync", options, batchRules);
    this.#checkPredicts("predictSync");
    const arrays = checkInputs(this.program.model.inputs, inputs);
    if (arrays instanceof Promise) {
      arrays.catch(() => {});
      throw refused("predictSync: a tfjs tensor has to be waited for; call predict, or give what its data() gives");
    }
    return predictSync(this.executable, arrays, options.batchSize ?? 32);
  }

  predictBatches(source: Source<unknown>, gate: Gate): AsyncGenerator<Outputs, void, undefined> {
    this.#checkPredicts("predictBatches");
    checkOption("predictBatches", "source", source, required(sourceRule));
    const run = (inputs: unknown) =>
      gate.run("predictBatches", "read", (disposed) => this.#predict(inputs, Infinity, disposed));
    return checkedBatches("predictBatches", source, 0, new Interrupt(gate.disposed), run);
  }

  async trainStep(batch: unknown, options: TrainStepOptions, disposed: Stop): Promise<Reports> {
    checkOptions("trainStep", options, trainStepRules);
    const { terminateOnNaN = true } = options;
    const located = terminateOnNaN === "locate" ? locating(this.program, this.executable) : undefined;
    const { reports, steps } = await this.#step("train", batch, options, disposed, located);
    if (terminateOnNaN) checkStepsConverging("trainStep", reports.loss as number, steps, located?.found());
    return reports;
  }

  async evaluateStep(batch: unknown, options: StepOptions, disposed: Stop): Promise<Reports> {
    checkOptions("evaluateStep", options, batchRules);
    return (await this.#step("evaluate", batch, options, disposed)).reports;
  }

  async profile(options: ProfileOptions, disposed: Signal): Promise<Profile> {
    const { profileProgram } = await import("./profile/profileProgram.js");
    const save = (file: string) => this.weights.saveModel(file, {}, disposed);
    return profileProgram(this.program, this.executable.backend, options, save, disposed);
  }

  async #train(
    op: string,
    feeds: { readonly train: Feed; readonly validation: Feed | undefined },
    options: EpochSettings & CallbackOptions,
    disposed: Signal,
    pause: Pause,
    { executable, located, inspected }: TrainingExecutables,
  ): Promise<History> {
    const { program, weights } = this;
    const { trained } = weights;
    const hands = trainingHands(this, disposed);
    const { samples, hash: rows } = feeds.train;
    const call = () => callOf(op, program, options, { samples, rows, validation: feeds.validation?.hash });
    const backup = options.backup === undefined ? undefined : backupIn(op, options.backup, call(), weights, disposed);
    const watching = inspected && (await this.#watching(op, options, inspected, disposed));
    try {
      const task = {
        op,
        program,
        executable,
        feeds,
        settings: options,
        trained,
        // Where who made a number that is none is looked for, each step is.
        look: (options.terminateOnNaN ?? true) === true ? this.#look : undefined,
        hands,
        pause,
        backup,
        disposed,
        watching,
      };
      const history = await fit({ ...task, ...(located && { located: located.found }) });
      watching?.end(history.stopped === undefined ? "done" : "stopped", history.stopped ?? "Done");
      return history;
    } catch (error) {
      watching?.end("failed", error instanceof Error ? error.message : String(error));
      throw error;
    } finally {
      await watching?.close();
      backup?.release();
    }
  }

  /** What lets training be watched, where that is asked. */
  async #watching(
    op: string,
    options: EpochSettings & { readonly batchSize?: number },
    executable: Inspected,
    disposed: Signal,
  ): Promise<Watching> {
    const { batchSize = op === "fit" ? 32 : undefined, initialEpoch: before = this.weights.trained.epochs } = options;
    const save = (file: string) => this.weights.save("saveCheckpoint", "checkpoint", file, disposed);
    const { watching } = await import("./fit/watch/watching.js");
    const { backend } = this.executable;
    const load = (computation: Computation) => loadWith(computation, { backend }, () => {});
    const watched = { op, program: this.program, backend, batchSize, before, save, steps: { executable, load } };
    const found = await watching(options.watch as true | WatchOptions, watched);
    if (disposed.aborted) await found.close();
    disposed.throwIfAborted();
    return found;
  }

  /** What trains: beside the executable itself what looks at its steps where it is watched, and where it is asked who makes numbers that are none. */
  #training({ terminateOnNaN, watch = false }: EpochSettings): TrainingExecutables {
    const seen = watch === false ? undefined : inspected(this.executable);
    const located = terminateOnNaN === "locate" ? locating(this.program, seen ?? this.executable) : undefined;
    return { executable: located ?? seen ?? this.executable, located, inspected: seen };
  }

  /** Runs something on samples, which are freed when it ends. */
  async #onSamples<R>(
    executable: Executable,
    given: readonly Given[],
    plans: (checked: readonly Samples[]) => readonly SamplesPlan[],
    disposed: Signal,
    run: (feeds: readonly Feed[]) => Promise<R>,
  ): Promise<R> {
    const feeds = await samplesFeeds(this.program, executable, given, plans, disposed);
    try {
      return await run(feeds);
    } finally {
      for (const feed of feeds) await feed.dispose();
    }
  }

  async #step(
    graph: BatchGraph,
    batch: unknown,
    { batchSize }: StepOptions,
    disposed: Stop,
    located?: Locating,
  ): Promise<Totals> {
    const executable: Executable = located ?? this.executable;
    const samples = executable.copiesFeeds ? this.#borrowed(batch) : await checkBatch(this.program, batch);
    const checked = samples instanceof Promise ? await samples : samples;
    disposed.throwIfAborted();
    const totals = await runBatch(this.program, executable, graph, checked, batchSize, located?.found);
    disposed.throwIfAborted();
    return totals;
  }

  /** A checked batch in the caller's own memory, where that can be used at once: to copy it would cost some per cent of a step. */
  #borrowed(batch: unknown): Samples | Promise<Samples> {
    const samples = lent(() => checkBatch(this.program, batch));
    if (!(samples instanceof Promise)) return samples;
    // Before a tfjs tensor is there, the caller may change the rest.
    samples.catch(() => {});
    return checkBatch(this.program, batch);
  }

  async #predict(inputs: unknown, batchSize: number, disposed: Stop): Promise<Outputs> {
    const arrays = await checkInputs(this.program.model.inputs, inputs);
    disposed.throwIfAborted();
    return predict(this.executable, arrays, batchSize, disposed);
  }

  #checkPredicts(op: string): void {
    if (this.program.judged.length > 0) return;
    const message = `${op}: a model that computes its loss itself predicts nothing; evaluate it, or open a function of the model within it`;
    throw new ShapewrightError("SW_VALUE", message, op);
  }
}

/** What is not trained on. */
function heldOut(data: HeldOut): Given[] {
  if (!data) return [];
  const [inputs, target, sampleWeight] = data;
  return [{ inputs, target, sampleWeight }];
}

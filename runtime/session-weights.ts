import type { Program } from "../compiler/program.js";
import type { NdArray } from "../src/ir/array.js";
import { ShapewrightError } from "../src/ir/errors.js";
import { inWords } from "../src/ir/inWords.js";
import { listNames } from "../src/ir/nearest.js";
import { isOptimizerState, optimizerState } from "../src/optimizerState.js";
import type { Executable } from "./backends/backend.js";
import { refused, toArray } from "./data/toArray.js";
import type { Trained } from "./fit/backup.js";
import type { KeptScalars } from "./fit/learning-rate.js";
import { checkWeightsPath } from "./host/filesFor.js";
import { type About, aboutOf, nothingSaid, type SaveModelOptions } from "./model-file/about.js";
import type { Signal } from "./signal.js";
import { type LoadWeightsOptions, readCheckpoint, readWeights } from "./weights/read-weights.js";
import { type Kind, writeWeights } from "./weights/weight-files.js";

/** What a session begins with that is a loaded model's. */
export interface Before {
  readonly epochs: number;
  readonly about: About;
  /** Whether the optimizer's state came with it. */
  readonly keptOptimizer?: boolean;
}

/** What a session keeps: its variables, how long they were trained, and what is said of its model. They are read, set, saved and loaded here. */
export class SessionWeights {
  readonly trained: Trained;
  readonly about: About;
  /** Whether the optimizer's state was set otherwise than by steps. */
  #isOptimizerSet: boolean;

  constructor(
    readonly program: Program,
    readonly executable: Executable,
    { epochs, about, keptOptimizer = false }: Before = { epochs: 0, about: nothingSaid },
  ) {
    this.#isOptimizerSet = keptOptimizer;
    this.trained = { epochs };
    this.about = about;
  }

  getWeight(name: string): NdArray {
    this.#variable(name);
    return this.executable.getVariables([name]).get(name)!;
  }

  async setWeight(name: string, value: unknown, disposed: Signal): Promise<void> {
    const array = await toArray(name, value, this.#variable(name));
    disposed.throwIfAborted();
    this.#set(new Map([[name, array]]));
  }

  /** Writes the model's variables, and for a checkpoint the optimizer's. */
  async save(op: string, kind: Kind, path: string, disposed: Signal): Promise<void> {
    checkWeightsPath(op, path);
    disposed.throwIfAborted();
    const { epochs } = this.trained;
    // Before anything is awaited: the weights are those of this moment.
    const tensors =
      kind === "weights" ? this.#asEvaluated() : this.executable.getVariables([...this.program.variables.keys()]);
    await writeWeights(op, path, { kind, tensors, epochs });
  }

  /** Writes the program, with all variables or those of the model. */
  async saveModel(path: string, options: SaveModelOptions, disposed: Signal): Promise<void> {
    checkWeightsPath("saveModel", path);
    const about = aboutOf(options, this.about);
    disposed.throwIfAborted();
    // What an optimizer begins with need not be kept: of adam's, it is twice the weights.
    const keepsOptimizer = options.optimizer !== false && (this.#hasTakenSteps || this.#isOptimizerSet);
    const { program, trained } = this;
    const tensors = keepsOptimizer ? this.executable.getVariables([...program.variables.keys()]) : this.#asEvaluated();
    const { epochs } = trained;
    const { writeModel } = await import("./model-file/writeModel.js");
    await writeModel("saveModel", path, { program, tensors, keepsOptimizer, epochs, about });
  }

  async loadWeights(path: string, options: LoadWeightsOptions, disposed: Signal): Promise<readonly string[]> {
    const values = await readWeights(path, this.program.variables, options);
    disposed.throwIfAborted();
    const { evaluatedAs } = this.program;
    const standIns = [...values].flatMap(([name, value]) => {
      const standIn = evaluatedAs.get(name);
      return standIn === undefined ? [] : ([[standIn, value]] as const);
    });
    this.executable.setVariables(new Map([...values, ...standIns]));
    return [...values.keys()];
  }

  async restoreCheckpoint(path: string, disposed: Signal): Promise<void> {
    const { values, epochs } = await readCheckpoint("restoreCheckpoint", path, this.program.variables);
    disposed.throwIfAborted();
    this.#set(values);
    this.trained.epochs = epochs;
  }

  /** Sets several variables, all or none. */
  async setWeights(values: unknown, disposed: Signal): Promise<void> {
    if (!(values instanceof Map)) throw refused(`setWeights: takes a Map of values by names, got ${inWords(values)}`);
    const arrays = new Map<string, NdArray>();
    for (const [name, value] of values) arrays.set(name, await toArray(name, value, this.#variable(name)));
    disposed.throwIfAborted();
    this.#set(arrays);
  }

  /** The model's variables as evaluation and prediction take them. */
  #asEvaluated(): Map<string, NdArray> {
    const { evaluatedAs, variables } = this.program;
    const isNew = !this.#hasTakenSteps;
    const names = [...variables.keys()].filter((name) => !isOptimizerState(name));
    const taken = names.map((name) => (isNew ? name : (evaluatedAs.get(name) ?? name)));
    const values = this.executable.getVariables(taken);
    return new Map(names.map((name, i) => [name, values.get(taken[i]!)!]));
  }

  get scalars(): KeptScalars {
    const { variables } = this.program;
    return {
      read: (name) => (variables.has(name) ? this.getWeight(name).data[0]! : undefined),
      write: (name, value) => this.#set(new Map([[name, value]])),
    };
  }

  #set(values: ReadonlyMap<string, NdArray>): void {
    this.executable.setVariables(values);
    this.#isOptimizerSet ||= [...values.keys()].some(isOptimizerState);
  }

  get #hasTakenSteps(): boolean {
    return this.scalars.read(`${optimizerState}steps`) !== 0;
  }

  #variable(name: string) {
    const { variables } = this.program;
    const variable = variables.get(name);
    if (variable) return variable;
    const there = listNames(name, [...variables.keys()]);
    throw new ShapewrightError("SW_NAME", `no variable is named ${inWords(name)}; there are ${there}`);
  }
}

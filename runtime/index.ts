export { type BackendName, backendNames } from "./backends/backend.js";
export type { Manifest } from "./build/manifest.js";
export type { ArrayOf, Data, TfjsTensor } from "./data/data.js";
export { type Eager, eager } from "./eager/eager.js";
export type { CallOptions, EagerModel } from "./eager/model.js";
export type { EagerOptimizer } from "./eager/optimizer.js";
export type { GradientTape } from "./eager/tape.js";
export type { MutableVariable, VariableStructure } from "./eager/variable.js";
export type { FitBatchesSettings, FitSettings, History } from "./fit/fit.js";
export type { Verbosity } from "./fit/progress.js";
export type { Batch, Batches, Source } from "./fit/source.js";
export type { OpenOptions } from "./load.js";
export { open } from "./open.js";
export { type OpenedFunction, openFunction } from "./openFunction.js";
export type {
  BatchOptions,
  Evaluation,
  InputData,
  Prediction,
  Session,
  TargetData,
  ValidationOptions,
  WeightOptions,
} from "./session.js";

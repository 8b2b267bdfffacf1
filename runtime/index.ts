// What has dispose() can stand in a `using` declaration, of which the libraries of older targets know nothing.
/// <reference lib="esnext.disposable" preserve="true" />
export { type BackendName, backendNames } from "./backends/backend.js";
export type { Manifest } from "./build/manifest.js";
export type { Callback, Training } from "./callbacks/callback.js";
export { type CSVLoggerOptions, csvLogger } from "./callbacks/csvLogger.js";
export { type EarlyStoppingOptions, earlyStopping } from "./callbacks/earlyStopping.js";
export type { Mode } from "./callbacks/improvement.js";
export { jsonLogger } from "./callbacks/jsonLogger.js";
export { learningRateScheduler } from "./callbacks/learningRateScheduler.js";
export { type ModelCheckpointOptions, modelCheckpoint } from "./callbacks/modelCheckpoint.js";
export { type ReduceLROnPlateauOptions, reduceLROnPlateau } from "./callbacks/reduceLROnPlateau.js";
export { timeLimit } from "./callbacks/timeLimit.js";
export type { ArrayOf, Data, TfjsTensor } from "./data/data.js";
export type { InputData, Prediction, TargetData } from "./data/model-data.js";
export { type Eager, eager } from "./eager/eager.js";
export type { CallOptions, EagerModel } from "./eager/model.js";
export type { EagerOptimizer } from "./eager/optimizer.js";
export type { GradientTape } from "./eager/tape.js";
export type { MutableVariable, VariableStructure } from "./eager/variable.js";
export type {
  CallbackOptions,
  EpochReports,
  FitBatchesSettings,
  FitSettings,
  History,
  MonitoredBy,
} from "./fit/fit.js";
export type { Verbosity } from "./fit/progress.js";
export type { Batch, Batches, Source } from "./fit/source.js";
export type { OpenOptions } from "./load.js";
export { open } from "./open.js";
export { type OpenedFunction, openFunction } from "./openFunction.js";
export type { Evaluation, Session } from "./session.js";
export type { BatchOptions, ValidationOptions, WeightOptions } from "./session-options.js";
export type { LoadWeightsOptions } from "./weights/read-weights.js";

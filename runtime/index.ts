/**
 * What `import … from "shapewright/runtime"` gives: sessions, which train, evaluate and predict, and what is done between their epochs.
 *
 * @module shapewright/runtime
 */
// What has dispose() can stand in a `using` declaration, of which the libraries of older targets know nothing.
/// <reference lib="esnext.disposable" preserve="true" />
// What each op is declared with, without which the declarations below do not hold.
export type {} from "../src/ops/definitions.js";
export { type BackendName, backendNames } from "./backends/backend.js";
export type { Manifest } from "./build/manifest.js";
export type { Callback, CallbackState, Training } from "./callbacks/callback.js";
export { type CSVLoggerOptions, csvLogger } from "./callbacks/csvLogger.js";
export { type EarlyStoppingOptions, earlyStopping } from "./callbacks/earlyStopping.js";
export type { Mode } from "./callbacks/improvement.js";
export { jsonLogger } from "./callbacks/jsonLogger.js";
export { learningRateScheduler } from "./callbacks/learningRateScheduler.js";
export { type ModelCheckpointOptions, modelCheckpoint } from "./callbacks/modelCheckpoint.js";
export { type ReduceLROnPlateauOptions, reduceLROnPlateau } from "./callbacks/reduceLROnPlateau.js";
export { type TensorBoardOptions, tensorBoard } from "./callbacks/tensorBoard.js";
export type { Images } from "./callbacks/tensorboard/pngsOf.js";
export { timeLimit } from "./callbacks/timeLimit.js";
export type { ArrayOf, Data, TfjsTensor } from "./data/data.js";
export type { InputData, Prediction, TargetData } from "./data/model-data.js";
export { type Eager, eager } from "./eager/eager.js";
export type { CallOptions, EagerModel } from "./eager/model.js";
export type { EagerOptimizer } from "./eager/optimizer.js";
export type { GradientTape } from "./eager/tape.js";
export type { MutableVariable, VariableStructure } from "./eager/variable.js";
export type { EpochReports, History, MonitoredBy } from "./fit/history.js";
export type { Verbosity } from "./fit/progress.js";
export type { CallbackOptions, FitBatchesSettings, FitSettings } from "./fit/settings.js";
export type { Batch, Batches, Source } from "./fit/source.js";
export type { WatchOptions } from "./fit/watch/watchOptions.js";
export type { OpenOptions } from "./load.js";
export { type Known, type LoadModelOptions, loadModel, type SessionOf } from "./loadModel.js";
export type { JsonValue, SavedPreprocessing, SaveModelOptions } from "./model-file/about.js";
export type { Signature } from "./model-file/model-signature.js";
export { open } from "./open.js";
export { type OpenedFunction, openFunction } from "./openFunction.js";
export { type OpenTogetherOptions, openTogether } from "./openTogether.js";
export type { KernelRun } from "./profile/kernelRuns.js";
export type { Profile, Share } from "./profile/profile.js";
export type { ProfileOptions } from "./profile/profileOptions.js";
export { type Trace, traceOf } from "./profile/traceOf.js";
export type { Evaluation, Session } from "./session.js";
export type {
  BatchOptions,
  StepOptions,
  TrainStepOptions,
  ValidationOptions,
  WeightOptions,
} from "./session-options.js";
export type { LoadWeightsOptions } from "./weights/read-weights.js";

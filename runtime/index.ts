export { type BackendName, backendNames } from "./backends/backend.js";
export type { Manifest } from "./build/manifest.js";
export type { ArrayOf, Data, TfjsTensor } from "./data/data.js";
export type { FitSettings, History } from "./fit/fit.js";
export type { Verbosity } from "./fit/progress.js";
export type { OpenOptions } from "./load.js";
export { open } from "./open.js";
export { type OpenedFunction, openFunction } from "./openFunction.js";
export type { BatchOptions, InputData, Session, ValidationOptions } from "./session.js";

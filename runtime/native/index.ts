export { type FindResult, type FoundAddon, findAddon } from "./find.js";
export {
  isTfjsNodeLoaded,
  type LoadedTfjsNode,
  loadTfjsNode,
  type NoTfjsNode,
  type TensorflowBackend,
  type Tfjs,
} from "./load.js";
export { type Machine, thisMachine } from "./machine.js";
export type { Handle, OwnAddon } from "./ownAddon.js";
export { FIX_COMMAND, NativeProblem, type NativeProblemCode, nativeProblemCodes } from "./problems.js";
export { type Provided, type ProvideOptions, provide } from "./provide.js";

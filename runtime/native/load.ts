import { createRequire } from "node:module";
import { muteTfjs } from "../muteTfjs.js";
import { type FoundAddon, findAddons } from "./find.js";
import { type Machine, thisMachine } from "./machine.js";
import { loadOwnAddon, type OwnAddon } from "./ownAddon.js";
import { restoreNodeUtil } from "./polyfill.js";
import { type NativeProblem, type NativeProblemCode, nativeProblem } from "./problems.js";
import { loadAddonQuietly } from "./quiet-loading.js";
import { addonPath } from "./tfjs-node.js";

/** The tensors and ops of tfjs, as tfjs-node exports them. */
export type Tfjs = typeof import("@tensorflow/tfjs-core");
type Tensor = import("@tensorflow/tfjs-core").Tensor;

/** The part of tfjs-node's backend that runs whole graphs: what `tf.backend()` gives. */
export interface TensorflowBackend {
  readonly binding: {
    readonly TF_Version: string;
    readonly TF_UINT8: number;
    /** Makes a tensor of a typed array, whose memory TensorFlow may go on using. */
    createTensor(shape: readonly number[], dtype: number, data: Uint8Array): number;
  };
  /** A tensor that TensorFlow has, as one of tfjs's. */
  createOutputTensor(tensor: { id: number; shape: readonly number[]; dtype: number }): Tensor;
  loadSavedModelMetaGraph(folder: string, tags: string): number;
  runSavedModel(id: number, inputs: Tensor[], inputNames: { name: string }[], outputNames: string[]): Tensor[];
  deleteSavedModel(id: number): void;
}

/** Native TensorFlow, loaded into this process. */
export interface LoadedTfjsNode {
  readonly tf: Tfjs;
  readonly backend: TensorflowBackend;
  readonly tensorflowVersion: string;
  /** Calls TensorFlow without tfjs-node between, where our own addon has been compiled. */
  readonly own: OwnAddon | undefined;
  /** Whether graphs may have nodes that only our own kernels compute. */
  readonly hasOwnKernels: boolean;
  readonly from: FoundAddon["from"];
  /** The folder of the tfjs-node package. */
  readonly folder: string;
}

/** Why there is no native TensorFlow, and what to do about it. */
export interface NoTfjsNode {
  readonly code: NativeProblemCode;
  readonly problem: string;
  readonly mend: string;
}

let loaded: LoadedTfjsNode | NoTfjsNode | undefined;

/**
 * Loads tfjs-node with its addon: the project's own where that works, else the cached one. It is loaded once a
 * process; a second call gives the first one's answer. That there is none is an answer, not an exception.
 */
export function loadTfjsNode(): LoadedTfjsNode | NoTfjsNode {
  loaded ??= load(thisMachine());
  return loaded;
}

/** Whether this thread has loaded TensorFlow: what that reads when it is loaded can no longer be set. */
export function isTfjsNodeLoaded(): boolean {
  return loaded !== undefined && "tf" in loaded;
}

/** What loadTfjsNode does, without remembering the answer. */
export function load(machine: Machine): LoadedTfjsNode | NoTfjsNode {
  const { found, problem } = findAddons(machine);
  let failure: NativeProblem | undefined;
  for (const addon of found) {
    try {
      const { tf, hasOwnKernels } = requireTfjsNode(addon.folder);
      const backend = tf.backend() as unknown as TensorflowBackend;
      const own = attachedTo(addonPath(addon.folder), machine);
      return {
        tf,
        backend,
        own,
        hasOwnKernels,
        tensorflowVersion: backend.binding.TF_Version,
        from: addon.from,
        folder: addon.folder,
      };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      failure ??= nativeProblem("SW_NATIVE_BROKEN_ADDON", { addon: addonPath(addon.folder), reason });
    }
  }
  const { code, why, mend } = failure ?? problem;
  return { code, problem: why, mend };
}

/** Our own addon, where it finds what it needs in the library that is loaded. */
function attachedTo(library: string, machine: Machine): OwnAddon | undefined {
  const own = loadOwnAddon(machine);
  try {
    own?.attach(library);
    return own;
  } catch {
    return undefined;
  }
}

function requireTfjsNode(folder: string): Pick<LoadedTfjsNode, "tf" | "hasOwnKernels"> {
  restoreNodeUtil();
  const hasOwnKernels = loadAddonQuietly(folder);
  const unmute = muteTfjs();
  try {
    return { tf: createRequire(import.meta.url)(folder) as Tfjs, hasOwnKernels };
  } finally {
    unmute();
  }
}

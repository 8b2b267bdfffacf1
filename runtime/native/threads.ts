import { isMainThread } from "node:worker_threads";
import { ShapewrightError } from "../../src/ir/errors.js";
import { isTfjsNodeLoaded } from "./load.js";
import { reportOfProcess } from "./reportOfProcess.js";
import { setForProcess } from "./setForProcess.js";

/** TensorFlow's settings for the threads within an op, and for ops side by side. It reads them when it is loaded. */
const variables = ["TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"] as const;

let chosen: number | undefined;

/**
 * Sets the number of threads that TensorFlow will be loaded with.
 *
 * @throws SW_VALUE when it is not a positive integer, when TensorFlow has been loaded with another number, or in a worker
 *   thread with an environment of its own
 */
export function setThreads(threads: number): void {
  const refuse = (message: string) => {
    throw new ShapewrightError("SW_VALUE", `open: ${message}`, "open");
  };
  if (!Number.isInteger(threads) || threads < 1) refuse(`threads is ${threads}, but must be a positive integer`);
  if (chosen === threads) return;
  const { inUse } = isTfjsNodeLoaded() ? { inUse: chosen } : loadedElsewhere();
  if (inUse === threads) return;
  if (inUse !== "none") {
    refuse(
      `threads is ${threads}, but TensorFlow has been loaded with ${inUse ?? "its own choice"}; it takes the number once a process`,
    );
  }
  const isSet = variables.map((name) => setForProcess(name, String(threads)));
  if (!isSet.every(Boolean)) {
    const settings = variables.map((name) => `${name}=${threads}`).join(" and ");
    refuse(
      `threads is ${threads}, but a worker thread cannot tell TensorFlow, which reads the process's environment; ` +
        `start the process with ${settings}, or the worker with env: SHARE_ENV`,
    );
  }
  chosen = threads;
}

/** The number that another thread of the process has loaded TensorFlow with, where one has. */
function loadedElsewhere(): { readonly inUse: number | undefined | "none" } {
  if (isMainThread) return { inUse: "none" };
  const { sharedObjects = [], environmentVariables = {} } = reportOfProcess();
  if (!sharedObjects.some((path) => path.endsWith("tfjs_binding.node"))) return { inUse: "none" };
  const told = environmentVariables[variables[0]];
  return { inUse: told === undefined ? undefined : Number(told) };
}

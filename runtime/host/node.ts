import { setImmediate } from "node:timers/promises";
import { importMuted } from "../muteTfjs.js";
import { barReporter } from "./barReporter.js";
import type { Host } from "./host.js";
import { endByInterruption, onInterruption } from "./interruption.js";
import { withoutListeners } from "./withoutListeners.js";

/** Node.js. What takes a while to load is loaded when it is asked for. */
export const host: Host = {
  pause: () => setImmediate(),
  reports: process.stderr,
  barReporter,
  onInterruption,
  endByInterruption,
  async native() {
    const native = (await import("../native/index.js")).loadTfjsNode();
    if (!("tf" in native)) return native;
    return {
      load: async (computations) => (await import("../backends/tensorflow.js")).loadTensorflow(native, computations),
      machine: async () =>
        (await importMuted(() => import("../backends/tensorflowMachine.js"))).tensorflowMachine(native.tf),
    };
  },
  setThreads: async (threads) => (await import("../native/threads.js")).setThreads(threads),
  withoutListeners,
  writeSavedModel: async (folder, savedModel) =>
    (await import("../files/writeSavedModel.js")).writeSavedModel(folder, savedModel),
  serveRuns: async (served) => (await import("../watch/server/serveRuns.js")).serveRuns(served),
  stepLogs: async (save, sizes, disposed) => (await import("../profile/stepLogs.js")).stepLogs(save, sizes, disposed),
  files: async () => (await import("../files/files.js")).files,
};

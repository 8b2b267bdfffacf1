import { createRequire } from "node:module";
import { loadSwitch } from "./process-switch.js";
import { setForProcess } from "./setForProcess.js";
import { addonPath } from "./tfjs-node.js";

/**
 * Loads the addon of a tfjs-node package, without what the TensorFlow library says meanwhile. Whoever has set
 * TF_CPP_MIN_LOG_LEVEL wants to see it, and does.
 */
export function loadAddonQuietly(folder: string): void {
  const require = createRequire(import.meta.url);
  const stderrSwitch = process.env.TF_CPP_MIN_LOG_LEVEL === undefined ? loadSwitch(folder) : undefined;
  // The library reads this when it is loaded. 2 leaves out information and warnings: they are about the library's
  // build and the processor, not about the user's program.
  const logs = process.env.TF_CPP_MIN_LOG_LEVEL === undefined && !setForProcess("TF_CPP_MIN_LOG_LEVEL", "2", folder);
  stderrSwitch?.mute();
  try {
    require(addonPath(folder));
  } finally {
    stderrSwitch?.restore();
  }
  // Only now: what a worker prints, the main thread writes, a moment later.
  if (logs) {
    console.warn(
      "shapewright: TensorFlow logs what it does, since a worker thread cannot tell it not to; " +
        "start the process with TF_CPP_MIN_LOG_LEVEL=2, or the worker with env: SHARE_ENV",
    );
  }
}

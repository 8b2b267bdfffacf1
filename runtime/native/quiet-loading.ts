import { createRequire } from "node:module";
import { thisMachine } from "./machine.js";
import { loadKernels } from "./own-kernels.js";
import { loadOwnAddon } from "./ownAddon.js";
import { setForProcess } from "./setForProcess.js";
import { addonPath } from "./tfjs-node.js";

/**
 * Loads the addon of a tfjs-node package, without what the TensorFlow library says meanwhile, before it looks at TF_CPP_MIN_LOG_LEVEL. Whoever has
 * set that to 0 wants to see it, and does. Gives whether our own kernels are there.
 */
export function loadAddonQuietly(folder: string): boolean {
  const require = createRequire(import.meta.url);
  const level = process.env.TF_CPP_MIN_LOG_LEVEL;
  const own = level === undefined || Number(level) > 0 ? loadOwnAddon() : undefined;
  // The library reads this when it is loaded. 3 leaves out all that is logged: it is about the library's build and the
  // processor, not about the user's program, whose errors come as answers of calls.
  const logs = level === undefined && !setForProcess("TF_CPP_MIN_LOG_LEVEL", "3");
  // oneDNN's kernels, which TensorFlow takes by itself only where a processor has AVX-512 with instructions for 8 bits: products and
  // convolutions are 1.3 to 4 times as fast with AVX2, too.
  if (process.env.TF_ENABLE_ONEDNN_OPTS === undefined) setForProcess("TF_ENABLE_ONEDNN_OPTS", "1");
  let hasOwnKernels = false;
  own?.mute();
  try {
    require(addonPath(folder));
    hasOwnKernels = loadKernels(folder, thisMachine());
  } finally {
    own?.restore();
  }
  // Only now: what a worker prints, the main thread writes, a moment later.
  if (logs) {
    console.warn(
      "shapewright: TensorFlow logs what it does, since a worker thread cannot tell it not to; " +
        "start the process with TF_CPP_MIN_LOG_LEVEL=3, or the worker with env: SHARE_ENV",
    );
  }
  return hasOwnKernels;
}

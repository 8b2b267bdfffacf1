import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Machine } from "./machine.js";
import { setForProcess } from "./setForProcess.js";
import { addonPath } from "./tfjs-node.js";

/**
 * TensorFlow 2.21 writes two lines to stderr while its library is being loaded, before it looks at
 * TF_CPP_MIN_LOG_LEVEL. Node.js cannot redirect its own stderr, so a small addon does, for as long as loading takes.
 */
const SOURCE = `
#include <fcntl.h>
#include <node_api.h>
#include <unistd.h>

static int kept = -1;

static napi_value Mute(napi_env, napi_callback_info) {
  int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (kept < 0 && nowhere >= 0) {
    kept = fcntl(2, F_DUPFD_CLOEXEC, 3);
    if (kept >= 0) dup2(nowhere, 2);
  }
  if (nowhere >= 0) close(nowhere);
  return nullptr;
}

static napi_value Restore(napi_env, napi_callback_info) {
  if (kept >= 0) {
    dup2(kept, 2);
    close(kept);
    kept = -1;
  }
  return nullptr;
}

NAPI_MODULE_INIT() {
  napi_value mute, restore;
  napi_create_function(env, "mute", NAPI_AUTO_LENGTH, Mute, nullptr, &mute);
  napi_create_function(env, "restore", NAPI_AUTO_LENGTH, Restore, nullptr, &restore);
  napi_set_named_property(env, exports, "mute", mute);
  napi_set_named_property(env, exports, "restore", restore);
  return exports;
}
`;

interface StderrSwitch {
  mute(): void;
  restore(): void;
}

/** Compiles the small addon beside tfjs-node's one. Where that fails, the two lines are seen, and nothing else is amiss. */
export function buildStderrSwitch(folder: string, compiler: string, headers: string, machine: Machine): void {
  const target = switchPath(folder);
  const source = join(dirname(target), "stderr_switch.cc");
  machine.files.writeFileSync(source, SOURCE);
  const include = join(headers, "include", "node");
  const args = ["-shared", "-fPIC", "-O2", "-I", include, source, "-o", target];
  machine.run(compiler, args, { timeoutSeconds: 120 });
}

/**
 * Loads the addon of a tfjs-node package, without what the TensorFlow library says meanwhile. Whoever has set
 * TF_CPP_MIN_LOG_LEVEL wants to see it, and does.
 */
export function loadAddonQuietly(folder: string): void {
  const require = createRequire(import.meta.url);
  const stderrSwitch = process.env.TF_CPP_MIN_LOG_LEVEL === undefined ? loadSwitch(require, folder) : undefined;
  // The library reads this when it is loaded. 2 leaves out information and warnings: they are about the library's
  // build and the processor, not about the user's program.
  const logs = process.env.TF_CPP_MIN_LOG_LEVEL === undefined && !setForProcess("TF_CPP_MIN_LOG_LEVEL", "2");
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

function loadSwitch(require: NodeJS.Require, folder: string): StderrSwitch | undefined {
  try {
    return require(switchPath(folder)) as StderrSwitch;
  } catch {
    // An addon that was not built by Shapewright has none beside it.
    return undefined;
  }
}

function switchPath(folder: string): string {
  return join(dirname(addonPath(folder)), "stderr_switch.node");
}

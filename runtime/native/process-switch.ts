import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Machine } from "./machine.js";
import { addonPath } from "./tfjs-node.js";

/**
 * What Node.js cannot do to its own process, and a small addon can. TensorFlow 2.21 writes two lines to stderr while its library
 * is being loaded, before it looks at TF_CPP_MIN_LOG_LEVEL: stderr is redirected for as long as loading takes. And it reads the
 * process's environment, of which a worker thread has a copy.
 */
const SOURCE = `
#include <fcntl.h>
#include <node_api.h>
#include <stdlib.h>
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

static napi_value SetEnvironment(napi_env env, napi_callback_info info) {
  size_t count = 2;
  napi_value given[2];
  char name[64], value[64];
  if (napi_get_cb_info(env, info, &count, given, nullptr, nullptr) == napi_ok && count == 2 &&
      napi_get_value_string_utf8(env, given[0], name, sizeof name, nullptr) == napi_ok &&
      napi_get_value_string_utf8(env, given[1], value, sizeof value, nullptr) == napi_ok) {
    setenv(name, value, 1);
  }
  return nullptr;
}

NAPI_MODULE_INIT() {
  napi_property_descriptor functions[] = {
    {"mute", nullptr, Mute, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
    {"restore", nullptr, Restore, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
    {"setEnvironment", nullptr, SetEnvironment, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
  };
  napi_define_properties(env, exports, 3, functions);
  return exports;
}
`;

/** What the addon exports; one that an earlier version has built cannot do all of it. */
export interface ProcessSwitch {
  mute(): void;
  restore(): void;
  setEnvironment?(name: string, value: string): void;
}

/**
 * Compiles the addon beside tfjs-node's one. Where that fails, two lines are seen, and worker threads cannot choose threads;
 * nothing else is amiss. It is renamed into place: another process may have the one before loaded.
 */
export function buildSwitch(folder: string, compiler: string, headers: string, machine: Machine): void {
  const { files } = machine;
  const unfinished = join(
    dirname(switchPath(folder)),
    `stderr_switch-${process.pid}-${randomBytes(4).toString("hex")}`,
  );
  const [source, built] = [`${unfinished}.cc`, `${unfinished}.node`];
  files.writeFileSync(source, SOURCE);
  const args = ["-shared", "-fPIC", "-O2", "-I", join(headers, "include", "node"), source, "-o", built];
  const { status } = machine.run(compiler, args, { timeoutSeconds: 120 });
  if (status === 0 && files.existsSync(built)) {
    files.renameSync(built, switchPath(folder));
    files.renameSync(source, sourcePath(folder));
  }
  for (const file of [source, built]) files.rmSync(file, { force: true });
}

/** Whether there is one at all. */
export function isSwitchBuilt(folder: string, { files }: Machine): boolean {
  return files.existsSync(switchPath(folder));
}

/** Whether there is an addon that an earlier version has built. */
export function isSwitchOld(folder: string, { files }: Machine): boolean {
  return files.existsSync(sourcePath(folder)) && files.readFileSync(sourcePath(folder), "utf8") !== SOURCE;
}

/** Loads the addon beside that of a tfjs-node package. One that was not built by Shapewright has none beside it. */
export function loadSwitch(folder: string): ProcessSwitch | undefined {
  try {
    return createRequire(import.meta.url)(switchPath(folder)) as ProcessSwitch;
  } catch {
    return undefined;
  }
}

function switchPath(folder: string): string {
  return join(dirname(addonPath(folder)), "stderr_switch.node");
}

function sourcePath(folder: string): string {
  return join(dirname(addonPath(folder)), "stderr_switch.cc");
}

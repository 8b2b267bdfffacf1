import { dirname, join } from "node:path";
import { cacheRoot } from "./cache.js";
import { failureRemembered } from "./compilation-failures.js";
import type { Compiler } from "./compileCpp.js";
import { failureOf } from "./failures.js";
import { inspectAddon } from "./inspect.js";
import type { Machine } from "./machine.js";
import { findNpm, type Npm, npmSetting } from "./npm.js";
import { buildKernels, kernelsPath } from "./own-kernels.js";
import { compileOwnAddon, ownAddonPath } from "./ownAddon.js";
import { findOnPath } from "./path-search.js";
import { nativeProblem } from "./problems.js";

/** Throws the problem when there is no C++ compiler or no make. */
export function requireBuildTools(machine: Machine): void {
  if (findCompiler(machine) === undefined) throw nativeProblem("SW_NATIVE_NO_COMPILER", { missing: "a C++ compiler" });
  if (findMake(machine) === undefined) throw nativeProblem("SW_NATIVE_NO_COMPILER", { missing: "make" });
}

/** Compiles the addon of the tfjs-node package, whose `deps` folder is there already, and tries whether it loads. */
export function buildAddon(stage: string, folder: string, npm: Npm, machine: Machine): void {
  const nodePreGyp = join(stage, "node_modules", "@mapbox", "node-pre-gyp", "bin", "node-pre-gyp");
  const environment = buildEnvironment(npm, machine);
  const outcome = machine.run(machine.execPath, [nodePreGyp, "install", "--build-from-source"], {
    cwd: folder,
    env: environment,
    timeoutSeconds: 900,
  });
  const said = `${outcome.stdout}\n${outcome.stderr}`;
  if (
    outcome.status !== 0 &&
    environment.npm_config_nodedir === undefined &&
    /headers\.tar\.gz|node-gyp.*install/.test(said)
  ) {
    throw nativeProblem("SW_NATIVE_NO_HEADERS", { version: machine.nodeVersion });
  }
  const fail = (reason: string) => {
    const log = join(cacheRoot(machine), "build.log");
    machine.files.writeFileSync(log, said);
    return nativeProblem("SW_NATIVE_BUILD_FAILED", { reason, log });
  };
  if (outcome.status !== 0) throw failureOf(outcome, { doing: "the addon was compiled", machine }, fail);
  const addon = inspectAddon(folder, machine);
  if (addon.state === "absent") throw fail("the compiler made no addon");
  if (addon.state === "broken") throw fail(`it does not load: ${addon.reason}`);
  // Object files; the addon has been copied out of there.
  machine.files.rmSync(join(folder, "build"), { recursive: true, force: true });
}

/** How `compileOurs` goes about it. */
export interface CompilingOurs {
  /** Told what could not be compiled, a line each. */
  readonly say?: (line: string) => void;
  /** Whether what could not be compiled before by the same compiler is tried again. @default true */
  readonly again?: boolean;
}

/**
 * Compiles what is ours and is not there yet, for its sources and this processor: the addon that calls TensorFlow, and kernels beside that of
 * tfjs-node. Without a compiler or Node's headers all works by tfjs-node's addon and TensorFlow's kernels alone.
 */
export function compileOurs(
  folder: string,
  machine: Machine,
  { say = () => {}, again = true }: CompilingOurs = {},
): void {
  const addon = { what: "Shapewright's own addon", file: ownAddonPath(machine), compile: compileOwnAddon };
  const kernels = {
    what: "Shapewright's own kernels",
    file: kernelsPath(folder, machine),
    compile: (compiler: Compiler) => buildKernels(folder, compiler, machine),
  };
  try {
    const lacking = [addon, kernels].filter(({ file }) => file !== undefined && !machine.files.existsSync(file));
    if (lacking.length === 0) return;
    const { CXX: command, npm_config_nodedir: headers } = buildEnvironment(findNpm(machine), machine);
    if (command === undefined || headers === undefined) return;
    for (const { what, file, compile } of lacking) {
      const before = failureRemembered(file!, machine);
      if (!again && before?.command === command && before.headers === headers) continue;
      const failure = compile({ command, headers }, machine);
      if (failure) say(`${what} could not be compiled (${failure.reason}); all works without.`);
    }
  } catch {
    // Neither npm, nor a right to write there.
  }
}

/** What node-gyp has to know: where it stands itself, where Node's headers are, and which compiler there is. */
export function buildEnvironment(npm: Npm, machine: Machine): Record<string, string> {
  const headers = findHeaders(npm, machine);
  const compiler = findCompiler(machine);
  return {
    // Two source files, so two at a time.
    JOBS: "2",
    ...(npm.nodeGyp === undefined ? {} : { npm_config_node_gyp: npm.nodeGyp }),
    ...(headers === undefined ? {} : { npm_config_nodedir: headers }),
    ...(compiler === undefined ? {} : { CXX: compiler }),
  };
}

/**
 * A folder that holds `include/node` with Node's headers: named by the user, or where Node.js was installed to, or
 * of the system. The addon only uses Node-API, which is the same in each version. Without one node-gyp downloads them.
 */
function findHeaders(npm: Npm, machine: Machine): string | undefined {
  const { files } = machine;
  const hasHeaders = (folder: string | undefined): folder is string =>
    folder !== undefined &&
    ["node_api.h", "common.gypi"].every((name) => files.existsSync(join(folder, "include", "node", name)));
  const near = dirname(dirname(files.realpathSync(machine.execPath)));
  const quick = [machine.env.npm_config_nodedir, near].find(hasHeaders);
  return quick ?? [npmSetting("nodedir", npm, machine), "/usr/local", "/usr"].find(hasHeaders);
}

function findCompiler(machine: Machine): string | undefined {
  return machine.env.CXX || findOnPath(["g++", "c++", "clang++"], machine);
}

function findMake(machine: Machine): string | undefined {
  return machine.env.MAKE || findOnPath(["make", "gmake"], machine);
}

import { host } from "#host";
import type { Computation } from "../compiler/program.js";
import { ShapewrightError } from "../src/ir/errors.js";
import { inWords } from "../src/ir/inWords.js";
import type { Node } from "../src/ir/node.js";
import { checkOptions, count, integer, type OptionRules, text } from "../src/ir/options.js";
import { type BackendName, backendNames, type Executable } from "./backends/backend.js";
import { importPortable } from "./backends/importPortable.js";
import { heldOff } from "./heldOff.js";
import type { Host, Native } from "./host/host.js";
import { initialize } from "./initialize.js";

/** Options of `open`. */
export interface OpenOptions {
  /**
   * Which backend runs it: `"tensorflow"`, native; `"wasm"` or `"cpu"`, tfjs's kernels; `"reference"`, plain JavaScript, to compare with.
   *
   * @default native TensorFlow where it is present, else the portable one, said in one line
   */
  readonly backend?: BackendName | undefined;
  /** Where the initial weights' random numbers start from. @default 0 */
  readonly seed?: number | undefined;
  /**
   * How many threads native TensorFlow computes with: as many as there are cores, unless said otherwise. Small models are
   * faster with 1. TensorFlow takes this when it is loaded, once a process: what the first thread says that opens a session
   * holds for all.
   */
  readonly threads?: number | undefined;
}

/** Which backends there are is said by `unknownBackend`. */
export const openRules: OptionRules<OpenOptions> = { backend: text, seed: integer, threads: count };

/** Checks options of `open` and its like, and those that one of these has beside. */
export function checkOpenOptions<O extends OpenOptions>(
  op: string,
  options: O,
  rules: OptionRules<OpenOptions> = openRules,
): void {
  checkOptions<OpenOptions>(op, options, rules);
  const { backend } = options;
  if (backend !== undefined && !backendNames.includes(backend)) throw unknownBackend(op, backend);
}

/** Puts a computation onto a backend and gives its variables their initial values. */
export async function load(computation: Computation, options: OpenOptions): Promise<Executable> {
  return loadWith(computation, options, (executable) => initialize(computation, executable, options.seed ?? 0));
}

/** Puts a computation onto a backend; `begin` gives its variables their values. */
export async function loadWith(
  computation: Computation,
  { backend, threads }: OpenOptions,
  begin: (executable: Executable) => void,
): Promise<Executable> {
  await heldOff();
  if (threads !== undefined) await host.setThreads?.(threads);
  const [executable] = await loadOnto(backend ?? (await bestBackend()), [computation]);
  try {
    begin(executable!);
  } catch (error) {
    executable!.dispose();
    throw error;
  }
  return executable!;
}

/** Puts computations onto a backend that share variables, which begin as the first that has them says. */
export async function loadTogether(
  computations: readonly Computation[],
  { backend, threads, seed = 0 }: OpenOptions,
): Promise<Executable[]> {
  await heldOff();
  if (threads !== undefined) await host.setThreads?.(threads);
  const executables = await loadOnto(backend ?? (await bestBackend()), computations);
  const begun = new Set<Node>();
  try {
    for (const [i, computation] of computations.entries()) {
      const variables = new Map([...computation.variables].filter(([, node]) => !begun.has(node)));
      initialize({ ...computation, variables }, executables[i]!, seed);
      for (const node of variables.values()) begun.add(node);
    }
  } catch (error) {
    for (const executable of executables) executable.dispose();
    throw error;
  }
  return executables;
}

/**
 * Native TensorFlow, for `op`.
 *
 * @throws SW_BACKEND where it is not there
 */
export async function nativeFor(op: string): Promise<Extract<Native, { load: unknown }>> {
  const native = await (host.native ?? nowhere)();
  if ("load" in native) return native;
  const message = `${op}: the tensorflow backend is not there: ${native.problem}. ${native.mend}`;
  throw new ShapewrightError("SW_BACKEND", message, op);
}

const nowhere: NonNullable<Host["native"]> = async () => ({
  problem: "it runs in Node.js alone",
  mend: `Choose "wasm", "cpu" or "reference"`,
});

/** The error of a backend's name that is none, for `op`. */
export function unknownBackend(op: string, backend: string): ShapewrightError {
  const message = `${op}: no backend is named ${inWords(backend)}; there are ${backendNames.join(", ")}`;
  return new ShapewrightError("SW_BACKEND", message, op);
}

/** Native TensorFlow; the portable backend, and a line that says why, where that could be but is not. */
export async function bestBackend(): Promise<BackendName> {
  if (!host.native) return "wasm";
  const native = await host.native();
  if ("load" in native) return "tensorflow";
  console.warn(`shapewright: running on the portable backend, which is slower. ${native.problem}. ${native.mend}`);
  return "wasm";
}

/** Imports a backend when it is asked for: none needs the others' libraries. */
async function loadOnto(backend: BackendName, computations: readonly Computation[]): Promise<Executable[]> {
  switch (backend) {
    case "tensorflow":
      return (await nativeFor("open")).load(computations);
    case "wasm":
    case "cpu":
      return startingLibrary(async () => (await importPortable()).loadPortable(backend, computations));
    case "reference":
      return (await import("./backends/reference.js")).loadReferences(computations);
    default:
      throw unknownBackend("open", backend);
  }
}

/** Runs what starts a library, and leaves uncaught errors to the program. */
export function startingLibrary<R>(start: () => Promise<R>): Promise<R> {
  return host.withoutListeners ? host.withoutListeners(start) : start();
}

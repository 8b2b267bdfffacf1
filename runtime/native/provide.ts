import { compileOurs } from "./build.js";
import { cachedPackage, cacheFolder } from "./cache.js";
import { fillCache } from "./fill-cache.js";
import { type FoundAddon, findAddon, inspectCache, ownPackages } from "./find.js";
import { inspectAddon } from "./inspect.js";
import { linkIntoPackage } from "./link.js";
import { type Machine, thisMachine } from "./machine.js";
import { NativeProblem, nativeProblem } from "./problems.js";
import { TFJS_NODE_VERSION } from "./tfjs-node.js";

export interface ProvideOptions {
  /** Told what is being done, a line at a time. */
  readonly say?: (line: string) => void;
  readonly machine?: Machine;
  /** Whether what is ours and could not be compiled before is tried again. @default true */
  readonly again?: boolean;
}

/** `changed` says whether anything had to be done. */
export type Provided =
  | { readonly found: FoundAddon; readonly changed: boolean }
  | { readonly problem: NativeProblem; readonly changed: boolean };

/**
 * Sees to it that native TensorFlow can be loaded: takes an addon that is there and loads, else fills the cache and
 * links it into the project's own tfjs-node. That it cannot be provided is an answer with a problem, not an exception.
 */
export async function provide({
  say = () => {},
  machine = thisMachine(),
  again,
}: ProvideOptions = {}): Promise<Provided> {
  const provided = await provideTensorflow(say, machine);
  if ("found" in provided) compileOurs(provided.found.folder, machine, { say, ...(again !== undefined && { again }) });
  return provided;
}

async function provideTensorflow(say: (line: string) => void, machine: Machine): Promise<Provided> {
  const before = findAddon(machine);
  const own = packageToLink(machine);
  if ("found" in before && (before.found.from === "project" || own === undefined)) return { ...before, changed: false };
  try {
    const cached = inspectCache(machine);
    if (cached.state !== "works") {
      if (cached.state === "broken") {
        const folder = cacheFolder(machine);
        const { code, why } = nativeProblem("SW_NATIVE_BROKEN_CACHE", { folder, reason: cached.reason });
        say(`${code}: ${why}. It is rebuilt now.`);
      }
      await fillCache(say, machine);
    }
  } catch (error) {
    if (error instanceof NativeProblem) return { problem: error, changed: true };
    throw error;
  }
  if (own !== undefined) linkIntoProject(own, say, machine);
  return { ...findAddon(machine), changed: true };
}

/** The project's own tfjs-node, where it is the version whose addon the cache holds and has no working addon. */
function packageToLink(machine: Machine): string | undefined {
  return ownPackages(machine).find(
    ({ folder, version }) => version === TFJS_NODE_VERSION && inspectAddon(folder, machine).state !== "works",
  )?.folder;
}

function linkIntoProject(folder: string, say: (line: string) => void, machine: Machine): void {
  try {
    const done = linkIntoPackage(folder, cachedPackage(machine), machine);
    say(`The cached addon is ${done} into ${folder}.`);
  } catch (error) {
    // Not needed for Shapewright, which then takes the cached package itself.
    const reason = error instanceof Error ? error.message : String(error);
    say(`The cached addon could not be linked into ${folder} (${reason}); the cached package is used directly.`);
  }
}

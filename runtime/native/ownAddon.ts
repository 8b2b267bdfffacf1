import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { join } from "node:path";
import { makeFolder } from "../files/makeFolder.js";
import { removeUnfinished, unfinishedName } from "../files/unfinished.js";
import { cacheRoot } from "./cache.js";
import { cppSources } from "./cppSources.js";
import { type Machine, thisMachine } from "./machine.js";

/** An object of the addon's, of which only the addon knows what it is. */
export type Handle = object & { readonly "of the addon": unique symbol };

/** What a typed array and its shape are given as, one after the other. */
export type FlatResults = readonly (Float32Array | Int32Array | Uint8Array | number[])[];

/** Our own addon: what Node.js cannot do to its process, and sessions of TensorFlow's without tfjs-node between. `addon/*.cc` say more. */
export interface OwnAddon {
  mute(): void;
  restore(): void;
  setEnvironment(name: string, value: string): void;
  /** Takes note of the library that has TensorFlow loaded, before any of the others is called. */
  attach(library: string): void;
  openSession(graph: Uint8Array): Handle;
  closeSession(session: Handle): void;
  prepare(
    session: Handle,
    feeds: readonly string[],
    fetches: readonly string[],
    alone: boolean,
  ): { readonly handle: Handle; readonly dtypes: readonly ("float32" | "int32" | "bool" | "uint8")[] };
  run(prepared: Handle, values: readonly object[], shapes: readonly (readonly number[])[], hold: false): FlatResults;
  run(prepared: Handle, values: readonly object[], shapes: readonly (readonly number[])[], hold: true): Handle[];
  hold(data: Float32Array | Int32Array | Uint8Array, shape: readonly number[], dtype: string): Handle;
  release(held: Handle): void;
}

/** What an addon that is being compiled is named by. */
const UNFINISHED = "addon";

const sources = () => cppSources("addon", "addon.cc");

/** Where the addon is, once it has been compiled: each source has a place of its own, and so each version of this package. */
export function ownAddonPath(machine: Machine): string {
  const hash = createHash("sha256");
  for (const { text } of sources()) hash.update(text);
  const name = `addon-${hash.digest("hex").slice(0, 12)}-${machine.platform}-${machine.arch}.node`;
  return join(cacheRoot(machine), name);
}

/**
 * Compiles the addon. It is renamed into place: other processes may be about to load it.
 *
 * @param headers a folder that holds `include/node` with Node's headers
 * @returns whether it is there now
 */
export function compileOwnAddon(compiler: string, headers: string, machine: Machine): boolean {
  const { files, platform } = machine;
  const root = cacheRoot(machine);
  makeFolder(root, files);
  removeUnfinished(root, UNFINISHED, files);
  const built = join(root, unfinishedName(UNFINISHED));
  const args = ["-std=c++17", "-O2", "-fPIC", "-shared", "-I", join(headers, "include", "node")];
  // Node.js itself has what is not found here.
  if (platform === "darwin") args.push("-undefined", "dynamic_lookup");
  for (const { path } of sources()) if (path.endsWith(".cc")) args.push(path);
  args.push("-o", built);
  const { status } = machine.run(compiler, args, { timeoutSeconds: 120 });
  const works = status === 0 && files.existsSync(built);
  if (works) files.renameSync(built, ownAddonPath(machine));
  files.rmSync(built, { force: true });
  return works;
}

/** Loads the addon, where it has been compiled. */
export function loadOwnAddon(machine: Machine = thisMachine()): OwnAddon | undefined {
  try {
    return createRequire(import.meta.url)(ownAddonPath(machine)) as OwnAddon;
  } catch {
    return undefined;
  }
}

import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { join } from "node:path";
import { cacheRoot } from "./cache.js";
import type { FailedCompilation } from "./compilation-failures.js";
import { type Compiler, compileCpp } from "./compileCpp.js";
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

const sources = () => cppSources("addon", "addon.cc");

/** Where the addon is, once it has been compiled: each source has a place of its own, and so each version of this package. */
export function ownAddonPath(machine: Machine): string {
  const hash = createHash("sha256");
  for (const { text } of sources()) hash.update(text);
  const name = `addon-${hash.digest("hex").slice(0, 12)}-${machine.platform}-${machine.arch}.node`;
  return join(cacheRoot(machine), name);
}

/** Compiles the addon. What is not found here, Node.js itself has. */
export function compileOwnAddon(compiler: Compiler, machine: Machine): FailedCompilation | undefined {
  const compilation = {
    name: "addon" as const,
    options: [
      ...["-std=c++17", "-O2", "-fPIC", "-shared"],
      ...(machine.platform === "darwin" ? ["-undefined", "dynamic_lookup"] : []),
    ],
    sources: sources(),
    timeoutSeconds: 120,
  };
  return compileCpp(compiler, compilation, ownAddonPath(machine), machine);
}

/** Loads the addon, where it has been compiled. */
export function loadOwnAddon(machine: Machine = thisMachine()): OwnAddon | undefined {
  try {
    return createRequire(import.meta.url)(ownAddonPath(machine)) as OwnAddon;
  } catch {
    return undefined;
  }
}

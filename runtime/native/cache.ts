import { randomBytes } from "node:crypto";
import { isAbsolute, join, resolve } from "node:path";
import { makeFolder } from "../files/makeFolder.js";
import { removeUnfinished, unfinishedName } from "../files/unfinished.js";
import type { Machine } from "./machine.js";
import { packageFolder, TFJS_NODE_VERSION } from "./tfjs-node.js";

/** Written last into a cache folder, so a folder that has it is whole. */
export interface Marker {
  readonly tfjsNode: string;
  readonly tensorflow: string;
  /** Where the library came from. */
  readonly source: "installer" | "wheel";
  /** Tells this build from another one of the same version. */
  readonly id: string;
}

const MARKER = "complete.json";

/** What a cache that is being put together is named by. */
const STAGE = "unfinished";

/** The user's cache folder for Shapewright: SHAPEWRIGHT_CACHE where it is set, else the platform's usual place. */
export function cacheRoot(machine: Machine): string {
  const { env, home, platform, cwd } = machine;
  if (env.SHAPEWRIGHT_CACHE) return resolve(cwd, env.SHAPEWRIGHT_CACHE);
  if (platform === "win32") return join(env.LOCALAPPDATA || join(home, "AppData", "Local"), "shapewright");
  if (platform === "darwin") return join(home, "Library", "Caches", "shapewright");
  // The XDG specification says that a relative path is to be ignored.
  const xdg = env.XDG_CACHE_HOME;
  return join(xdg && isAbsolute(xdg) ? xdg : join(home, ".cache"), "shapewright");
}

/** The cache folder of this tfjs-node version on this platform. */
export function cacheFolder(machine: Machine): string {
  return join(cacheRoot(machine), `tfjs-node-${TFJS_NODE_VERSION}-${machine.platform}-${machine.arch}`);
}

/** The tfjs-node package inside the cache. */
export function cachedPackage(machine: Machine): string {
  return packageFolder(cacheFolder(machine));
}

export type CacheState =
  | { readonly state: "absent" }
  | { readonly state: "unfinished" }
  | { readonly state: "complete"; readonly marker: Marker };

/** Whether the cache is there, and whether it was finished. Whether its addon loads is another question. */
export function cacheState(machine: Machine): CacheState {
  const folder = cacheFolder(machine);
  if (!machine.files.existsSync(folder)) return { state: "absent" };
  try {
    const marker = JSON.parse(machine.files.readFileSync(join(folder, MARKER), "utf8")) as Marker | null;
    return marker?.tfjsNode === TFJS_NODE_VERSION ? { state: "complete", marker } : { state: "unfinished" };
  } catch {
    return { state: "unfinished" };
  }
}

/** Makes an empty folder beside the cache folder, in which a new cache is put together. */
export function createStage(machine: Machine): string {
  const root = cacheRoot(machine);
  makeFolder(root, machine.files);
  const stage = join(root, unfinishedName(STAGE));
  machine.files.mkdirSync(stage);
  return stage;
}

/** Removes what runs that were killed have left behind. */
export function removeDeadStages(machine: Machine): void {
  removeUnfinished(cacheRoot(machine), STAGE, machine.files);
}

/**
 * Marks the stage complete and renames it into place. When another run has put a complete cache there
 * meanwhile, that one stays and the stage is dropped. `broken` says that the complete cache that was seen
 * at the start does not work; it is moved away unless another run has replaced it since.
 */
export function commitStage(stage: string, built: Omit<Marker, "id">, broken: CacheState, machine: Machine): void {
  const { files } = machine;
  const folder = cacheFolder(machine);
  const marker: Marker = { ...built, id: randomBytes(8).toString("hex") };
  files.writeFileSync(join(stage, MARKER), `${JSON.stringify(marker)}\n`);
  const now = cacheState(machine);
  const replacedMeanwhile = now.state === "complete" && JSON.stringify(now) !== JSON.stringify(broken);
  if (now.state !== "absent" && !replacedMeanwhile) {
    // Renamed before it is deleted: deleting takes a while, and no run should see half a folder meanwhile.
    const away = join(cacheRoot(machine), unfinishedName(STAGE));
    files.renameSync(folder, away);
    files.rmSync(away, { recursive: true, force: true });
  }
  try {
    files.renameSync(stage, folder);
  } catch (error) {
    if (cacheState(machine).state !== "complete") throw error;
    files.rmSync(stage, { recursive: true, force: true });
  }
}

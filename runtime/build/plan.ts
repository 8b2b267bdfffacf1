import { closeSync, existsSync, fstatSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { join, resolve } from "node:path";
import { artifactPaths } from "./artifactPaths.js";
import type { Artifact } from "./artifacts.js";
import type { Manifest } from "./manifest.js";
import { sha256 } from "./sha256.js";

/** How a file in the output folder stands to what is built now. */
export type FileState =
  /** As it would be written. */
  | "unchanged"
  /** Not there yet. */
  | "missing"
  /** Other than it would be written. */
  | "stale"
  /** Built once of an export that is no longer there. */
  | "superfluous";

/** A file of a build. */
export interface PlannedFile {
  readonly path: string;
  readonly state: FileState;
  /** What is to be written; a superfluous file has none. */
  readonly content?: readonly Uint8Array[];
}

const manifestEnding = ".manifest.json";

/**
 * Compares what is built of a source file with what is in the output folder.
 *
 * @param name the export that alone is built: what was built of others stays
 */
export function planBuild(out: string, source: string, artifacts: readonly Artifact[], name?: string): PlannedFile[] {
  const wanted = artifacts.map(({ path, content }) => ({ path, content, state: stateOf(join(out, path), content) }));
  const paths = new Set(artifacts.map(({ path }) => path));
  const superfluous = manifestsIn(out)
    .filter((manifest) => manifest.source === source && (name === undefined || manifest.name === name))
    .flatMap((manifest) => builtFrom(out, manifest))
    .filter((path) => !paths.has(path))
    .map((path) => ({ path, state: "superfluous" as const }));
  return [...wanted, ...superfluous];
}

/** Why a file may not be replaced, if it may not: nothing is overwritten that was not built from this source. */
export function conflictOf(out: string, source: string, name: string): string | undefined {
  const paths = artifactPaths(name);
  const manifest = readManifest(join(out, paths.manifest), name);
  if (manifest?.source === source) return undefined;
  if (manifest && existsSync(resolve(out, manifest.source))) {
    return `${join(out, paths.manifest)} was built from ${join(out, manifest.source)}; choose another folder, or another name for the export`;
  }
  if (manifest) return undefined; // its source is gone, or has another name now
  const taken = Object.values(paths).find((path) => existsSync(join(out, path)));
  return taken && `${join(out, taken)} was not written by shapewright build; choose another folder, or take it away`;
}

function stateOf(path: string, content: Artifact["content"]): FileState {
  if (!existsSync(path)) return "missing";
  return holds(path, content) ? "unchanged" : "stale";
}

/** Whether a file is these bytes. It is read piece by piece: weights are not to be in memory once more. */
function holds(path: string, content: Artifact["content"]): boolean {
  const file = openSync(path, "r");
  const piece = Buffer.alloc(2 ** 20);
  try {
    if (fstatSync(file).size !== content.reduce((sum, { length }) => sum + length, 0)) return false;
    for (const part of content) {
      for (let done = 0; done < part.length; ) {
        const length = readSync(file, piece, 0, Math.min(piece.length, part.length - done), null);
        if (length === 0 || !piece.subarray(0, length).equals(part.subarray(done, done + length))) return false;
        done += length;
      }
    }
    return true;
  } finally {
    closeSync(file);
  }
}

function manifestsIn(out: string): Manifest[] {
  if (!existsSync(out)) return [];
  const names = readdirSync(out).filter((file) => file.endsWith(manifestEnding));
  return names.sort().flatMap((file) => {
    const manifest = readManifest(join(out, file), file.slice(0, -manifestEnding.length));
    return manifest ? [manifest] : [];
  });
}

/** The manifest of an export; `undefined` for a file that is none of ours. */
function readManifest(path: string, name: string): Manifest | undefined {
  try {
    const manifest = JSON.parse(readFileSync(path, "utf8")) as Manifest;
    const { version, name: own, source, files } = manifest;
    const isOurs = version === 1 && own === name && typeof source === "string" && files.every(isFileEntry);
    return isOurs ? manifest : undefined;
  } catch {
    return undefined;
  }
}

function isFileEntry({ path, sha256: hash }: Manifest["files"][number]): boolean {
  return typeof path === "string" && typeof hash === "string";
}

/** What is there of the files of a manifest, and the manifest; files that were changed since are someone's work. */
function builtFrom(out: string, manifest: Manifest): string[] {
  const paths: string[] = Object.values(artifactPaths(manifest.name));
  const unchanged = manifest.files.filter(
    ({ path, sha256: wanted }) =>
      paths.includes(path) && existsSync(join(out, path)) && sha256(readFileSync(join(out, path))) === wanted,
  );
  return [...unchanged.map(({ path }) => path), artifactPaths(manifest.name).manifest];
}

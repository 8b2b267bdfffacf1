import { join } from "node:path";
import { makeFolder } from "../files/makeFolder.js";
import { removeUnfinished, unfinishedName } from "../files/unfinished.js";
import { cacheRoot } from "./cache.js";
import type { Machine, Outcome } from "./machine.js";
import { oneLine } from "./problems.js";
import { addonPath, libraryFolder } from "./tfjs-node.js";

/** What is known of the addon in one tfjs-node package. */
export type AddonState =
  | { readonly state: "absent" }
  | { readonly state: "broken"; readonly reason: string }
  | { readonly state: "works"; readonly tensorflowVersion: string };

const RECORD = "verified.json";

/** An addon that was loaded, and the version that it told. */
interface Verified {
  readonly fingerprint: string;
  readonly tensorflowVersion: string;
}

/** By package folder, then by Node.js version. */
type VerifiedAddons = Readonly<Record<string, Readonly<Record<string, Verified>>>>;

/**
 * Whether the addon in this tfjs-node package loads. The addon is loaded in a process of its own, because a
 * library that the processor cannot run ends the process. What has loaded once is remembered, and is not tried
 * again for as long as the files and Node.js are the same.
 */
export function inspectAddon(folder: string, machine: Machine): AddonState {
  const addon = addonPath(folder);
  if (!machine.files.existsSync(addon)) return { state: "absent" };
  const fingerprint = fingerprintOf(folder, machine);
  const record = readRecord(machine);
  const known = record[folder]?.[machine.nodeVersion];
  if (known?.fingerprint === fingerprint) {
    return { state: "works", tensorflowVersion: known.tensorflowVersion };
  }
  const state = probe(addon, machine);
  if (state.state === "works") {
    const { tensorflowVersion } = state;
    const verified = { ...record[folder], [machine.nodeVersion]: { fingerprint, tensorflowVersion } };
    writeRecord({ ...record, [folder]: verified }, machine);
  }
  return state;
}

function probe(addon: string, machine: Machine): AddonState {
  const script = "process.stdout.write('TensorFlow ' + require(process.argv[1]).TF_Version)";
  const outcome = machine.run(machine.execPath, ["-e", script, addon], {
    env: { TF_CPP_MIN_LOG_LEVEL: "2", NODE_OPTIONS: "" },
    timeoutSeconds: 60,
  });
  const version = /^TensorFlow (\S+)$/.exec(outcome.stdout.trim())?.[1];
  if (outcome.status === 0 && version !== undefined) return { state: "works", tensorflowVersion: version };
  return { state: "broken", reason: reasonOf(outcome) };
}

function reasonOf(outcome: Outcome): string {
  if (outcome.timedOut) return "it took more than a minute";
  const line = outcome.stderr.split("\n").find((text) => /Error: |instructions/.test(text));
  return line === undefined ? "it ends the process" : oneLine(line.replace(/^\w*Error: /, ""));
}

/** Changes whenever the addon or one of the TensorFlow libraries does. */
function fingerprintOf(folder: string, machine: Machine): string {
  const libraries = libraryFolder(folder);
  const { files } = machine;
  const names = files.existsSync(libraries) ? files.readdirSync(libraries).sort() : [];
  const looks = [addonPath(folder), ...names.map((name) => join(libraries, name))].map((file) => {
    const stat = files.statSync(file, { throwIfNoEntry: false });
    return stat === undefined ? "missing" : `${stat.size}:${stat.mtimeMs}`;
  });
  return looks.join(" ");
}

function readRecord(machine: Machine): VerifiedAddons {
  try {
    return wellFormed(JSON.parse(machine.files.readFileSync(join(cacheRoot(machine), RECORD), "utf8")));
  } catch {
    return {};
  }
}

/** What of a record is as it is written here: the file may be anything. */
function wellFormed(record: unknown): VerifiedAddons {
  const verified = (entry: unknown): entry is Verified => {
    const { fingerprint, tensorflowVersion } = (entry ?? {}) as Partial<Verified>;
    return typeof fingerprint === "string" && typeof tensorflowVersion === "string";
  };
  const folders = entriesOf(record).map(([folder, versions]) => {
    const kept = entriesOf(versions).filter((entry): entry is [string, Verified] => verified(entry[1]));
    return [folder, Object.fromEntries(kept)];
  });
  return Object.fromEntries(folders);
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

function writeRecord(record: VerifiedAddons, machine: Machine): void {
  const { files } = machine;
  const root = cacheRoot(machine);
  // Folders that are gone, such as those that a cache was put together in, are forgotten.
  const present = Object.entries(record).filter(([folder]) => files.existsSync(folder));
  try {
    makeFolder(root, files);
    removeUnfinished(root, RECORD, files);
    const temporary = join(root, unfinishedName(RECORD));
    files.writeFileSync(temporary, `${JSON.stringify(Object.fromEntries(present), undefined, 2)}\n`);
    files.renameSync(temporary, join(root, RECORD));
  } catch {
    // A cache that cannot be written only means that the addon is tried again the next time.
  }
}

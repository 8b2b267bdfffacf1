import type { Program } from "../compiler/program.js";
import type { NdArray } from "../src/ir/array.js";
import { aRecord, natural } from "../src/ir/options.js";
import type { Executable } from "./backends/backend.js";
import type { CallbackState } from "./callbacks/callback.js";
import type { Backup, Trained } from "./fit/backup.js";
import { type Call, differenceOf } from "./fit/call.js";
import type { States } from "./fit/callbackRunner.js";
import type { Sums } from "./fit/totals.js";
import { attempt, filesFor, refusedFile } from "./host/filesFor.js";
import { tellOnce } from "./host/tellOnce.js";
import type { Signal } from "./signal.js";
import { readCheckpoint } from "./weights/read-weights.js";
import { writeWeights } from "./weights/weight-files.js";

/** What callbacks remember, as a checkpoint holds it: texts and numbers as JSON, and weights by longer names. */
interface Kept {
  /** After how many epochs the run began. */
  readonly first: number;
  readonly stopped: string | undefined;
  readonly callbacks: Readonly<Record<string, CallbackState["values"]>>;
  readonly call: Call;
  /** What the steps of an epoch have added up that has not ended. */
  readonly within?: Sums | undefined;
  /** The hash of the first batch of a source. One of an older Shapewright lacks it. */
  readonly data?: number | undefined;
}

/** A file that training is kept in from epoch to epoch: a checkpoint, and what callbacks remember. */
export function backupIn(
  op: string,
  path: string,
  call: Call,
  session: { readonly program: Program; readonly executable: Executable; readonly trained: Trained },
  disposed: Signal,
): Backup {
  const { program, executable, trained } = session;
  let isOurs = false;
  let release = () => {};
  const tell = tellOnce();
  return {
    async read(epoch) {
      const files = await filesFor(op, path);
      const locked = attempt(op, path, "written", files, () => files.lock(path));
      if (typeof locked === "number") {
        const fault = `${path} is the backup of a call that is under way in process ${locked}`;
        throw refusedFile(op, `${fault}; wait for its end, or give each call a backup of its own`);
      }
      release = locked;
      if (!files.exists(path)) return undefined;
      const { kind, values, epochs, kept, remembered } = await readCheckpoint(op, path, program.variables);
      if (kind !== "backup")
        throw refusedFile(op, `${path} is no backup, which would be removed in the end; give it a file of its own`);
      if (!isKept(kept)) throw refusedFile(op, `${path} is broken: what training remembers in it is not there`);
      const { first, within, call: before, data, ...rest } = kept;
      const difference = differenceOf(before, call);
      if (difference !== undefined)
        throw refusedFile(op, `${path} is ${difference}; call it as it was called, or remove the file to begin anew`);
      if (epoch < first || epoch > epochs) {
        const fault = `${path} is of a run that began with epoch ${first + 1} and has ended ${epochs}, this one begins with epoch ${epoch + 1}`;
        throw refusedFile(op, `${fault}; give each call a backup of its own, or remove it to begin anew`);
      }
      disposed.throwIfAborted();
      isOurs = true;
      return {
        first,
        epochs,
        within,
        data,
        states: statesOf(rest, remembered),
        apply() {
          disposed.throwIfAborted();
          executable.setVariables(values);
          trained.epochs = epochs;
        },
      };
    },
    async write({ first, epochs, states, within, data }) {
      disposed.throwIfAborted();
      const content = {
        kind: "backup",
        tensors: executable.getVariables([...program.variables.keys()]),
        epochs,
        kept: { first, call, within, data, ...keptOf(states) } satisfies Kept,
        remembered: rememberedIn(states),
      } as const;
      try {
        await writeWeights(op, path, content);
        isOurs = true;
        return true;
      } catch (error) {
        tell(error);
        return false;
      }
    },
    async remove() {
      if (!isOurs) return;
      try {
        // Where the path is a link, it is the file it leads to that the next call would go on from.
        const files = await filesFor(op, path);
        const target = files.exists(path) ? files.realPath(path) : path;
        attempt(op, path, "removed", files, () => files.remove(target));
      } catch (error) {
        tellOnce("training has ended; remove it before the next call")(error);
      }
    },
    release: () => release(),
  };
}

/** Whether what was read is what `write` writes: a file may have been changed by other hands. */
function isKept(kept: unknown): kept is Kept {
  const { first, call, callbacks, within } = (aRecord.accepts(kept) ? kept : {}) as Partial<Kept>;
  const isCall = aRecord.accepts(call) && aRecord.accepts(call?.settings);
  if (within !== undefined && !(natural.accepts(within.steps) && aRecord.accepts(within.sums))) return false;
  return (
    natural.accepts(first) && isCall && aRecord.accepts(callbacks) && Object.values(callbacks!).every(aRecord.accepts)
  );
}

function keptOf({ stopped, callbacks }: States): Omit<Kept, "first" | "call" | "within" | "data"> {
  return { stopped, callbacks: Object.fromEntries([...callbacks].map(([place, { values }]) => [place, values])) };
}

/** Weights that callbacks remember, by `place/name`. */
function rememberedIn({ callbacks }: States): Map<string, NdArray> {
  const all = [...callbacks].flatMap(([place, { weights }]) =>
    [...(weights ?? [])].map(([name, value]) => [`${place}/${name}`, value] as const),
  );
  return new Map(all);
}

function statesOf(
  { stopped, callbacks }: Omit<Kept, "first" | "call" | "within" | "data">,
  remembered: ReadonlyMap<string, NdArray>,
): States {
  const states = Object.entries(callbacks).map(([place, values]): [string, CallbackState] => {
    const own = [...remembered].filter(([name]) => name.startsWith(`${place}/`));
    const weights = new Map(own.map(([name, value]) => [name.slice(place.length + 1), value]));
    return [place, { values, ...(weights.size > 0 && { weights }) }];
  });
  return { stopped, callbacks: new Map(states) };
}

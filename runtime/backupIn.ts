import type { Program } from "../compiler/program.js";
import type { NdArray } from "../src/ir/array.js";
import type { Executable } from "./backends/backend.js";
import type { CallbackState } from "./callbacks/callback.js";
import type { States } from "./fit/callbackRunner.js";
import type { Backup, Trained } from "./fit/fit.js";
import { filesFor, refusedFile, removeFile } from "./host/filesFor.js";
import { readCheckpoint } from "./weights/read-weights.js";
import { writeWeights } from "./weights/weight-files.js";

/** What callbacks remember, as a checkpoint holds it: texts and numbers as JSON, and weights by longer names. */
interface Kept {
  /** After how many epochs the run began. */
  readonly first: number;
  readonly stopped: string | undefined;
  readonly callbacks: Readonly<Record<string, CallbackState["values"]>>;
}

/** A file that training is kept in from epoch to epoch: a checkpoint, and what callbacks remember. */
export function backupIn(
  op: string,
  path: string,
  session: { readonly program: Program; readonly executable: Executable; readonly trained: Trained },
  disposed: AbortSignal,
): Backup {
  const { program, executable, trained } = session;
  let isOurs = false;
  return {
    async read(epoch) {
      if (!(await filesFor(op, path)).exists(path)) return undefined;
      const { kind, values, epochs, kept, remembered } = await readCheckpoint(op, path, program.variables);
      if (kind !== "backup")
        throw refusedFile(op, `${path} is no backup, which would be removed in the end; give it a file of its own`);
      const { first, ...rest } = kept as Kept;
      if (epoch < first || epoch > epochs) {
        const fault = `${path} is of a run that began with epoch ${first + 1} and has ended ${epochs}, this one begins with epoch ${epoch + 1}`;
        throw refusedFile(op, `${fault}; give each call a backup of its own, or remove it to begin anew`);
      }
      disposed.throwIfAborted();
      isOurs = true;
      return {
        first,
        epochs,
        states: statesOf(rest, remembered),
        apply() {
          disposed.throwIfAborted();
          executable.setVariables(values);
          trained.epochs = epochs;
        },
      };
    },
    async write(first, states) {
      disposed.throwIfAborted();
      await writeWeights(op, path, {
        kind: "backup",
        tensors: executable.getVariables([...program.variables.keys()]),
        epochs: trained.epochs,
        kept: { first, ...keptOf(states) } satisfies Kept,
        remembered: rememberedIn(states),
      });
      isOurs = true;
    },
    async remove() {
      if (isOurs) await removeFile(op, path);
    },
  };
}

function keptOf({ stopped, callbacks }: States): Omit<Kept, "first"> {
  return { stopped, callbacks: Object.fromEntries([...callbacks].map(([place, { values }]) => [place, values])) };
}

/** Weights that callbacks remember, by `place/name`. */
function rememberedIn({ callbacks }: States): Map<string, NdArray> {
  const all = [...callbacks].flatMap(([place, { weights }]) =>
    [...(weights ?? [])].map(([name, value]) => [`${place}/${name}`, value] as const),
  );
  return new Map(all);
}

function statesOf({ stopped, callbacks }: Omit<Kept, "first">, remembered: ReadonlyMap<string, NdArray>): States {
  const states = Object.entries(callbacks).map(([place, values]): [string, CallbackState] => {
    const own = [...remembered].filter(([name]) => name.startsWith(`${place}/`));
    const weights = new Map(own.map(([name, value]) => [name.slice(place.length + 1), value]));
    return [place, { values, ...(weights.size > 0 && { weights }) }];
  });
  return { stopped, callbacks: new Map(states) };
}

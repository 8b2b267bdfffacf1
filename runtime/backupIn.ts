import type { Program } from "../compiler/program.js";
import type { NdArray } from "../src/ir/array.js";
import type { Executable } from "./backends/backend.js";
import type { CallbackState } from "./callbacks/callback.js";
import type { States } from "./fit/callbackRunner.js";
import type { Backup, Trained } from "./fit/fit.js";
import { filesFor } from "./host/filesFor.js";
import { readCheckpoint } from "./weights/read-weights.js";
import { writeWeights } from "./weights/weight-files.js";

/** What callbacks remember, as a checkpoint holds it: texts and numbers as JSON, and weights by longer names. */
interface Kept {
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
  return {
    async restore() {
      if (!(await filesFor(op, path)).exists(path)) return undefined;
      const { values, epochs, kept, remembered } = await readCheckpoint(op, path, program.variables);
      disposed.throwIfAborted();
      executable.setVariables(values);
      trained.epochs = epochs;
      return statesOf((kept ?? { callbacks: {} }) as Kept, remembered);
    },
    write: (states) =>
      writeWeights(op, path, () => ({
        kind: "checkpoint",
        tensors: executable.getVariables([...program.variables.keys()]),
        epochs: trained.epochs,
        kept: keptOf(states),
        remembered: rememberedIn(states),
      })),
    remove: async () => (await filesFor(op, path)).remove(path),
  };
}

function keptOf({ stopped, callbacks }: States): Kept {
  return { stopped, callbacks: Object.fromEntries([...callbacks].map(([place, { values }]) => [place, values])) };
}

/** Weights that callbacks remember, by `place/name`. */
function rememberedIn({ callbacks }: States): Map<string, NdArray> {
  const all = [...callbacks].flatMap(([place, { weights }]) =>
    [...(weights ?? [])].map(([name, value]) => [`${place}/${name}`, value] as const),
  );
  return new Map(all);
}

function statesOf({ stopped, callbacks }: Kept, remembered: ReadonlyMap<string, NdArray>): States {
  const states = Object.entries(callbacks).map(([place, values]): [string, CallbackState] => {
    const own = [...remembered].filter(([name]) => name.startsWith(`${place}/`));
    const weights = new Map(own.map(([name, value]) => [name.slice(place.length + 1), value]));
    return [place, { values, ...(weights.size > 0 && { weights }) }];
  });
  return { stopped, callbacks: new Map(states) };
}

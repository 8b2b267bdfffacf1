import { feedsOf, type Program } from "../../compiler/program.js";
import type { NdArray } from "../../src/ir/array.js";
import type { Node } from "../../src/ir/node.js";
import type { Executable, Total } from "../backends/backend.js";
import { batchOf, type KeptDataset, keptDataset } from "./keptDataset.js";
import { badPlace, firstNonFinite } from "./non-finite.js";
import { originInWords } from "./originInWords.js";

type Batch = Readonly<Record<string, NdArray>>;

/** An executable that trains step by step, and finds out who made the first number that is none. */
export interface Locating extends Executable {
  /** Who it was, in words, once a step had one. The variables are then as they were before that step. */
  found(): string | undefined;
}

/**
 * Looks after each step of training whether the loss and all variables are finite; where they are not, the step is done again on the
 * reference kernels, node by node. Each step costs a copy of all variables.
 */
export function locating(program: Program, executable: Executable): Locating {
  const names = [...program.variables.keys()];
  const feedNodes = feedsOf(program);
  let found: string | undefined;
  const look = (batch: Batch, before: ReadonlyMap<string, NdArray>): string => {
    const fed = Object.entries(batch).map(([key, rows]) => [feedNodes.get(key)!, rows] as const);
    const kept = names.map((name) => [program.variables.get(name)! as Node, before.get(name)!] as const);
    const origin = firstNonFinite(program.train, new Map([...fed, ...kept]));
    if (origin) return originInWords(origin, program.train.names);
    return `no op makes such a number on the reference kernels, only ${executable.backend} does`;
  };
  const watched = <R extends NdArray | Total>(batch: () => Batch, take: () => Record<string, R>): Record<string, R> => {
    const before = executable.getVariables(names);
    const results = take();
    const totals = Object.entries(results).filter(([name]) => program.train.outputs[name]!.part !== "metric");
    const after = [...totals.map(([, total]) => total), ...executable.getVariables(names).values()];
    if (after.every((value) => badPlace(value) === undefined)) return results;
    found = look(batch(), before);
    executable.setVariables(before);
    return results;
  };
  return {
    backend: executable.backend,
    found: () => found,
    setVariables: (values) => executable.setVariables(values),
    getVariables: (wanted) => executable.getVariables(wanted),
    call: (inputs) => executable.call(inputs),
    dispose: () => executable.dispose(),
    upload: (feeds) => keptDataset(executable.upload(feeds), feeds),
    run(graph, data, begin, end, batchSize) {
      const kept = data as KeptDataset;
      const take = () => executable.run(graph, kept.uploaded, begin, end, batchSize);
      return graph === "train" ? watched(() => batchOf(kept, begin, end), take) : take();
    },
    step(graph, batch) {
      const take = () => executable.step(graph, batch);
      return graph === "train" ? watched(() => batch, take) : take();
    },
  };
}

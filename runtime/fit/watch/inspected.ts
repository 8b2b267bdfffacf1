import type { NdArray } from "../../../src/ir/array.js";
import type { Executable } from "../../backends/backend.js";
import { batchOf, type KeptDataset, keptDataset } from "../keptDataset.js";

/** What looks at steps of training. */
export interface StepInspector {
  /** Whether the next step is looked at. */
  isDue(): boolean;
  /** Looks at a step that is about to be taken, on a batch as it is fed. */
  look(batch: Readonly<Record<string, NdArray>>): void;
}

/** An executable whose steps can be looked at before they are taken, which leaves them as they are. */
export interface Inspected extends Executable {
  inspector: StepInspector | undefined;
}

export function inspected(executable: Executable): Inspected {
  return {
    inspector: undefined,
    backend: executable.backend,
    setVariables: (values) => executable.setVariables(values),
    getVariables: (names) => executable.getVariables(names),
    step: (graph, batch) => executable.step(graph, batch),
    call: (inputs) => executable.call(inputs),
    dispose: () => executable.dispose(),
    upload: (feeds) => keptDataset(executable.upload(feeds), feeds),
    run(graph, data, begin, end, batchSize) {
      const kept = data as KeptDataset;
      if (graph === "train" && this.inspector?.isDue()) this.inspector.look(batchOf(kept, begin, begin + batchSize));
      return executable.run(graph, kept.uploaded, begin, end, batchSize);
    },
  };
}

import type { Samples } from "../data/samples.js";
import type { Feed } from "./feed.js";
import { GroupRunner } from "./groupRunner.js";
import type { Interrupt } from "./interrupt.js";
import type { Pass } from "./runSteps.js";

/** Samples that come batch by batch, of which each epoch takes the next so many steps. */
export interface StreamPlan {
  /** All batches there are. */
  readonly batches: (interrupt: Interrupt) => AsyncIterable<Samples>;
  readonly batchSize: number | undefined;
  readonly steps: number;
}

/** One stream of batches for all epochs: it is read as far as an epoch's steps go, and no further. */
export function streamFeed({ batches, batchSize, steps }: StreamPlan): Feed {
  let runner: GroupRunner | undefined;
  const running = ({ interrupt }: Pass) => {
    runner ??= new GroupRunner(batches(interrupt), batchSize);
    return runner;
  };
  return {
    steps,
    async run(pass, _epoch, taken = 0) {
      await running(pass).skip(taken);
      await running(pass).run(pass, steps - taken);
    },
    skip: (pass, epochs) => running(pass).skip(epochs * steps),
    dispose: async () => runner?.close(),
  };
}

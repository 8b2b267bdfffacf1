import { thenClosed } from "../data/iterables.js";
import type { Samples } from "../data/samples.js";
import type { Feed } from "./feed.js";
import { GroupRunner } from "./groupRunner.js";
import type { Interrupt } from "./interrupt.js";

/** Samples that come batch by batch, which start afresh for each epoch. */
export interface BatchesPlan {
  readonly batches: (epoch: number, interrupt: Interrupt) => AsyncIterable<Samples>;
  /** How many samples a step takes, over the bounds of batches: as many as each has, unless said otherwise. */
  readonly batchSize?: number | undefined;
  /** After how many steps an epoch ends, whether or not more batches would come. */
  readonly steps?: number | undefined;
}

/** Samples that come batch by batch: of many batches, one upload and one call. */
export function batchesFeed({ batches, batchSize, steps }: BatchesPlan): Feed {
  return {
    async run(pass, epoch, taken = 0) {
      const runner = new GroupRunner(batches(epoch, pass.interrupt), batchSize);
      const run = async () => {
        await runner.skip(taken);
        await runner.run(pass, steps === undefined ? undefined : steps - taken);
      };
      await thenClosed(run, () => runner.close());
    },
    async dispose() {},
  };
}

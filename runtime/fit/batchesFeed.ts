import type { Samples } from "../data/samples.js";
import { type Feed, inSequence } from "./feed.js";
import { groupsOf } from "./groupsOf.js";
import type { Interrupt } from "./interrupt.js";
import { runSteps } from "./runSteps.js";

/** Samples that come batch by batch: of many batches, one upload and one call. */
export function batchesFeed(
  batches: (epoch: number, interrupt: Interrupt) => AsyncIterable<Samples>,
  batchSize: number | undefined,
): Feed {
  return {
    async run(pass, epoch) {
      const steps = () => pass.pace.steps(Infinity);
      for await (const group of groupsOf(batches(epoch, pass.interrupt), batchSize, steps)) {
        const { feeds, count, sizes } = group.samples;
        const data = pass.executable.upload(feeds);
        try {
          data.setOrder(inSequence(count, epoch));
          await runSteps(pass, data, { count, batchSize: group.batchSize, sizes });
        } finally {
          data.dispose();
        }
      }
    },
    dispose() {},
  };
}

import type { Dataset } from "../backends/backend.js";
import type { Samples } from "../data/samples.js";
import { inSequence } from "./feed.js";
import { type Group, groupsOf } from "./groupsOf.js";
import { type Pass, runSteps } from "./runSteps.js";

/** Runs batches as they come, some steps at a time: of many batches, one upload and one call. */
export class GroupRunner {
  readonly #groups: AsyncGenerator<Group, void, undefined>;
  /** What has come and is not run yet, from sample `begin` on. */
  #held: { readonly group: Group; readonly data?: Dataset; begin: number } | undefined;
  /** How many steps the next group should have. */
  #wanted = 1;

  constructor(batches: AsyncIterable<Samples>, batchSize: number | undefined) {
    this.#groups = groupsOf(batches, batchSize, () => this.#wanted);
  }

  /** Runs the next steps: `limit`, or as many as there are. */
  async run(pass: Pass, limit = Infinity): Promise<void> {
    for (let left = limit; left > 0; ) {
      this.#wanted = pass.pace.steps(left);
      const held = await this.#next();
      if (!held) return;
      const { samples, batchSize } = held.group;
      const data = held.data ?? pass.executable.upload(samples.feeds);
      if (!held.data) data.setOrder(inSequence(samples.count, 0));
      this.#held = { ...held, data };
      const end = Math.min(samples.count, held.begin + left * batchSize);
      await runSteps(pass, data, { ...samples, batchSize }, { begin: held.begin, end });
      left -= this.#advance(end);
      if (pass.isEnough?.()) return;
    }
  }

  /** Goes by steps that are not run. */
  async skip(steps: number): Promise<void> {
    for (let left = steps; left > 0; ) {
      this.#wanted = 1;
      const held = await this.#next();
      if (!held) return;
      const { samples, batchSize } = held.group;
      left -= this.#advance(Math.min(samples.count, held.begin + left * batchSize));
    }
  }

  /** Frees what is held, and tells the source that no more is asked of it. */
  async close(): Promise<void> {
    this.#held?.data?.dispose();
    this.#held = undefined;
    await this.#groups.return();
  }

  async #next() {
    if (this.#held) return this.#held;
    const next = await this.#groups.next();
    if (!next.done) this.#held = { group: next.value, begin: 0 };
    return this.#held;
  }

  /** Goes on to sample `end` of what is held, and says how many steps that were. */
  #advance(end: number): number {
    const { group, data, begin } = this.#held!;
    if (end < group.samples.count) this.#held!.begin = end;
    else {
      data?.dispose();
      this.#held = undefined;
    }
    return Math.ceil((end - begin) / group.batchSize);
  }
}

import { host } from "#host";
import type { Backup, Resumed } from "./backup.js";
import type { States } from "./callbackRunner.js";
import type { Feed } from "./feed.js";
import type { Interrupt } from "./interrupt.js";
import type { Sums } from "./totals.js";
import type { WeightsLook } from "./weightsLook.js";

/** How long training goes on, in milliseconds, before it is kept in the middle of an epoch. */
const keptEvery = 300_000;

/** What a run is kept with. */
interface Kept {
  readonly op: string;
  readonly backup: Backup | undefined;
  /** Where it goes on from, if it does. */
  readonly resumed: Resumed | undefined;
  /** The number of the first epoch of the whole run, from 0. */
  readonly begun: number;
  readonly feed: Feed;
  readonly states: () => States;
  readonly look: WeightsLook | undefined;
}

/** Keeps a run in its backup, where it has one. */
export class Keeping {
  /** Whether all of it is kept, as far as it has come. */
  isKept: boolean;
  #at = performance.now();

  constructor(readonly kept: Kept) {
    this.isKept = kept.resumed !== undefined;
  }

  /**
   * @param within what the steps of an epoch have added up that has not ended
   * @throws SW_DIVERGED where weights are no numbers, from which no run could go on: what was kept before stays
   */
  async keep(epochs: number, within?: Sums): Promise<void> {
    const { backup, resumed, begun: first, feed, states, look } = this.kept;
    if (backup) look?.(within ? epochs + 1 : epochs, "kept");
    const data = resumed ? resumed.data : feed.seen?.();
    this.isKept = (await backup?.write({ first, epochs, states: states(), within, data })) ?? false;
    this.#at = performance.now();
  }

  /** Keeps it in the middle of an epoch, from time to time. */
  async keepAtTimes(epochs: number, within: () => Sums): Promise<void> {
    if (performance.now() - this.#at > keptEvery) await this.keep(epochs, within());
  }

  /** Tells that a source gives other batches than it did before the run was killed, which is asked for its first one anew. */
  async lookAtSource(interrupt: Interrupt): Promise<void> {
    const { resumed, feed, begun } = this.kept;
    if (resumed?.data !== undefined && feed.look) this.#compare(await feed.look(interrupt, begun));
  }

  /** The same of one that can be gone through once, which has given it again. */
  lookBack(): void {
    const { feed } = this.kept;
    if (!feed.look) this.#compare(feed.seen?.());
  }

  #compare(data: number | undefined): void {
    const { op, resumed } = this.kept;
    if (resumed?.data === undefined || data === undefined || data === resumed.data) return;
    host.reports.write(
      `${op}: the source's first batch is another than before: if its data is the same, it draws at random, and the weights will not be those of a run that was not killed\n`,
    );
  }
}

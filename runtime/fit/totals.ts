/** Means over the samples seen: the loss, and the metrics. */
export type Means = Readonly<Record<string, number>>;

/** What steps have reported so far, each counted for as many samples as it had. */
export class Totals {
  readonly #sums = new Map<string, number>();
  #samples = 0;
  #steps = 0;

  get samples(): number {
    return this.#samples;
  }

  get steps(): number {
    return this.#steps;
  }

  get means(): Means {
    return Object.fromEntries([...this.#sums].map(([name, sum]) => [name, sum / this.#samples]));
  }

  /** Adds the sums that some steps of `batchSize` samples each gave. */
  add(results: Readonly<Record<string, number>>, steps: number, batchSize: number): void {
    for (const [name, value] of Object.entries(results)) {
      this.#sums.set(name, (this.#sums.get(name) ?? 0) + value * batchSize);
    }
    this.#samples += steps * batchSize;
    this.#steps += steps;
  }
}

import type { Signal } from "../signal.js";

/** What may end an operation between two calls of a backend: the caller's signal, the end of the session. */
export class Interrupt {
  readonly #signals: readonly Signal[];

  constructor(...signals: readonly (Signal | undefined)[]) {
    this.#signals = signals.filter((signal) => signal !== undefined);
  }

  /** @throws the reason of the first signal that has been aborted */
  check(): void {
    for (const signal of this.#signals) signal.throwIfAborted();
  }

  /** Waits for something, but not longer than until a signal is aborted. */
  async wait<R>(promise: PromiseLike<R>): Promise<R> {
    this.check();
    const ends: (() => void)[] = [];
    const aborted = new Promise<never>((_, reject) => {
      for (const signal of this.#signals) {
        const end = () => reject(signal.reason);
        signal.addEventListener("abort", end);
        ends.push(() => signal.removeEventListener("abort", end));
      }
    });
    try {
      return await Promise.race([promise, aborted]);
    } finally {
      for (const end of ends) end();
    }
  }
}

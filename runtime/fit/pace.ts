/** How long one call into a backend should take: long enough to cost nothing, short enough to report and to be stopped. */
const targetSeconds = 0.1;

/** Chooses how many steps go into a call, from how long the last ones took. */
export class Pace {
  #steps = 1;

  /** @param most how many steps go into a call at most */
  constructor(readonly most = Infinity) {}

  /** Steps for the next call, of those that are left. */
  steps(left: number): number {
    return Math.min(this.#steps, left);
  }

  /** Told how long a call took. The count at most quadruples: a first call is slow for reasons of its own. */
  record(steps: number, seconds: number): void {
    const ideal = Math.round((steps * targetSeconds) / Math.max(seconds, 1e-6));
    this.#steps = Math.max(1, Math.min(ideal, this.#steps * 4, this.most));
  }
}

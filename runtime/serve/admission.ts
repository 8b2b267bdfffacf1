import { Failure } from "./failure.js";

/** Lets in as many requests at once as there may be. */
export interface Admission {
  /** How many there are. */
  count(): number;
  /** @throws Failure where there are as many as there may be */
  admit<R>(run: () => Promise<R>): Promise<R>;
}

export function admission(most: number): Admission {
  let count = 0;
  return {
    count: () => count,
    async admit(run) {
      if (count >= most)
        throw new Failure(503, `there are ${most} requests already; ask again later`, { "Retry-After": "1" });
      count++;
      try {
        return await run();
      } finally {
        count--;
      }
    },
  };
}

import type { Random } from "../ir/random.js";

/** A normal number with mean 0 and standard deviation 1, drawn again where it is two deviations away or more. */
export function drawTruncated(random: Random): number {
  for (;;) {
    const draw = random.normal();
    if (Math.abs(draw) < 2) return draw;
  }
}

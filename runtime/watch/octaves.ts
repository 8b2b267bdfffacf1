import type { Histogram } from "./records.js";

// The bins of histograms: one for each power of 2 of either sign, so that steps of any size are told apart, and 0 between them. They are
// the same for all weights and all steps. The exponent of a float32 is its bin: no logarithm is taken.

/** Bin 1 begins at 2 to this: what is smaller, about 1e-9, falls into bin 0. */
const smallest = -30;
/** The last bin, in which all is that is larger. */
export const lastBin = 46;

/** Where bin `bin` begins, on the side of 0: bin 1 holds [2⁻³⁰, 2⁻²⁹), bin -1 the same below 0. */
export function beginOfBin(bin: number): number {
  return bin === 0 ? 0 : Math.sign(bin) * 2 ** (smallest + Math.abs(bin) - 1);
}

/** The histogram of float32 numbers. */
export function histogramOf(data: Float32Array): Histogram {
  const bits = new Uint32Array(data.buffer, data.byteOffset, data.length);
  const counts = new Array<number>(2 * lastBin + 1).fill(0);
  let notFinite = 0;
  for (let i = 0; i < bits.length; i++) {
    const exponent = (bits[i]! >>> 23) & 0xff;
    if (exponent === 0xff) {
      notFinite++;
      continue;
    }
    const bin = Math.min(Math.max(exponent - 127 - smallest + 1, 0), lastBin);
    counts[lastBin + (bits[i]! >>> 31 ? -bin : bin)]!++;
  }
  const begin = counts.findIndex((count) => count > 0);
  const end = counts.findLastIndex((count) => count > 0) + 1;
  const held = begin < 0 ? { first: 0, counts: [] } : { first: begin - lastBin, counts: counts.slice(begin, end) };
  return { ...held, ...(notFinite > 0 && { notFinite }) };
}

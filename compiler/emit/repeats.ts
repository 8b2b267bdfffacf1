/** A stretch of layers that comes several times, one after another. */
export interface Run {
  /** Where the first of them begins. */
  readonly start: number;
  /** How many layers each has. */
  readonly period: number;
  readonly times: number;
}

/** No block has more layers: what is longer would take too long to look for. */
const longestBlock = 64;
/** Fewer layers than this, in all, are seen at a glance. */
const fewestLayers = 4;

/**
 * The blocks of a network that are equal, as an encoder's: which stretches of its layers come several times on end.
 *
 * @param layers a text for each layer, in the order of the computation, which equal ones share
 * @param crossing how many values pass from before each layer to it and those after it: blocks begin where few do
 */
export function runsOf(layers: readonly string[], crossing: readonly number[]): Run[] {
  const alike = Array.from({ length: Math.min(longestBlock, layers.length >> 1) }, (_, i) => alikeBy(layers, i + 1));
  const runsIn = (from: number, to: number): Run[] => {
    const run = longest(alike, from, to);
    if (!run) return [];
    const { start, period, times } = aligned(run, crossing);
    return [...runsIn(from, start), { start, period, times }, ...runsIn(start + period * times, to)];
  };
  return runsIn(0, layers.length).filter(({ period, times }) => period * times >= fewestLayers);
}

/** From each layer on, how many are as those that come `period` layers later. */
function alikeBy(layers: readonly string[], period: number): Uint32Array {
  const counts = new Uint32Array(layers.length + 1);
  for (let i = layers.length - period - 1; i >= 0; i--) {
    if (layers[i] === layers[i + period]) counts[i] = counts[i + 1]! + 1;
  }
  return counts;
}

interface Stretch {
  readonly start: number;
  readonly period: number;
  /** All that repeats, the last begun time with it. */
  readonly length: number;
}

/** What repeats over most layers; of several, that with the shortest blocks. */
function longest(alike: readonly Uint32Array[], from: number, to: number): Stretch | undefined {
  let found: Stretch | undefined;
  let most = 0;
  for (const [i, counts] of alike.entries()) {
    const period = i + 1;
    for (let start = from; start + 2 * period <= to; start++) {
      const length = Math.min(counts[start]!, to - start - period) + period;
      const whole = length - (length % period);
      if (whole < 2 * period || whole <= most) continue;
      most = whole;
      found = { start, period, length };
    }
  }
  return found;
}

/** The same, begun where fewest values cross from block to block. */
function aligned({ start, period, length }: Stretch, crossing: readonly number[]): Run {
  let best: Run & { readonly crossed: number } = { start, period, times: 0, crossed: Number.POSITIVE_INFINITY };
  for (let shift = 0; shift < period; shift++) {
    const times = Math.floor((length - shift) / period);
    const crossed = crossing[start + shift + period] ?? 0;
    if (times < 2 || crossed > best.crossed || (crossed === best.crossed && times <= best.times)) continue;
    best = { start: start + shift, period, times, crossed };
  }
  return best;
}

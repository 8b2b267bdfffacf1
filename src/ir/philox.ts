/** Four 32-bit words, each a number from 0 to 2³² − 1. */
export type Words4 = readonly [number, number, number, number];

/** The high and the low 32 bits of a product of two 32-bit numbers, which a double cannot hold whole. */
function multiply(a: number, b: number): [high: number, low: number] {
  const [aHigh, aLow] = [a >>> 16, a & 0xffff];
  const [bHigh, bLow] = [b >>> 16, b & 0xffff];
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const middle2 = aLow * bHigh + (middle % 0x10000);
  const high = aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(middle2 / 0x10000);
  return [high >>> 0, Math.imul(a, b) >>> 0];
}

/**
 * Philox-4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011): four random words for a
 * counter and a key. It has no state; the next words are those of the next counter.
 */
export function philox(counter: Words4, key: readonly [number, number]): Words4 {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < 10; round++) {
    const [high0, low0] = multiply(0xd2511f53, c0);
    const [high1, low1] = multiply(0xcd9e8d57, c2);
    [c0, c1, c2, c3] = [(high1 ^ c1 ^ k0) >>> 0, low1, (high0 ^ c3 ^ k1) >>> 0, low0];
    k0 = (k0 + 0x9e3779b9) >>> 0;
    k1 = (k1 + 0xbb67ae85) >>> 0;
  }
  return [c0, c1, c2, c3];
}

/** The words of TensorFlow's stateless random ops for a seed of two int32 numbers. */
export function statelessWords(seed: readonly [number, number], count: number): Uint32Array {
  // TensorFlow makes key and counter from the seed with Philox itself, under a key of its own. A seed is widened to
  // 64 bits with its sign.
  const [s0, s1] = seed;
  const [k0, k1, c2, c3] = philox([s0 >>> 0, (s0 >> 31) >>> 0, s1 >>> 0, (s1 >> 31) >>> 0], [0x3ec8f720, 0x02461e29]);
  const words = new Uint32Array(count);
  for (let i = 0; i < count; i += 4) words.set(philox([i / 4, 0, c2, c3], [k0, k1]).slice(0, count - i), i);
  return words;
}

/** The values of `StatelessRandomUniform`: float32 numbers in [0, 1), in row-major order. */
export function statelessRandomUniform(seed: readonly [number, number], count: number): Float32Array {
  // 23 random bits become the mantissa of a float in [1, 2).
  return Float32Array.from(statelessWords(seed, count), (word) => (word & 0x7fffff) / 0x800000);
}

/**
 * The values of `StatelessRandomNormal`: float32 numbers with mean 0 and standard deviation 1, in row-major order, by the
 * transform of Box and Muller (1958). TensorFlow's differ from them by roundings of its sine, cosine and logarithm.
 */
export function statelessRandomNormal(seed: readonly [number, number], count: number): Float32Array {
  const words = statelessWords(seed, count + (count % 2));
  const uniform = (word: number) => (word & 0x7fffff) / 0x800000;
  const values = new Float32Array(words.length);
  for (let i = 0; i < words.length; i += 2) {
    const radius = Math.sqrt(-2 * Math.log(Math.max(uniform(words[i]!), Math.fround(1e-7))));
    const angle = 2 * Math.PI * uniform(words[i + 1]!);
    values[i] = radius * Math.sin(angle);
    values[i + 1] = radius * Math.cos(angle);
  }
  return values.subarray(0, count);
}

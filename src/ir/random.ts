/**
 * A seeded generator of random numbers on the host. Every backend starts from what it draws, so all see the same
 * initial weights and the same batches. Algorithm: sfc32 (Chris Doty-Humphrey, PractRand), 128 bits of state.
 */
export interface Random {
  /** A uniform number in [0, 1) with 32 random bits. */
  uniform(): number;
  /** A normally distributed number with mean 0 and standard deviation 1 (Box and Muller, 1958). */
  normal(): number;
  /** A uniform integer in [0, bound). */
  integer(bound: number): number;
}

/** A generator that depends on `seed` and, so that streams are independent of one another, on a stream's name. */
export function random(seed: number, stream = ""): Random {
  // a, b, c and the counter, in an array of integers: as variables of a closure, large ones would be objects, made anew each time.
  const state = Int32Array.of(seed >>> 0, hash(stream), Math.floor(seed / 2 ** 32) >>> 0, 1);
  const next = (): number => {
    const [b, c, counter] = [state[1]!, state[2]!, state[3]!];
    const t = (((state[0]! + b) | 0) + counter) | 0;
    state[3] = counter + 1;
    state[0] = b ^ (b >>> 9);
    state[1] = c + (c << 3);
    state[2] = ((c << 21) | (c >>> 11)) + t;
    return t >>> 0;
  };
  for (let i = 0; i < 15; i++) next(); // as the reference implementation mixes a seed in
  const uniform = () => next() / 2 ** 32;
  return {
    uniform,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    integer: (bound) => Math.floor(uniform() * bound),
  };
}

/** A 32-bit hash of a text (FNV-1a). */
export function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

/** The numbers 0 to `count` - 1 in random order (Fisher and Yates; Durstenfeld's form). */
export function shuffled(count: number, generator: Random): Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = generator.integer(i + 1);
    const swap = order[i]!;
    order[i] = order[j]!;
    order[j] = swap;
  }
  return order;
}

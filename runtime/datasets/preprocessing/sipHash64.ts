/**
 * SipHash-2-4 of bytes, by a key of two numbers: who doesn't know it can't find bytes of a wanted hash.
 * Source: Aumasson and Bernstein, "SipHash: a fast short-input PRF" (2012).
 */
export function sipHash64(bytes: Uint8Array, [first, second]: readonly [bigint, bigint]): bigint {
  let state: State = [
    first ^ 0x736f6d6570736575n,
    second ^ 0x646f72616e646f6dn,
    first ^ 0x6c7967656e657261n,
    second ^ 0x7465646279746573n,
  ];
  for (const word of words(bytes)) {
    const [a, b, c, d] = state;
    const [e, f, g, h] = rounds([a, b, c, d ^ word], 2);
    state = [e ^ word, f, g, h];
  }
  const [a, b, c, d] = state;
  return rounds([a, b, c ^ 0xffn, d], 4).reduce((all, one) => all ^ one);
}

type State = readonly [bigint, bigint, bigint, bigint];

/** The bytes in words of 8; the last one ends with their number. */
function words(bytes: Uint8Array): bigint[] {
  const count = Math.floor(bytes.length / 8) + 1;
  const padded = new Uint8Array(8 * count);
  padded.set(bytes);
  padded[padded.length - 1] = bytes.length;
  const view = new DataView(padded.buffer);
  return Array.from({ length: count }, (_, i) => view.getBigUint64(8 * i, true));
}

const low = (x: bigint) => BigInt.asUintN(64, x);
const rotated = (x: bigint, by: bigint) => low(x << by) | (x >> (64n - by));

function rounds([a, b, c, d]: State, count: number): State {
  for (let round = 0; round < count; round++) {
    a = low(a + b);
    c = low(c + d);
    b = rotated(b, 13n) ^ a;
    d = rotated(d, 16n) ^ c;
    a = rotated(a, 32n);
    c = low(c + b);
    a = low(a + d);
    b = rotated(b, 17n) ^ c;
    d = rotated(d, 21n) ^ a;
    c = rotated(c, 32n);
  }
  return [a, b, c, d];
}

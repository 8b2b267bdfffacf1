/**
 * FarmHash's 64 bits of bytes, the same on every platform for ever: what TensorFlow and Keras put texts into buckets by.
 * Source: Pike, FarmHash's `Fingerprint64` (2014), which is its `farmhashna::Hash64`.
 */
export function farmHash64(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { length } = bytes;
  if (length <= 16) return ofUpTo16(view);
  if (length <= 32) return ofUpTo32(view);
  return length <= 64 ? ofUpTo64(view) : ofMore(view);
}

const k0 = 0xc3a5c85c97cb3127n;
const k1 = 0xb492b66fbe98f273n;
const k2 = 0x9ae16a3b2f90404fn;

const low = (x: bigint) => BigInt.asUintN(64, x);
const times = (x: bigint, y: bigint) => low(x * y);
const rotated = (x: bigint, by: bigint) => (low(x) >> by) | low(low(x) << (64n - by));
const mixed = (x: bigint) => x ^ (x >> 47n);
const at = (view: DataView, place: number) => view.getBigUint64(place, true);

/** Two numbers as one. */
function joined(u: bigint, v: bigint, by: bigint): bigint {
  const b = low(v);
  return times(mixed(times(b ^ mixed(times(low(u) ^ b, by)), by)), by);
}

/** What numbers are multiplied by, of bytes of a length. */
const factorOf = ({ byteLength }: DataView) => k2 + 2n * BigInt(byteLength);

function ofUpTo16(s: DataView): bigint {
  const length = s.byteLength;
  const by = factorOf(s);
  if (length >= 8) {
    const a = at(s, 0) + k2;
    const b = at(s, length - 8);
    return joined(times(rotated(b, 37n), by) + a, times(rotated(a, 25n) + b, by), by);
  }
  if (length >= 4) {
    const [first, last] = [s.getUint32(0, true), s.getUint32(length - 4, true)].map(BigInt) as [bigint, bigint];
    return joined(BigInt(length) + (first << 3n), last, by);
  }
  if (length === 0) return k2;
  const y = BigInt(s.getUint8(0) + (s.getUint8(length >> 1) << 8));
  const z = BigInt(length + (s.getUint8(length - 1) << 2));
  return times(mixed(times(y, k2) ^ times(z, k0)), k2);
}

function ofUpTo32(s: DataView): bigint {
  const { u, v, by } = ofEnds(s, k1);
  return joined(u, v, by);
}

/** Of the first and the last 16 bytes. */
function ofEnds(s: DataView, begin: bigint) {
  const length = s.byteLength;
  const by = factorOf(s);
  const a = times(at(s, 0), begin);
  const b = at(s, 8);
  const c = times(at(s, length - 8), by);
  const d = times(at(s, length - 16), k2);
  return { a, u: low(rotated(a + b, 43n) + rotated(c, 30n) + d), v: low(a + rotated(b + k2, 18n) + c), by };
}

function ofUpTo64(s: DataView): bigint {
  const length = s.byteLength;
  const { a, u, v, by } = ofEnds(s, k2);
  const z = joined(u, v, by);
  const e = times(at(s, 16), by);
  const f = at(s, 24);
  const g = times(u + at(s, length - 32), by);
  const h = times(z + at(s, length - 24), by);
  return joined(rotated(e + f, 43n) + rotated(g, 30n) + h, e + rotated(f + a, 18n) + g, by);
}

/** The state that blocks of 64 bytes change. */
interface State {
  readonly x: bigint;
  readonly y: bigint;
  readonly z: bigint;
  readonly v: Pair;
  readonly w: Pair;
}
type Pair = readonly [bigint, bigint];

function ofMore(s: DataView): bigint {
  const over = (s.byteLength - 1) & 63;
  const end = s.byteLength - 1 - over;
  const y = low(81n * k1 + 113n);
  const x = 81n * k2 + at(s, 0);
  let state: State = { x: low(x), y, z: times(mixed(low(y * k2 + 113n)), k2), v: [0n, 0n], w: [0n, 0n] };
  for (let place = 0; place !== end; place += 64) state = afterBlock(s, place, state, { by: k1, weight: 1n });
  const by = k1 + ((state.z & 0xffn) << 1n);
  // The last 64 bytes, those of the last whole block among them.
  const first = state.w[0] + BigInt(over);
  const v: Pair = [low(state.v[0] + first), state.v[1]];
  const begun: State = { ...state, v, w: [low(first + v[0]), state.w[1]] };
  const last = afterBlock(s, s.byteLength - 64, begun, { by, weight: 9n });
  return joined(
    joined(last.v[0], last.w[0], by) + times(mixed(last.y), k0) + last.z,
    joined(last.v[1], last.w[1], by) + last.x,
    by,
  );
}

function afterBlock(
  s: DataView,
  place: number,
  { x, y, z, v, w }: State,
  { by, weight }: { by: bigint; weight: bigint },
): State {
  const word = (i: number) => at(s, place + 8 * i);
  const nextX = times(rotated(x + y + v[0] + word(1), 37n), by) ^ times(w[1], weight);
  const nextY = low(times(rotated(y + v[1] + word(6), 42n), by) + v[0] * weight + word(5));
  const nextZ = times(rotated(z + w[0], 33n), by);
  return {
    x: nextZ,
    y: nextY,
    z: nextX,
    v: weak(s, place, times(v[1], by), nextX + w[0]),
    w: weak(s, place + 32, nextZ + w[1], nextY + word(2)),
  };
}

/** 32 bytes and two seeds as two numbers. */
function weak(s: DataView, place: number, seed: bigint, other: bigint): Pair {
  const last = at(s, place + 24);
  const a = low(seed + at(s, place));
  const b = rotated(other + a + last, 21n);
  const sum = a + at(s, place + 8) + at(s, place + 16);
  return [low(sum + last), low(b + rotated(sum, 44n) + a)];
}

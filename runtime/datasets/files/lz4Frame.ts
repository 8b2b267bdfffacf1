/**
 * Unpacks what LZ4 has packed in a frame, as Arrow files are by default.
 *
 * Source: https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md and lz4_Block_format.md
 *
 * @param length how many bytes come of it
 */
export function lz4Frame(packed: Uint8Array, length: number): Uint8Array {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  if (view.getUint32(0, true) !== 0x184d2204) throw new Error("its LZ4 frames have no beginning");
  const flags = view.getUint8(4);
  const hasSize = (flags & 8) !== 0;
  const hasDictionary = (flags & 1) !== 0;
  const checksum = (flags & 16) !== 0 ? 4 : 0;
  const unpacked = new Uint8Array(length);
  let done = 0;
  for (let at = 7 + (hasSize ? 8 : 0) + (hasDictionary ? 4 : 0); ; ) {
    const size = view.getUint32(at, true);
    if (size === 0) break;
    const end = at + 4 + (size & 0x7fffffff);
    if (end > packed.length) throw new Error("its LZ4 frames end early");
    const block = packed.subarray(at + 4, end);
    if (size >>> 31) {
      unpacked.set(block, done);
      done += block.length;
    } else done = unpackBlock(block, unpacked, done);
    at = end + checksum;
  }
  if (done !== length) throw new Error("its LZ4 frames are broken");
  return unpacked;
}

/** Unpacks a block behind what is there, from which it may repeat; gives where it ends. */
function unpackBlock(block: Uint8Array, to: Uint8Array, begin: number): number {
  let at = 0;
  let done = begin;
  /** A length of four bits, which goes on in bytes where it is 15. */
  const lengthOf = (bits: number) => {
    let length = bits;
    for (let more = bits === 15 ? 255 : 0; more === 255; length += more) more = block[at++] ?? 0;
    return length;
  };
  while (at < block.length) {
    const token = block[at++]!;
    const literals = lengthOf(token >> 4);
    if (at + literals > block.length || done + literals > to.length) throw new Error("its LZ4 blocks are broken");
    to.set(block.subarray(at, at + literals), done);
    at += literals;
    done += literals;
    // The last piece has nothing to repeat.
    if (at >= block.length) break;
    const back = block[at]! | (block[at + 1]! << 8);
    at += 2;
    const length = lengthOf(token & 15) + 4;
    if (back === 0 || back > done || done + length > to.length) throw new Error("its LZ4 blocks are broken");
    // Byte by byte: what is repeated may reach into what comes of it.
    for (let i = 0; i < length; i++, done++) to[done] = to[done - back]!;
  }
  return done;
}

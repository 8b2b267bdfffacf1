/** The checksums of 32 bits that a polynomial makes, whose bits stand in reverse. */
export function crcOf(polynomial: number): (bytes: Uint8Array) => number {
  const table = Uint32Array.from({ length: 256 }, (_, byte) => {
    let rest = byte;
    for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ polynomial : rest >>> 1;
    return rest;
  });
  return (bytes) => {
    let rest = 0xffffffff;
    for (const byte of bytes) rest = table[(rest ^ byte) & 0xff]! ^ (rest >>> 8);
    return ~rest >>> 0;
  };
}

/** The CRC-32 of zip and gzip (RFC 1952, section 8). */
export const crc32 = crcOf(0xedb88320);

/** The CRC-32C, Castagnoli's (RFC 3720, appendix B.4). */
export const crc32c = crcOf(0x82f63b78);

import type { NdArray } from "../../src/ir/array.js";
import { bytesPerElement, type DType, dtypes } from "../../src/ir/dtype.js";
import { dtypeFacts } from "../../src/ir/dtypeFacts.js";

/** As the reference implementation orders types: wide elements first, so that each tensor begins at a multiple of its elements' size. */
const order = [...dtypes].sort((a, b) => bytesPerElement(b) - bytesPerElement(a));

/**
 * Tensors as a safetensors file, part by part: what is large is not copied. The bytes are those of the reference implementation.
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, NdArray>,
  metadata: Readonly<Record<string, string>>,
): Uint8Array[] {
  const ordered = [...tensors].sort(
    ([a, { dtype: x }], [b, { dtype: y }]) => order.indexOf(x) - order.indexOf(y) || (a < b ? -1 : 1),
  );
  let at = 0;
  const entries = ordered.map(([name, { shape, dtype, data }]) => {
    const begin = at;
    at += data.byteLength;
    return [name, { dtype: dtypeFacts[dtype as DType].safetensors, shape, data_offsets: [begin, at] }] as const;
  });
  // Entry by entry: an object would have names that are integers first.
  const members = [["__metadata__", metadata] as const, ...entries].map((entry) =>
    entry.map((x) => JSON.stringify(x)).join(":"),
  );
  const json = `{${members.join(",")}}`;
  const header = new TextEncoder().encode(json);
  const padding = (8 - (header.length % 8)) % 8;
  const head = new Uint8Array(8 + header.length + padding).fill(0x20);
  new DataView(head.buffer).setBigUint64(0, BigInt(header.length + padding), true);
  head.set(header, 8);
  return [head, ...ordered.map(([, { data }]) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength))];
}

import { createHash, type Hash } from "node:crypto";
import { attributesKey, numbering } from "../../src/ir/attributes.js";
import type { Graph } from "../../src/ir/graph.js";

/**
 * The SHA-256 of a graph, in hexadecimal: of its printed form, and of all attributes, which this rounds or leaves out in part: the
 * bytes and dtypes of constants, and attributes that are false. Functions are told apart by their places alone.
 */
export function hashGraph(graph: Graph): string {
  const hash = createHash("sha256").update(graph.toString());
  const number = numbering();
  for (const node of graph.nodes) {
    hash.update(attributesKey(node.attributes, (value) => (ArrayBuffer.isView(value) ? digest(value) : number(value))));
  }
  return hash.digest("hex");
}

function digest({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  const hash: Hash = createHash("sha256");
  return hash.update(new Uint8Array(buffer, byteOffset, byteLength)).digest("hex");
}

import { createHash } from "node:crypto";
import type { Graph } from "../../src/ir/graph.js";
import { isOp, type Node } from "../../src/ir/node.js";

/**
 * The SHA-256 of a graph, in hexadecimal: of its printed form, and of all that this rounds or leaves out, which are the
 * bytes and dtypes of constants, attributes that are false, and numbers that JSON does not have.
 */
export function hashGraph(graph: Graph): string {
  const hash = createHash("sha256").update(graph.toString());
  for (const node of graph.nodes) {
    if (isOp(node, "constant")) hashConstant(node, (part) => hash.update(part));
    else hash.update(JSON.stringify(node.attributes, exactly));
  }
  return hash.digest("hex");
}

function hashConstant({ attributes: { value } }: Node<"constant">, update: (part: string | Uint8Array) => void): void {
  const { data, dtype, shape } = value;
  update(JSON.stringify([dtype, shape]));
  update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

function exactly(_: string, value: unknown): unknown {
  return typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0))
    ? { number: Object.is(value, -0) ? "-0" : String(value) }
    : value;
}

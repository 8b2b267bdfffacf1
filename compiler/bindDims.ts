import type { NdArray } from "../src/ir/array.js";
import type { Node } from "../src/ir/node.js";

/** The sizes that named dims take when nodes are fed with arrays. The arrays have been checked to agree. */
export function bindDims(feeds: ReadonlyMap<Node, Pick<NdArray, "shape">>): Map<string, number> {
  const dims = new Map<string, number>();
  for (const [node, { shape }] of feeds) {
    node.shape.forEach((dim, axis) => {
      if (typeof dim === "string") dims.set(dim, shape[axis]);
    });
  }
  return dims;
}

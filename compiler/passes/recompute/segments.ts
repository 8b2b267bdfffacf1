import type { Node } from "../../../src/ir/node.js";
import type { DimSizes } from "../../analysis/sizes.js";
import { type ForwardPass, heldBytes, isComputed } from "./forward.js";

/**
 * The values that the forward pass keeps when it is cut into segments, each of which holds at most `limit` bytes for the
 * backward pass: what goes over a cut, and all of the last segment, which the backward pass begins with. From these, each other
 * segment can be computed again by itself. A cut is made where the least goes over it, in the second half of a segment.
 *
 * Source: Chen et al., "Training deep nets with sublinear memory cost" (2016), algorithm 3.
 */
export function keptBySegments(forward: ForwardPass, limit: number, dims: DimSizes): Set<Node> {
  const cuts = cutsOf(forward, limit, dims);
  const last = cuts.at(-1) ?? -1;
  const kept = new Set<Node>();
  let next = 0;
  forward.nodes.forEach((node, place) => {
    while (next < cuts.length && cuts[next]! < place) next++;
    const goesOver = next < cuts.length && (forward.lastRead.get(node) ?? place) > cuts[next]!;
    if (goesOver || place > last) kept.add(node);
  });
  return kept;
}

/** The places after which the forward pass is cut. */
function cutsOf(forward: ForwardPass, limit: number, dims: DimSizes): number[] {
  const { nodes, held, lastRead } = forward;
  const crossing = bytesAcross(forward, dims);
  const cuts: number[] = [];
  let best: number | undefined;
  let total = 0;
  for (let place = 0; place < nodes.length; place++) {
    const node = nodes[place]!;
    if (held.has(node)) total += heldBytes(node, dims);
    if (total > limit && best !== undefined) {
      cuts.push(best);
      place = best; // What stands after the cut is of the next segment.
      best = undefined;
      total = 0;
      continue;
    }
    // After a value that nothing reads, such as a metric's, there is nothing to cut.
    if (total >= limit / 2 && isComputed(node) && lastRead.has(node)) {
      if (best === undefined || crossing[place]! <= crossing[best]!) best = place;
    }
  }
  return cuts;
}

/** For each place of the forward pass, the bytes of the values that it reads after that place. */
function bytesAcross({ nodes, place, lastRead }: ForwardPass, dims: DimSizes): number[] {
  const across: number[] = [];
  const ending = new Map<number, number>();
  let live = 0;
  for (const [i, node] of nodes.entries()) {
    const end = lastRead.get(node);
    if (isComputed(node) && end !== undefined && place.has(node)) {
      const bytes = heldBytes(node, dims);
      live += bytes;
      ending.set(end, (ending.get(end) ?? 0) + bytes);
    }
    live -= ending.get(i) ?? 0;
    across.push(live);
  }
  return across;
}

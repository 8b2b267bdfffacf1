import type { Flow, GroupFlows } from "./flows.js";
import type { Item, NodeItem } from "./hierarchy.js";

/** What flows between two boxes, in the direction in which they are laid out: the forward pass goes down the page. */
export interface Pair {
  readonly from: Item;
  readonly to: Item;
  /** One flow down, one up, or one of each. */
  readonly flows: readonly Flow[];
}

/** The pairs of boxes that a group has lines between. */
export function pairsOf(inner: GroupFlows["inner"]): Pair[] {
  const pairs: Pair[] = [];
  for (const flow of inner.values()) {
    const { from, to } = flow;
    const back = inner.get(`${to.id}>${from.id}`);
    const gradient = isGradient(flow.values);
    if (!back) {
      // Within a layer the backward pass goes down as well; between layers it goes back up.
      const up = gradient && (from.type === "group" || to.type === "group");
      pairs.push(up ? { from: to, to: from, flows: [flow] } : { from, to, flows: [flow] });
    } else if (gradient === isGradient(back.values) ? from.id < to.id : !gradient) {
      pairs.push({ from, to, flows: [flow, back] });
    }
  }
  return pairs;
}

/** Whether all that flows belongs to the backward pass. */
export function isGradient(values: Iterable<NodeItem>): boolean {
  return [...values].every(({ node }) => node.kind === "backward");
}

import type { Node } from "./node.js";

/**
 * The nodes that `roots` reach, inputs before users, in an order that depends on the graph alone. A node that `skip` holds
 * for is left out, and so is what is reached through it alone.
 */
export function topologicalOrder(roots: Iterable<Node>, skip?: (node: Node) => boolean): Node[] {
  const order: Node[] = [];
  const done = new Set<Node>();
  // An explicit stack, of nodes and of which input of each comes next: a model may be deeper than JavaScript's call stack.
  const path: Node[] = [];
  const next: number[] = [];
  const enter = (node: Node) => {
    if (done.has(node) || skip?.(node)) return;
    done.add(node);
    // Variables, inputs and constants need no second look.
    if (node.inputs.length === 0) {
      order.push(node);
      return;
    }
    path.push(node);
    next.push(0);
  };
  for (const root of roots) {
    enter(root);
    while (path.length > 0) {
      const node = path[path.length - 1]!;
      const input = node.inputs[next[next.length - 1]!++];
      if (input !== undefined) enter(input);
      else {
        order.push(node);
        path.pop();
        next.pop();
      }
    }
  }
  return order;
}

import { type Graph, layout } from "@dagrejs/dagre";
import type { Point } from "./scene.js";

/** Where the boxes of a group and its lines come, in the order in which the graph has them. */
interface Places {
  readonly size: { readonly width?: number; readonly height?: number };
  readonly nodes: readonly Point[];
  readonly edges: readonly (Point & { readonly points: readonly Point[] })[];
}

/** Places boxes. Groups that have boxes of the same sizes, with the same lines, are placed once: all blocks of a network take as long as one. */
export class Placer {
  readonly #known = new Map<string, Places>();

  /** Gives nodes and edges their `x` and `y`, and edges their `points`. */
  place(graph: Graph): void {
    const ids: string[] = graph.nodes();
    const order = new Map(ids.map((id, i) => [id, i]));
    const edges: { readonly v: string; readonly w: string }[] = graph.edges();
    const key = JSON.stringify([
      ids.map((id) => [graph.node(id).width, graph.node(id).height]),
      edges.map((edge) => [order.get(edge.v), order.get(edge.w), graph.edge(edge).width, graph.edge(edge).height]),
    ]);
    const known = this.#known.get(key);
    if (!known) {
      layout(graph);
      this.#known.set(key, {
        size: graph.graph(),
        nodes: ids.map((id) => graph.node(id)),
        edges: edges.map((edge) => graph.edge(edge)),
      });
      return;
    }
    graph.setGraph({ ...known.size });
    for (const [i, id] of ids.entries()) Object.assign(graph.node(id), { x: known.nodes[i]!.x, y: known.nodes[i]!.y });
    for (const [i, edge] of edges.entries()) {
      const { x, y, points } = known.edges[i]!;
      Object.assign(graph.edge(edge), { x, y, points });
    }
  }
}

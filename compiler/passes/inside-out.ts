import { Body, bodiesOf } from "../../src/ir/body.js";
import { type Graph, graphOfBody, hasBodies, opsOf } from "../../src/ir/graph.js";
import type { Node } from "../../src/ir/node.js";
import type { Pass } from "./pass.js";
import { inPlaceOf, rewrite } from "./rewrite.js";

/** Runs a pass on the bodies in a graph, innermost first, and then on the graph. */
export function runInsideOut(pass: Pass, graph: Graph): Graph {
  if (pass.ofWhole) return runOn(graph, pass);
  const within = hasBodies(graph)
    ? rewrite(graph, (node) => withBodies(node, (body) => mapBody(body, (inner) => runInsideOut(pass, inner))))
    : graph;
  return runOn(within, pass);
}

function runOn(graph: Graph, { needs, run }: Pass): Graph {
  if (!needs) return run(graph);
  const ops = opsOf(graph);
  return needs.some((op) => ops.has(op)) ? run(graph) : graph;
}

/** A body of which something else is made as a graph of its own; the same one where nothing changes. */
export function mapBody(body: Body, map: (graph: Graph) => Graph): Body {
  const before = graphOfBody(body);
  const after = map(before);
  return after === before
    ? body
    : new Body(
        body.parameters,
        body.results.map((_, i) => after.outputs[i]!),
      );
}

/** A node with its bodies mapped; none where nothing changes. */
export function withBodies(node: Node, map: (body: Body) => Body): Node | undefined {
  const changed = bodiesOf(node).flatMap(([name, body]) => {
    const mapped = map(body);
    return mapped === body ? [] : [[name, mapped] as const];
  });
  if (changed.length === 0) return undefined;
  return inPlaceOf(node, node.op, node.inputs, { ...node.attributes, ...Object.fromEntries(changed) });
}

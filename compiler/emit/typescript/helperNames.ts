import { withinBodies } from "../../../src/ir/body.js";
import type { Graph } from "../../../src/ir/graph.js";
import type { Node, OpName } from "../../../src/ir/node.js";
import { opsWith, opsWithBodies } from "../../../src/ops/registry.js";

/** Ops that are never called by their names. */
export const uncalled: readonly OpName[] = ["constant", "input", "result", "size", "variable", ...opsWithBodies()];

/** The functions of `shapewright/kernels` that code for some graphs may use: no constant of it may hide one. */
export function helperNames(graphs: readonly Graph[]): string[] {
  const ops = new Set(graphs.flatMap((graph) => opsOf(graph.nodes)));
  for (const op of [...uncalled, ...opsWith("trainingOnly")]) ops.delete(op);
  return [
    "assign",
    "bindSizes",
    "copy",
    "dispose",
    "disposeAll",
    "isTrue",
    "place",
    "size",
    "stack",
    "take",
    "tensor",
    ...ops,
  ];
}

function opsOf(nodes: readonly Node[]): OpName[] {
  return withinBodies(nodes).map(({ op }) => op);
}

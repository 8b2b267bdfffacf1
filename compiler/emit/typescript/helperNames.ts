import type { Graph } from "../../../src/ir/graph.js";
import type { OpName } from "../../../src/ir/node.js";

/** Ops that are never called by their names. */
const uncalled: readonly OpName[] = ["constant", "dropout", "input", "result", "size", "variable"];

/** The functions of `shapewright/kernels` that code for some graphs may use: no constant of it may hide one. */
export function helperNames(graphs: readonly Graph[]): string[] {
  const ops = new Set(graphs.flatMap((graph) => graph.nodes.map((node) => node.op)));
  for (const op of uncalled) ops.delete(op);
  return ["assign", "bindSizes", "dispose", "reshape", "size", "take", "tensor", "transpose", ...ops];
}

import { makeGraph } from "../../src/ir/graph.js";
import type { Node } from "../../src/ir/node.js";
import { builder as b } from "../../src/ops/builder.js";
import { rebuild } from "../../src/ops/rebuild.js";
import type { Reported } from "../reports.js";

/** What a graph of a batch reports by itself: what is made of totals, made of its own. */
export function reportsOfBatch(
  results: Reported["results"],
  counts: Reported["counts"],
  totals: ReadonlyMap<string, Node>,
): Reported["ofBatch"] {
  return ({ name, outputs, updates, names, gradientOf }) => {
    const own = [...totals].map(([key, node]): [Node, Node] => [node, outputs[key] ?? b.size(counts.get(key)!)]);
    const made = rebuild(Object.values(results.outputs), new Map(own));
    const reports = Object.keys(results.outputs).map((key, i) => [key, made[i]!] as const);
    const others = Object.entries(outputs).filter(([key]) => !totals.has(key));
    return makeGraph(name, Object.fromEntries([...reports, ...others]), updates, names, gradientOf);
  };
}

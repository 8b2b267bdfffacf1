import { makeGraph } from "../src/ir/graph.js";
import { makeNode } from "../src/ir/makeNode.js";
import { isOp, type Node, type Scope } from "../src/ir/node.js";
import { inputOp } from "../src/ops/input.js";
import { optimize } from "./pipeline.js";
import type { Reported, Reporter, Total } from "./reports.js";

/** The totals that a graph computes, by keys. Numbers of elements are known without it. */
export function summed(totals: readonly Total[]): Record<string, Node> {
  return Object.fromEntries(
    [...keyed(totals)].filter(([, { node }]) => !isOp(node, "size")).map(([key, { node }]) => [key, node]),
  );
}

/** What is reported of totals such as these. */
export function reportedOf(reporter: Reporter, totals: readonly Total[]): Reported {
  const byKey = keyed(totals);
  const names = new Map<Node | Scope, string>();
  const fed = [...byKey].map(([key, total]): Total => {
    const { shape, dtype } = total.node;
    const node = makeNode(inputOp, [], { shape, dtype });
    names.set(node, key);
    return { ...total, node };
  });
  const counts = [...byKey].flatMap(([key, { node }]) =>
    isOp(node, "size") ? [[key, node.attributes.dims] as const] : [],
  );
  return {
    results: optimize(makeGraph("results", reporter.results(fed), [], names)),
    counts: new Map(counts),
    ofBatch({ name, outputs, updates, names, gradientOf }) {
      const own = [...byKey].map(([key, total]): Total => ({ ...total, node: outputs[key] ?? total.node }));
      const others = Object.entries(outputs).filter(([key]) => !byKey.has(key));
      const all = { ...reporter.results(own), ...Object.fromEntries(others) };
      return makeGraph(name, all, updates, names, gradientOf);
    },
  };
}

/** Totals by keys: the report's own for its sum. */
function keyed(totals: readonly Total[]): Map<string, Total> {
  const byKey = new Map<string, Total>();
  for (const total of totals) {
    let key = total.name === "sum" ? total.report : `${total.report}/${total.name}`;
    while (byKey.has(key)) key += "_";
    byKey.set(key, total);
  }
  return byKey;
}

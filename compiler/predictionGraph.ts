import { type Graph, makeGraph } from "../src/ir/graph.js";
import { nodeOf } from "../src/ir/node.js";
import type { Model } from "../src/model.js";

/** What a model computes in prediction, before any pass: its output, by the name `output`. */
export function predictionGraph({ output, names }: Model<any, any>): Graph {
  return makeGraph("predict", { output: nodeOf(output) }, [], names);
}

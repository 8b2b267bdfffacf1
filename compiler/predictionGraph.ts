import { type Graph, makeGraph } from "../src/ir/graph.js";
import { type Model, outputNodes } from "../src/model.js";

/** What a model computes in prediction, before any pass: its output, by the name `output`, or its outputs by theirs. */
export function predictionGraph({ output, names }: Model<any, any>, name = "predict"): Graph {
  return makeGraph(name, Object.fromEntries(outputNodes(output)), [], names);
}

import { makeGraph } from "../src/ir/graph.js";
import { nodeOf } from "../src/ir/node.js";
import type { Model } from "../src/model.js";
import { optimize } from "./pipeline.js";
import { type Computation, inputNodes, variablesOf } from "./program.js";

/** Compiles a model's prediction alone: its output, by the name `output`, from its inputs. */
export function compilePrediction({ inputs, output, names }: Model<any, any>): Computation {
  const call = optimize(makeGraph("predict", { output: nodeOf(output) }, [], names));
  return { inputs: inputNodes(inputs), variables: variablesOf([call], names), call };
}

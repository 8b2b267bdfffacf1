import type { Model } from "../src/model.js";
import { optimize } from "./pipeline.js";
import { predictionGraph } from "./predictionGraph.js";
import { type Computation, inputNodes, variablesOf } from "./program.js";

/** Compiles a model's prediction alone: its output, by the name `output`, from its inputs. */
export function compilePrediction(model: Model<any, any>): Computation {
  const call = optimize(predictionGraph(model));
  return { inputs: inputNodes(model.inputs), variables: variablesOf([call], model.names), call };
}

import type { Graph } from "../src/ir/graph.js";
import type { Model } from "../src/model.js";
import type { Pass, PassObserver } from "./passes/pass.js";
import { optimize, optimizeFor, optimizeTraining } from "./pipeline.js";
import { predictionGraph } from "./predictionGraph.js";
import type { GraphName, Program } from "./program.js";
import type { Target } from "./target.js";

/** A pass that changed a graph. */
export interface Step {
  readonly pass: Pass;
  readonly before: Graph;
  readonly after: Graph;
}

/** How a graph became what it is. */
export interface Trace {
  /** The graph before any pass. */
  readonly source: Graph;
  /** What changed it, in order. A pass may stand here several times: the pipeline runs until nothing changes. */
  readonly steps: readonly Step[];
  /** The graph after all passes. */
  readonly result: Graph;
  /** Every pass that ran, also those that found nothing to do. */
  readonly passes: readonly Pass[];
}

/** Compiles one of a program's graphs again, and watches. `target` says for what, native TensorFlow unless said otherwise. */
export function traceProgram(program: Program, name: GraphName, target: Target = "tensorflow"): Trace {
  const run = (graph: Graph, observe: PassObserver) =>
    name === "train" ? optimizeTraining(graph, program.budget, observe) : optimize(graph, observe);
  return trace(program.sources[name], run, target);
}

/** Compiles a model for prediction, and watches. */
export function traceModel(model: Model<any, any>, target: Target = "tensorflow"): Trace {
  return trace(predictionGraph(model), optimize, target);
}

function trace(source: Graph, run: (graph: Graph, observe: PassObserver) => Graph, target: Target): Trace {
  const steps: Step[] = [];
  const passes = new Set<Pass>();
  const observe: PassObserver = (pass, before, after) => {
    passes.add(pass);
    if (after !== before) steps.push({ pass, before, after });
  };
  const result = optimizeFor(run(source, observe), target, observe);
  return { source, steps, result, passes: [...passes] };
}

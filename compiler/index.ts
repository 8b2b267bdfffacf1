/** What `import … from "shapewright/compiler"` gives: the parts of the compiler, for tools and for the curious. */
export { type Graph, makeGraph, topologicalOrder } from "../src/ir/graph.js";
export { isOp, type Names, type Node, nodeOf, type OpName } from "../src/ir/node.js";
export { definitionOf, registry } from "../src/ops/registry.js";
export { type Cost, type GraphCost, graphCost, nodeCost } from "./analysis/cost.js";
export { kernelsOf } from "./analysis/kernels.js";
export { lastUses } from "./analysis/liveness.js";
export { type PeakMemory, peakMemory } from "./analysis/memory.js";
export type { DimSizes } from "./analysis/sizes.js";
export { type LayerSummary, type ModelSummary, summarize } from "./analysis/summary.js";
export { gradientNodes } from "./autodiff/gradients.js";
export { compileFunction } from "./compileFunction.js";
export { freezeVariables } from "./freezeVariables.js";
export { type LoweredProgram, lowerProgram } from "./lower/lowerProgram.js";
export type { Pass, PassObserver } from "./passes/pass.js";
export { type MemoryBudget, recompute } from "./passes/recompute.js";
export {
  frozenPipeline,
  optimize,
  optimizeFor,
  optimizeFrozen,
  pipeline,
  preparation,
  targetPasses,
} from "./pipeline.js";
export { type Computation, computationOf, type Program } from "./program.js";
export type { Target } from "./target.js";
export { type Step, type Trace, traceModel, traceProgram } from "./trace.js";
export { verify } from "./verify.js";

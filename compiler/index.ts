/**
 * What `import … from "shapewright/compiler"` gives: the parts of the compiler, for tools and for the curious.
 *
 * @module shapewright/compiler
 */
export { type Graph, makeGraph, topologicalOrder } from "../src/ir/graph.js";
export { isOp, type Names, type Node, nodeOf, type OpName, tensorOf } from "../src/ir/node.js";
export { definitionOf, registry } from "../src/ops/registry.js";
export { type Cost, type GraphCost, graphCost, nodeCost } from "./analysis/cost.js";
export { lastUses } from "./analysis/liveness.js";
export { type PeakMemory, peakMemory } from "./analysis/memory.js";
export type { DimSizes } from "./analysis/sizes.js";
export { gradientNodes } from "./autodiff/gradients.js";
export { compileFunction } from "./compileFunction.js";
export { type LayerSummary, type ModelSummary, summarize } from "./emit/summary.js";
export { freezeVariables } from "./freezeVariables.js";
export { kernelsOf } from "./lower/kernelsOf.js";
export { type LoweredProgram, lowerProgram } from "./lower/lowerProgram.js";
export type { Pass, PassObserver } from "./passes/pass.js";
export { preparation } from "./passes/preparation.js";
export { type MemoryBudget, recompute } from "./passes/recompute.js";
export {
  frozenPipeline,
  optimize,
  optimizeFor,
  optimizeFrozen,
  pipeline,
  targetPasses,
} from "./pipeline.js";
export { type Computation, computationOf, type Program } from "./program.js";
export type { Target } from "./target.js";
export { type Step, type Trace, traceModel, traceProgram } from "./trace.js";
export { verify } from "./verify.js";

/**
 * What `import … from "shapewright"` gives: the language, its derivatives, and `compile`.
 *
 * @module shapewright
 */
export * from "../src/index.js";
export { gradients } from "./autodiff/gradients.js";
export { hessianVectorProduct } from "./autodiff/hessianVectorProduct.js";
export { jacobian } from "./autodiff/jacobian.js";
export { jvp } from "./autodiff/jvp.js";
export { vjp } from "./autodiff/vjp.js";
export type { ClassWeight } from "./class-weights.js";
export { type CompileOptions, compile, type Judgement } from "./compile.js";
export { compileFunction, type FunctionProgram } from "./compileFunction.js";
export { compileLoss, type LossOutputs, type LossReports } from "./compileLoss.js";
export type { Losses, Metrics, OwnLoss, ReportsOf, Targets, TargetsOf } from "./losses.js";
export type { MemoryOptions } from "./memory.js";
export type { Program } from "./program.js";
export { type CompileWarning, type WarningCode, warningCodes } from "./warnings/warning.js";
export type { Weighting } from "./weighting.js";

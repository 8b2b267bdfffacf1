/**
 * What `import … from "shapewright/kernels"` gives: what generated code runs on. Plain functions of ops, over tfjs tensors,
 * on the tfjs backend that is active. Each runs the tfjs rule of its op's file in src/ops, so there is one source for what an
 * op does. An op that has no function with types of its own here becomes one by `kernel`, from its definition. No compiler,
 * no Node API; what is not imported is not bundled.
 */
export { constantInitializer } from "../../src/initializers/constantInitializer.js";
export { glorotUniform } from "../../src/initializers/glorotUniform.js";
export { heNormal } from "../../src/initializers/heNormal.js";
export * from "../../src/ops/definitions.js";
export * from "./activations.js";
export * from "./elementwise.js";
export * from "./initial.js";
export * from "./inputs.js";
export { kernel, updateKernel } from "./kernel.js";
export * from "./loops.js";
export * from "./losses.js";
export * from "./normalization.js";
export * from "./products.js";
export * from "./random.js";
export * from "./reductions.js";
export * from "./shapes.js";
export type { ShapeOf, Size, Sizes, Tensor } from "./tensor.js";
export * from "./updates.js";
export * from "./windows.js";

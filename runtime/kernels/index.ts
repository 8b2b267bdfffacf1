/**
 * What `import … from "shapewright/kernels"` gives: what generated code runs on. Plain functions of ops, over tfjs tensors,
 * on the tfjs backend that is active. `kernel` makes an op's function from its definition in src/ops, so there is one source for
 * what an op does; `types` has what TypeScript says of the functions. No compiler, no Node API; what is not imported is not
 * bundled.
 */
export { constantInitializer } from "../../src/initializers/constantInitializer.js";
export { glorotNormal } from "../../src/initializers/glorotNormal.js";
export { glorotUniform } from "../../src/initializers/glorotUniform.js";
export { heNormal } from "../../src/initializers/heNormal.js";
export { heUniform } from "../../src/initializers/heUniform.js";
export { identityInitializer } from "../../src/initializers/identityInitializer.js";
export { lecunNormal } from "../../src/initializers/lecunNormal.js";
export { lecunUniform } from "../../src/initializers/lecunUniform.js";
export { orthogonal } from "../../src/initializers/orthogonal.js";
export { randomNormalInitializer } from "../../src/initializers/randomNormalInitializer.js";
export { randomUniformInitializer } from "../../src/initializers/randomUniformInitializer.js";
export { stftInitializer } from "../../src/initializers/stftInitializer.js";
export { truncatedNormalInitializer } from "../../src/initializers/truncatedNormalInitializer.js";
export { unitForgetBias } from "../../src/initializers/unitForgetBias.js";
export { varianceScaling } from "../../src/initializers/varianceScaling.js";
export * from "../../src/ops/definitions.js";
export { assign } from "./assign.js";
export * from "./initial.js";
export * from "./inputs.js";
export { kernel, updateKernel, wholeKernel } from "./kernel.js";
export * from "./loops.js";
export type { ShapeOf, Size, Sizes, Tensor, TfjsTensor } from "./types/tensor.js";

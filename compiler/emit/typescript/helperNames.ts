import { registry } from "../../../src/ops/registry.js";

/** The functions of `shapewright/kernels`, which no constant of generated code may hide. */
export const helperNames: readonly string[] = [
  ...Object.keys(registry),
  ...["bindSizes", "constantInitializer", "dispose", "disposeAll", "glorotUniform", "heNormal", "initial"],
  ...["size", "take", "tensor", "Tensor"],
];

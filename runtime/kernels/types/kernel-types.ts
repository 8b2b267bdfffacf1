import type { OpName } from "../../../src/ir/node.js";
import type { ElementwiseKernels } from "./elementwise.js";
import type { FamilyKernels } from "./families.js";
import type { LossKernels } from "./losses.js";
import type { NormalizationKernels } from "./normalization.js";
import type { ProductKernels } from "./products.js";
import type { RandomKernels } from "./random.js";
import type { ShapeKernels } from "./shapes.js";
import type { WindowKernels } from "./windows.js";

/**
 * The types of the functions of ops that are of no family. They are written by hand, and so they are a closed list: TypeScript has
 * no type that makes a generic function of tfjs tensors of one of the graph's tensors. An op that is not here is called with
 * whatever tensors it takes, and generated code writes the type of its result beside the call.
 */
export interface KernelTypes
  extends ElementwiseKernels,
    LossKernels,
    NormalizationKernels,
    ProductKernels,
    RandomKernels,
    ShapeKernels,
    WindowKernels {}

/** A family of ops that are defined in one way. */
export type Family = keyof FamilyKernels<OpName>;

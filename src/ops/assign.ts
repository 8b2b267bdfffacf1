import { internalError } from "../ir/errors.js";
import type { UpdateOpDefinition } from "../ir/op.js";
import { sameShape } from "../types/same-shape.js";
import { noFlops } from "./shared/flops.js";
import { ramp } from "./shared/ramp.js";
import { updateHasNoGradient } from "./shared/update.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** variable := value. Inputs: variable, value. */
    assign: Record<never, never>;
  }
}

export const assignOp: UpdateOpDefinition<"assign"> = {
  name: "assign",
  writes: 1,
  infer([variable, value]) {
    if (!sameShape(variable!.shape, value!.shape)) throw internalError("assign: shapes differ");
    return variable!;
  },
  gradient: updateHasNoGradient,
  tensorflow: (t, [variable, value], node) =>
    t.update("AssignVariableOp", [variable!, value!], { dtype: { type: node.dtype } }),
  tfjs: (_, [, value]) => [value!],
  reference: ([, value]) => [value!],
  flops: noFlops,
  samples: [{ inputs: [ramp([2, 2]), ramp([2, 2], 3)], attributes: {} }],
};

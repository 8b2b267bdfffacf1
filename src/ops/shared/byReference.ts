import type { NdArray } from "../../ir/array.js";
import type { OpName } from "../../ir/node.js";
import type { ValueRules } from "../../ir/op.js";

/** A tfjs rule that reads the inputs and computes on the host: for what the backends have no kernel for, or none that is right. */
export function byReference<K extends OpName>(reference: ValueRules<K>["reference"]): ValueRules<K>["tfjs"] {
  return (k, inputs, context) => {
    const arrays = inputs.map((x) => ({ shape: x.shape, dtype: x.dtype, data: k.read(x) }) as NdArray);
    const { data, shape, dtype } = reference(arrays, context);
    return k.tensor(data as ArrayLike<number>, shape, dtype);
  };
}

import type { NdArray } from "../../ir/array.js";
import type { OpName } from "../../ir/node.js";
import type { ResultsRules, ValueRules } from "../../ir/op.js";

/**
 * The tfjs rule of what its backends have no kernel for, or none that is right: the reference kernel, on the host. Generated code
 * on tfjs-node runs TensorFlow's.
 */
export function onHost<K extends OpName>(
  reference: ValueRules<K>["reference"],
): Required<Pick<ValueRules<K>, "tfjs" | "whole">> {
  return {
    whole: true,
    tfjs(k, inputs, context) {
      const arrays = inputs.map((x) => ({ shape: x.shape, dtype: x.dtype, data: k.read(x) }) as NdArray);
      const { data, shape, dtype } = reference(arrays, context);
      return k.tensor(data as ArrayLike<number>, shape, dtype);
    },
  };
}

/** The same of an op with several results. */
export function resultsOnHost<K extends OpName>(reference: ResultsRules<K>["reference"]): ResultsRules<K>["tfjs"] {
  return (k, inputs, context) => {
    const arrays = inputs.map((x) => ({ shape: x.shape, dtype: x.dtype, data: k.read(x) }) as NdArray);
    return reference(arrays, context).map(({ data, shape, dtype }) =>
      k.tensor(data as ArrayLike<number>, shape, dtype),
    );
  };
}

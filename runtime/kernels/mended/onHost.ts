import { backend_util } from "@tensorflow/tfjs-core";
import { elementCount } from "../../../src/ir/array.js";
import { allocate } from "../../../src/ir/dtype.js";
import type { KernelRunner, TensorInfo } from "../../../src/ir/tfjs-lowering.js";
import { broadcastIndex } from "../../../src/ops/shared/strides.js";

/** A function of elements, with broadcasting, in JavaScript. The result has the operands' dtype. */
export function onHost(
  k: KernelRunner,
  operands: readonly TensorInfo[],
  f: (...elements: number[]) => number,
): TensorInfo {
  const shape = operands.map((x) => x.shape).reduce(backend_util.assertAndGetBroadcastShape);
  const dtype = operands[0]!.dtype;
  const data = allocate(dtype, elementCount(shape));
  const elements = operands.map((x) => {
    const values = k.read(x);
    if (values.length === data.length) return (i: number) => values[i]!;
    const index = broadcastIndex(x.shape, shape);
    return (i: number) => values[index(i)]!;
  });
  const [first, second] = elements;
  for (let i = 0; i < data.length; i++) data[i] = second ? f(first!(i), second(i)) : f(first!(i));
  return k.tensor(data, shape, dtype);
}

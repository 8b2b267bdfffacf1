import { array } from "../../../ir/array.js";
import type { TensorflowAttribute, TensorflowLowering, TensorRef } from "../../../ir/tensorflow-lowering.js";
import { ceilDivideDims } from "../../../types/arithmetic.js";
import type { Dim } from "../../../types/dim.js";
import { joinedInTensorflow } from "../join-tensorflow.js";
import { convolved } from "./convolved.js";
import type { ConvolutionKernels, KernelPool, KernelWindow, MovingKernels, PoolKernels, Sized } from "./kernels.js";
import { joinedShape, paddedShape } from "./moved.js";
import { pooled } from "./pooled.js";
import { filterGradientWithinTensorflow, withinTensorflow } from "./withinTensorflow.js";

type Value = Sized<TensorRef>;

const T = { type: "float32" } as const;
const int32 = { type: "int32" } as const;

/** An op that computes convolutions over two axes in place of TensorFlow's: what it takes besides. */
export interface ConvolvingOp {
  readonly name: string;
  readonly inputs: readonly TensorRef[];
  readonly attributes: Readonly<Record<string, TensorflowAttribute>>;
}

/** TensorFlow's kernels for convolutions: what CPUs have as of TensorFlow 2.9. */
export function tensorflowConvolution(
  t: TensorflowLowering,
  flat: ConvolvingOp = { name: "Conv2D", inputs: [], attributes: {} },
): ConvolutionKernels<TensorRef> {
  const shaped = shapedIn(t);
  const kernels = moving(t);
  const rank3 = (window: KernelWindow) => window.strides.length === 3;
  return {
    ...kernels,
    convolve(x, filter, window) {
      const inputs = withinTensorflow(kernels, x, filter, window).map(({ value }) => value);
      const value = rank3(window)
        ? t.op("Conv3D", inputs, windowAttributes(window))
        : t.op(flat.name, [...inputs, ...flat.inputs], { ...windowAttributes(window), ...flat.attributes });
      return shaped(value, convolved(x.shape, filter.shape, window));
    },
    inputGradient(dy, filter, inputShape, window) {
      const sizes = t.shape(inputShape);
      if (!rank3(window)) {
        const inputs = [sizes, filter.value, dy.value];
        return shaped(t.op("Conv2DBackpropInput", inputs, windowAttributes(window)), inputShape);
      }
      const attributes = { ...windowAttributes(window), Tshape: int32 };
      return shaped(t.op("Conv3DBackpropInputV2", [sizes, filter.value, dy.value], attributes), inputShape);
    },
    filterGradient(x, dy, filterShape, window) {
      const op = rank3(window) ? "Conv3DBackpropFilterV2" : "Conv2DBackpropFilter";
      const [seen, how] = t.hasOwnKernels
        ? ([x, window] as const)
        : filterGradientWithinTensorflow(kernels, x, filterShape, window);
      return shaped(t.op(op, [seen.value, t.shape(filterShape), dy.value], windowAttributes(how)), filterShape);
    },
    depthwise: {
      convolve(x, filter, window) {
        const value = t.op("DepthwiseConv2dNative", [x.value, filter.value], windowAttributes(window));
        const [height, width, channels, each] = filter.shape as [Dim, Dim, number, number];
        return shaped(value, convolved(x.shape, [height, width, 1, channels * each], window));
      },
      inputGradient(dy, filter, inputShape, window) {
        const inputs = [t.shape(inputShape), filter.value, dy.value];
        return shaped(t.op("DepthwiseConv2dNativeBackpropInput", inputs, windowAttributes(window)), inputShape);
      },
      filterGradient(x, dy, filterShape, window) {
        const inputs = [x.value, t.shape(filterShape), dy.value];
        return shaped(t.op("DepthwiseConv2dNativeBackpropFilter", inputs, windowAttributes(window)), filterShape);
      },
    },
  };
}

/** TensorFlow's kernels for pools over two axes. */
export function tensorflowPool(t: TensorflowLowering): PoolKernels<TensorRef> {
  const shaped = shapedIn(t);
  return {
    ...moving(t),
    maxPool: (x, pool) => shaped(maxPool(t, x, pool), pooled(x.shape, pool)),
    maxPoolGradient: (x, y, dy, pool) =>
      shaped(t.op("MaxPoolGrad", [x.value, y.value, dy.value], poolAttributes(pool)), x.shape),
    maxPoolGather(x, values, pool) {
      // Not MaxPoolGradGrad: where its output has the input's shape, it takes the input's memory for it, and gives zeros.
      const { data_format: _, ...attributes } = poolAttributes(pool);
      const int64 = { type: "int64" } as const;
      const how = { ...attributes, Targmax: int64, include_batch_in_index: { bool: true } };
      const both = t.op("MaxPoolWithArgmax", [x.value], how, 2);
      const flat = t.op("Reshape", [values.value, t.constant([-1], "int32")], { T, Tshape: int32 });
      const value = t.op("GatherV2", [flat, t.output(both, 1), t.constant(0, "int32")], {
        ...{ Tparams: T, Tindices: int64, Taxis: int32, batch_dims: { int: 0 } },
      });
      return shaped(value, pooled(x.shape, pool));
    },
    averagePool: (x, pool) => shaped(t.op("AvgPool", [x.value], poolAttributes(pool)), pooled(x.shape, pool)),
    averagePoolGradient: (dy, inputShape, pool) =>
      shaped(t.op("AvgPoolGrad", [t.shape(inputShape), dy.value], poolAttributes(pool)), inputShape),
    ones: (shape) => shaped(t.op("Fill", [t.shape(shape), t.constant(1, "float32")], { T, index_type: int32 }), shape),
    divide: (a, b) => shaped(t.op("RealDiv", [a.value, b.value], { T }), a.shape),
  };
}

/** A value with its shape, which a graph that is looked at says, too. */
function shapedIn(t: TensorflowLowering) {
  return (value: TensorRef, shape: readonly Dim[]): Value => {
    t.sayShape?.(value, shape);
    return { value, shape };
  };
}

/** Of few images not oneDNN's kernel, which wakes threads for it: it does not take the op that is told its sizes by tensors. */
function maxPool(t: TensorflowLowering, x: Value, pool: KernelPool): TensorRef {
  const { ksize: _, strides: __, ...attributes } = poolAttributes(pool);
  if (!t.isFew?.(x.shape.slice(0, 1))) return t.op("MaxPool", [x.value], poolAttributes(pool));
  const sizes = (each: readonly number[]) => t.constant([1, ...each, 1], "int32");
  return t.op("MaxPoolV2", [x.value, sizes(pool.poolSize), sizes(pool.strides)], attributes);
}

function moving(t: TensorflowLowering): MovingKernels<TensorRef> {
  const shaped = shapedIn(t);
  return {
    reshape: (x, shape) => shaped(t.reshape(x.value, shape), shape),
    transpose: (x, permutation) =>
      shaped(
        t.op("Transpose", [x.value, t.constant(permutation, "int32")], { T, Tperm: int32 }),
        permutation.map((axis) => x.shape[axis]!),
      ),
    pad(x, paddings, value) {
      if (paddings.every(([before, after]) => before === 0 && after === 0)) return x;
      const matrix = t.constantArray(array(Int32Array.from(paddings.flat()), [paddings.length, 2]));
      const padded = t.op("PadV2", [x.value, matrix, t.constant(value, "float32")], { T, Tpaddings: int32 });
      return shaped(padded, paddedShape(x.shape, paddings));
    },
    slice: (x, begin, size) =>
      shaped(t.op("Slice", [x.value, t.constant(begin, "int32"), t.shape(size)], { T, Index: int32 }), size),
    reverse: (x, axes) => shaped(t.op("ReverseV2", [x.value, t.constant(axes, "int32")], { T, Tidx: int32 }), x.shape),
    everyNth(x, strides) {
      const all = strides.map(() => 0);
      const mask = { int: 2 ** strides.length - 1 };
      const masks = { begin_mask: mask, end_mask: mask, ellipsis_mask: { int: 0 }, new_axis_mask: { int: 0 } };
      const inputs = [x.value, t.constant(all, "int32"), t.constant(all, "int32"), t.constant(strides, "int32")];
      const value = t.op("StridedSlice", inputs, { T, Index: int32, ...masks, shrink_axis_mask: { int: 0 } });
      const shape = x.shape.map((size, axis) => ceilDivideDims(size, strides[axis]!));
      return shaped(value, shape);
    },
    concat(parts, axis) {
      const values = parts.map(({ value }) => value);
      const shape = joinedShape(parts, axis);
      return shaped(joinedInTensorflow(t, values, { axis, rank: shape.length, dtype: "float32" }), shape);
    },
  };
}

function windowAttributes({ strides, padding, dilations }: KernelWindow): Record<string, TensorflowAttribute> {
  return {
    T,
    strides: { ints: [1, ...strides, 1] },
    padding: { string: padding.toUpperCase() },
    data_format: { string: strides.length === 3 ? "NDHWC" : "NHWC" },
    ...(dilations.some((dilation) => dilation !== 1) && { dilations: { ints: [1, ...dilations, 1] } }),
  };
}

function poolAttributes({ poolSize, strides, padding }: KernelPool): Record<string, TensorflowAttribute> {
  return {
    T,
    strides: { ints: [1, ...strides, 1] },
    padding: { string: padding.toUpperCase() },
    data_format: { string: "NHWC" },
    ksize: { ints: [1, ...poolSize, 1] },
  };
}

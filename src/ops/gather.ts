import { array, elementCount, generate, type NdArray } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import type { CheckNatural } from "../ir/option-checks.js";
import { axisRule, checkOption, checkOptions, natural, type OptionRules } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { KernelRunner, TensorInfo } from "../ir/tfjs-lowering.js";
import { type CheckAxis, type CheckDefaultAxis, type CheckGivenAxis, checkAxis, normalizeAxis } from "../types/axis.js";
import type { SameBeside, Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { noFlops } from "./shared/flops.js";
import { type CheckBatchDims, checkBatchDims, type Gather, gathered } from "./shared/gather-shape.js";
import { checkInRange, checkInRangeOf } from "./shared/in-range.js";
import type { OrMessage } from "./shared/orMessage.js";
import { noPlace } from "./shared/places.js";
import { ramp } from "./shared/ramp.js";

/** Where a gather takes from: the axis counts from the start, and behind so many axes that x and the indices share. */
export interface GatherAttributes {
  readonly axis: number;
  readonly batchDims: number;
}

declare module "../ir/node.js" {
  interface OpTable {
    gather: GatherAttributes;
  }
}

/** How many elements the batch axes have, those between them and the axis, the axis, and those behind it. */
export function partsAround(shape: readonly number[], { axis, batchDims }: GatherAttributes) {
  return {
    batch: elementCount(shape.slice(0, batchDims)),
    outer: elementCount(shape.slice(batchDims, axis)),
    size: shape[axis]!,
    inner: elementCount(shape.slice(axis + 1)),
  };
}

/** Where in x element i of what is gathered comes from: on the host, of indices as they are. */
export function takenFrom(shape: readonly number[], indices: NdArray, attributes: GatherAttributes) {
  const { batch, outer, size, inner } = partsAround(shape, attributes);
  const count = elementCount(indices.shape) / batch;
  return (i: number): number => {
    const [lead, place] = [Math.floor(i / inner / count), Math.floor(i / inner) % count];
    const index = indices.data[Math.floor(lead / outer) * count + place]! as number;
    return (lead * size + index) * inner + (i % inner);
  };
}

/** Indices into the axis of each sample, for all axes between, as indices into all of them one behind another. */
export function inAll(k: KernelRunner, indices: TensorInfo, attributes: GatherAttributes, shape: readonly number[]) {
  const { batch, outer, size } = partsAround(shape, attributes);
  const first = Int32Array.from({ length: batch * outer }, (_, lead) => lead * size);
  return k.run("Add", {
    a: k.reshape(indices, [batch, 1, elementCount(indices.shape) / batch]),
    b: k.tensor(first, [batch, outer, 1], "int32"),
  });
}

export const gatherOp: ValueOpDefinition<"gather"> = {
  name: "gather",
  words: { noun: "gathered" },
  traits: ["keepsFinite", "keepsSign"],
  infer([x, indices], { axis, batchDims }) {
    refuse("SW_DTYPE", "gather", checkDType("gather", indices!.dtype, ["int32"]));
    refuse("SW_VALUE", "gather", checkAxis("gather", x!.shape, axis));
    refuse("SW_SHAPE", "gather", checkBatchDims("gather", x!.shape, indices!.shape, axis, batchDims));
    return { shape: gathered(x!.shape, indices!.shape, axis, batchDims), dtype: x!.dtype };
  },
  gradient({ b, inputs: [x, indices], dy, node: { attributes } }) {
    // Each place of x gets the sum of dy where it was taken.
    return [b.op("gatherGradient", [dy, indices!], { ...attributes, shape: x!.shape }), undefined];
  },
  tensorflow: (t, [x, indices], { attributes: { axis, batchDims }, dtype }) =>
    t.op("GatherV2", [x!, indices!, t.constant(axis, "int32")], {
      Tparams: { type: dtype },
      Tindices: { type: "int32" },
      Taxis: { type: "int32" },
      batch_dims: { int: batchDims },
    }),
  fromVariable: ({ axis, batchDims }) =>
    axis === 0 && batchDims === 0
      ? (t, [handle, indices], { dtype }) =>
          t.read("ResourceGather", [handle!, indices!], {
            batch_dims: { int: 0 },
            validate_indices: { bool: true },
            dtype: { type: dtype },
            Tindices: { type: "int32" },
          })
      : undefined,
  tfjs(k, [x, indices], { attributes, shape, dtype }) {
    const { batch, outer, size, inner } = partsAround(x!.shape, attributes);
    checkInRangeOf(k, indices!, size, noPlace);
    if (elementCount(shape) === 0) return k.tensor([], shape, dtype);
    if (batch === 1) {
      const from = k.reshape(x!, [outer, size, inner]);
      const places = k.reshape(indices!, [elementCount(indices!.shape)]);
      return k.reshape(k.run("GatherV2", { x: from, indices: places }, { axis: 1, batchDims: 0 }), shape);
    }
    // The wasm backend's kernel takes from other samples where there are several, so they are put one behind another.
    const from = k.reshape(x!, [batch * outer * size, inner]);
    const places = k.reshape(inAll(k, indices!, attributes, x!.shape), [elementCount(shape) / inner]);
    return k.reshape(k.run("GatherV2", { x: from, indices: places }, { axis: 0, batchDims: 0 }), shape);
  },
  reference([x, indices], { attributes, shape, dtype }) {
    checkInRange(indices!.data, x!.shape[attributes.axis]!, noPlace);
    const from = takenFrom(x!.shape, indices!, attributes);
    return generate(shape, dtype, (i) => x!.data[from(i)]!);
  },
  flops: noFlops,
  inRange: ({ inputs: [x, indices], attributes: { axis } }) => ({ numbers: indices!, size: x!.shape[axis]! }),
};

const indices = (values: number[], shape: number[]) => array(new Int32Array(values), shape);

export const gatherSamples: Samples<"gather"> = () => [
  { inputs: [ramp([4, 3]), indices([2, 0, 2], [3])], attributes: { axis: 0, batchDims: 0 } },
  { inputs: [ramp([5]), indices([1, 4, 4, 0], [2, 2])], attributes: { axis: 0, batchDims: 0 } },
  { inputs: [ramp([2, 3, 4]), indices([3, 1], [2])], attributes: { axis: 2, batchDims: 0 } },
  { inputs: [ramp([2, 3, 2]), indices([1, 1, 0, 2], [2, 2])], attributes: { axis: 1, batchDims: 0 } },
  { inputs: [ramp([2, 3]), indices([1], [])], attributes: { axis: 1, batchDims: 0 } },
  { inputs: [ramp([2, 3]), indices([2, 0, 0, 0], [2, 2])], attributes: { axis: 1, batchDims: 1 } },
  { inputs: [ramp([2, 2, 3, 2]), indices([2, 0, 1, 1], [2, 2])], attributes: { axis: 2, batchDims: 1 } },
  { inputs: [ramp([2, 2, 3]), indices([2, 0, 1, 1], [2, 2])], attributes: { axis: 2, batchDims: 2 } },
  { inputs: [indices([5, 6, 2147483647], [3]), indices([2, 0], [2])], attributes: { axis: 0, batchDims: 0 } },
];

/** The axis, or where none is said, or `undefined` before the options, the first that is not shared. */
type AxisOr<A, N extends number> = { axis: A } extends { axis: infer Axis extends number } ? Axis : N;

/** Whether there is the axis, said on x where no axis is given. */
type CheckFrom<S extends Shape, A, N extends number, Now> =
  SameBeside<{ axis: A; shared: N }, { axis: undefined; shared: 0 }, Now> extends true
    ? CheckDefaultAxis<"gather", S, 0, Now>
    : SameBeside<A, undefined, Now> extends true
      ? CheckAxis<"gather", S, N>
      : CheckDefaultAxis<"gather", S, AxisOr<A, N>, Now>;

/** Options of `gather`. */
export interface GatherOptions<N extends number> {
  /** How many axes x and the indices share in front: each of their places has indices of its own. @default 0 */
  readonly batchDims?: N & CheckNatural<"gather", "batchDims", N>;
}

const rules: OptionRules<GatherOptions<number>> = { batchDims: natural };

/**
 * The parts of a tensor that indices name, along an axis, in the indices' order. Its gradient adds up what is taken several times.
 *
 * @param x rank 1 or more, any dtype
 * @param indices int32, from 0 to the axis's size less 1
 * @param axis the first that is not shared unless said otherwise; negative ones count from the end
 * @param options `batchDims`
 * @returns the shape of x with that of the indices, but for the shared axes, in the place of the axis
 * @throws SW_VALUE when the axis is out of range, SW_SHAPE when the shared axes differ; SW_DATA when an index is out of range,
 *   known when the program runs
 * @example
 * const table = variable("table", [1000, 64], zeros());
 * const rows = gather(table, input(["batch", "time"], "int32")); // Tensor<["batch", "time", 64], "float32">
 * const chosen = gather(input(["batch", 10]), input(["batch", 3], "int32"), 1, { batchDims: 1 }); // Tensor<["batch", 3], "float32">
 */
export function gather<
  const S extends Shape,
  D extends DType,
  const I extends Shape,
  E extends DType,
  const N extends number = 0,
  const A extends number | undefined = undefined,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> & CheckFrom<S, A, N, Now>,
  indices: Tensor<I, E> &
    FirstMessage<CheckDType<"gather", E, "int32">, CheckBatchDims<"gather", S, I, AxisOr<A, N>, N>>,
  axis?: OrMessage<A, CheckGivenAxis<"gather", S, AxisOr<A, N>>>,
  options: GatherOptions<N> = {},
): Tensor<Settled<Gather<S, I, AxisOr<A, N>, N, Now>>[Now], D> {
  checkOptions("gather", options, rules);
  const [node, places] = [nodeOf(x, "gather"), nodeOf(indices, "gather")];
  const { batchDims = 0 } = options;
  const along = (axis === undefined ? batchDims : axis) as number;
  checkOption("gather", "axis", along, axisRule);
  refuse(
    "SW_VALUE",
    "gather",
    axis === undefined || node.rank === 0 ? checkAxis("gather", node.shape, along) : undefined,
  );
  refuse("SW_DTYPE", "gather", checkDType("gather", places.dtype, ["int32"]));
  refuse("SW_VALUE", "gather", checkAxis("gather", node.shape, along));
  refuse("SW_SHAPE", "gather", checkBatchDims("gather", node.shape, places.shape, along, batchDims));
  return tensorOf(makeNode(gatherOp, [node, places], { axis: normalizeAxis(node.shape, along), batchDims }));
}

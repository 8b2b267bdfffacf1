import { array, elementCount, type NdArray } from "../ir/array.js";
import { allocate } from "../ir/dtype.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { refuse } from "../ir/refuse.js";
import type { TensorInfo } from "../ir/tfjs-lowering.js";
import type { Dim } from "../types/dim.js";
import { checkDType } from "../types/dtype.js";
import { sameShape } from "../types/same-shape.js";
import { show } from "../types/show.js";
import { type GatherAttributes, inAll, partsAround, takenFrom } from "./gather.js";
import { gathered } from "./shared/gather-shape.js";
import { checkInRange, checkInRangeOf, inRangeIn } from "./shared/in-range.js";
import { noPlace } from "./shared/places.js";
import { ramp } from "./shared/ramp.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** Adds dy into zeros of a shape, at the places that `gather` took from. Inputs: dy and the indices. */
    gatherGradient: GatherAttributes & { readonly shape: readonly Dim[] };
  }
}

const name = "gatherGradient";

export const gatherGradientOp: ValueOpDefinition<typeof name> = {
  name,
  dims: ["shape"],
  words: { noun: "scattered", formula: ([dy, indices]) => `${dy} added up where ${indices} took it from` },
  infer([dy, indices], { axis, batchDims, shape }) {
    refuse("SW_DTYPE", name, checkDType(name, dy!.dtype, ["float32", "int32"]));
    refuse("SW_DTYPE", name, checkDType(name, indices!.dtype, ["int32"]));
    const wanted = gathered(shape, indices!.shape, axis, batchDims);
    if (!sameShape(wanted, dy!.shape)) {
      refuse("SW_SHAPE", name, `${name}: dy is ${show(dy!.shape)}, but what was gathered is ${show(wanted)}`);
    }
    return { shape, dtype: dy!.dtype };
  },
  // It is linear in dy: what goes to a place comes from there.
  gradient: ({ b, inputs: [, indices], dy: dz, node: { attributes } }) => [
    b.op("gather", [dz, indices!], { axis: attributes.axis, batchDims: attributes.batchDims }),
    undefined,
  ],
  tensorflow(t, [dy, indices], { attributes, dtype, inputs }) {
    const { axis, batchDims, shape } = attributes;
    const batch = t.product(shape.slice(0, batchDims));
    const outer = t.product(shape.slice(batchDims, axis));
    const inner = t.product(shape.slice(axis + 1));
    const size = shape[axis]!;
    const count = t.product(inputs[1]!.shape.slice(batchDims));
    const int32 = { type: "int32" } as const;
    const swapped = { T: { type: dtype }, Tperm: int32 } as const;
    const order = t.constant([0, 2, 1, 3], "int32");
    const looked = inRangeIn(t, indices!, t.size(size));
    let places = t.reshape(looked, [batch, count], "int32");
    if (batch !== 1) {
      const samples = t.op("Range", [t.constant(0, "int32"), t.size(batch), t.constant(1, "int32")], { Tidx: int32 });
      const first = t.op("Mul", [t.reshape(samples, [batch, 1], "int32"), t.size(size)], { T: int32 });
      places = t.op("AddV2", [places, first], { T: int32 });
    }
    let rows = dy!;
    if (outer !== 1) rows = t.op("Transpose", [t.reshape(rows, [batch, outer, count, inner], dtype), order], swapped);
    const all = t.product([batch, count]);
    const segments = t.product([batch, size]);
    const width = t.product([outer, inner]);
    const sums = t.op(
      "UnsortedSegmentSum",
      [t.reshape(rows, [all, width], dtype), t.reshape(places, [all], "int32"), t.size(segments)],
      { T: { type: dtype }, Tindices: int32, Tnumsegments: int32 },
    );
    if (outer === 1) return t.reshape(sums, shape, dtype);
    const back = t.op("Transpose", [t.reshape(sums, [batch, size, outer, inner], dtype), order], swapped);
    return t.reshape(back, shape, dtype);
  },
  tfjs(k, [dy, indices], { attributes, shape, dtype }) {
    const { batch, outer, size, inner } = partsAround(shape, attributes);
    checkInRangeOf(k, indices!, size, noPlace);
    const count = elementCount(indices!.shape) / Math.max(batch, 1);
    if (elementCount(dy!.shape) === 0) return k.tensor(allocate(dtype, elementCount(shape)), shape, dtype);
    const swap = (x: TensorInfo, from: readonly number[]) =>
      outer === 1 ? x : k.run("Transpose", { x: k.reshape(x, from) }, { perm: [0, 2, 1, 3] });
    const updates = k.reshape(swap(dy!, [batch, outer, count, inner]), [batch * count, outer * inner]);
    // The axes between go with the elements behind the axis.
    const lead = [...shape.slice(0, attributes.batchDims), size];
    const all =
      batch === 1
        ? indices!
        : inAll(k, indices!, { axis: attributes.batchDims, batchDims: attributes.batchDims }, lead);
    const places = k.reshape(all, [batch * count, 1]);
    const sums = k.run("ScatterNd", { indices: places, updates }, { shape: [batch * size, outer * inner] });
    return k.reshape(swap(sums, [batch, size, outer, inner]), shape);
  },
  reference([dy, indices], { attributes, shape, dtype }) {
    checkInRange(indices!.data, shape[attributes.axis]!, noPlace);
    const to = takenFrom(shape, indices!, attributes);
    const sums = new Float64Array(elementCount(shape));
    for (let i = 0; i < dy!.data.length; i++) sums[to(i)]! += Number(dy!.data[i]);
    const data = allocate(dtype, sums.length);
    for (let i = 0; i < data.length; i++) data[i] = sums[i]!;
    return { shape, dtype, data } as NdArray;
  },
  flops: ({ inputs: [dy] }) => elementCount(dy!),
  inRange: ({ inputs: [, indices], attributes: { axis, shape } }) => ({ numbers: indices!, size: shape[axis]! }),
};

const indices = (values: number[], shape: number[]) => array(new Int32Array(values), shape);

export const gatherGradientSamples: Samples<typeof name> = () => [
  { inputs: [ramp([3, 3]), indices([2, 0, 2], [3])], attributes: { axis: 0, batchDims: 0, shape: [4, 3] } },
  { inputs: [ramp([2, 2]), indices([1, 4, 4, 0], [2, 2])], attributes: { axis: 0, batchDims: 0, shape: [5] } },
  { inputs: [ramp([2, 3, 2]), indices([3, 3], [2])], attributes: { axis: 2, batchDims: 0, shape: [2, 3, 4] } },
  { inputs: [ramp([2, 2]), indices([2, 0, 0, 0], [2, 2])], attributes: { axis: 1, batchDims: 1, shape: [2, 3] } },
  {
    inputs: [ramp([2, 2, 2, 2]), indices([2, 0, 1, 1], [2, 2])],
    attributes: { axis: 2, batchDims: 1, shape: [2, 2, 3, 2] },
  },
  { inputs: [indices([5, 6], [2]), indices([1, 1], [2])], attributes: { axis: 0, batchDims: 0, shape: [3] } },
];

import {
  argMin,
  argsort,
  type Dim,
  type DType,
  dense,
  embedding,
  gather,
  input,
  type Shape,
  segmentMax,
  segmentMin,
  segmentProd,
  segmentSum,
  sequential,
  sort,
  type Tensor,
  takeAlongAxis,
  topK,
} from "shapewright";
import { expectType } from "tsd";

// What indices choose.

const table = input([1000, 64]);
const ids = input(["batch", "time"], "int32");
const text = input(["batch", "time", 64]);
const two = input(["batch", 2], "int32");

expectType<Tensor<["batch", "time", 64]>>(gather(table, ids));
expectType<Tensor<["batch", 7, 64]>>(gather(text, input([7], "int32"), 1));
expectType<Tensor<["batch", 64]>>(gather(text, input([], "int32"), -2));
expectType<Tensor<[64], "int32">>(gather(input([10, 64], "int32"), input([], "int32")));
expectType<Tensor<["batch", 2, 64]>>(gather(text, two, 1, { batchDims: 1 }));
expectType<Tensor<["batch", 2, 64]>>(gather(text, two, undefined, { batchDims: 1 }));
expectType<Tensor<["batch", "time", 5]>>(gather(text, input(["batch", "time", 5], "int32"), -1, { batchDims: 2 }));
expectType<Tensor<[1, 2, 3, 4, 5, 7, 7]>>(gather(input([1, 2, 3, 4, 5, 6]), input([7, 7], "int32"), 5));

/** Rows of a table, for indices of any shape. */
function lookUp<const V extends Dim, const I extends Shape, C extends Dim>(
  rows: Tensor<[V, C]>,
  x: Tensor<I, "int32">,
): Tensor<[...I, C]> {
  const found = gather(rows, x, 0);
  expectType<Tensor<[...I, C]>>(found);
  return found;
}
expectType<Tensor<["batch", "time", 64]>>(lookUp(table, ids));

/** Three channels of whatever comes in. */
function channels<const B extends Shape, C extends Dim, D extends DType>(x: Tensor<[...B, C], D>) {
  const chosen = gather(x, input([3], "int32"), -1);
  expectType<Tensor<[...B, 3], D>>(chosen);
  return chosen;
}
expectType<Tensor<["batch", "time", 3]>>(channels(text));

/** The best places of each sample. */
function beams<B extends Dim, T extends Dim, C extends Dim, K extends Dim>(
  x: Tensor<[B, T, C]>,
  best: Tensor<[B, K], "int32">,
): Tensor<[B, K, C]> {
  return gather(x, best, 1, { batchDims: 1 });
}
expectType<Tensor<["batch", 2, 64]>>(beams(text, two));

// What is not known widens

declare const n: number;
declare const anything: Tensor<any>;
declare const anyIds: Tensor<any, "int32">;
expectType<Tensor<any>>(gather(anything, ids));
expectType<Tensor<any>>(gather(text, ids, n as number | undefined));
expectType<Tensor<[...any[], 64]>>(gather(table, anyIds));
expectType<Tensor<any>>(gather(text, ids, n));
expectType<Tensor<["batch", number, 64]>>(gather(text, input([n], "int32"), 1));

// The embedding layer

expectType<Tensor<["batch", 8]>>(embedding(input(["batch"], "int32"), { inputDim: 10, outputDim: 8 }));
expectType<Tensor<["batch", "time", 3]>>(
  sequential(ids, embedding({ inputDim: 10, outputDim: 8 }), dense({ units: 3 })),
);

/** Rows for integers of any shape. */
function tokens<const B extends Shape, const U extends number>(x: Tensor<B, "int32">, width: U): Tensor<[...B, U]> {
  return embedding(x, { inputDim: 100, outputDim: width });
}
expectType<Tensor<["batch", "time", 8]>>(tokens(ids, 8));

// Elements in order, and where they stand

expectType<Tensor<["batch", "time", 3]>>(takeAlongAxis(text, input(["batch", "time", 3], "int32")));
expectType<Tensor<["batch", 5, 64]>>(takeAlongAxis(text, input(["batch", 5, 64], "int32"), 1));
expectType<Tensor<["batch", "time"], "int32">>(argMin(text));
expectType<Tensor<["batch", 64], "int32">>(argMin(text, 1));
expectType<Tensor<["batch", "time", 64]>>(sort(text));
expectType<Tensor<["batch", "time"], "int32">>(sort(ids, 0));
expectType<Tensor<["batch", "time", 64], "int32">>(argsort(text, 1));
expectType<Tensor<["batch", "time", 5]>>(topK(text, 5).values);
expectType<Tensor<["batch", "time", 64], "int32">>(topK(text, 64).indices);
expectType<Tensor<["batch", 7], "int32">>(topK(ids, 7).values);
expectType<Tensor<["batch", "time", number]>>(topK(text, n).values);
expectType<Tensor<[8, 64]>>(segmentSum(table, input([1000], "int32"), 8));
expectType<Tensor<[8], "int32">>(segmentSum(input(["nodes"], "int32"), input(["nodes"], "int32"), 8));
expectType<Tensor<[8, 64]>>(segmentMax(table, input([1000], "int32"), 8));
expectType<Tensor<[8], "int32">>(segmentMin(input(["nodes"], "int32"), input(["nodes"], "int32"), 8));
expectType<Tensor<[8, 64]>>(segmentProd(table, input([1000], "int32"), 8));
expectType<Tensor<any>>(sort(anything));
expectType<Tensor<any>>(topK(anything, 3).values);

/** The best of whatever comes in, the largest first. */
function best<const B extends Shape, N extends Dim>(x: Tensor<[...B, N]>) {
  const { values, indices } = topK(x, 3);
  expectType<Tensor<[...B, 3]>>(values);
  expectType<Tensor<[...B, 3], "int32">>(indices);
  return takeAlongAxis(x, indices);
}
expectType<Tensor<["batch", "time", 3]>>(best(text));

/** The same in order. */
function inOrder<const B extends Shape, N extends Dim>(x: Tensor<[...B, N]>) {
  expectType<Tensor<[...B, N], "int32">>(argsort(x));
  expectType<Tensor<[...B, N]>>(takeAlongAxis(x, argsort(x)));
  return sort(x);
}
expectType<Tensor<["batch", "time", 64]>>(inOrder(text));

/** What each graph's nodes add up to. */
function pooled<N extends Dim, C extends Dim>(nodes: Tensor<[N, C]>, graphs: Tensor<[N], "int32">): Tensor<[32, C]> {
  expectType<Tensor<[32, C]>>(segmentMax(nodes, graphs, 32));
  return segmentSum(nodes, graphs, 32);
}
expectType<Tensor<[32, 16]>>(pooled(input(["nodes", 16]), input(["nodes"], "int32")));

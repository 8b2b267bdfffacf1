import {
  arange,
  bincount,
  categoryEncoding,
  type Dim,
  dense,
  depthToSpace,
  diag,
  diagonal,
  digitize,
  gatherNd,
  histogram,
  input,
  isIn,
  meshgrid,
  minus,
  multiHot,
  type Plus,
  ptp,
  randomNormal,
  reshape,
  type Shape,
  scatter,
  scatterUpdate,
  searchSorted,
  segmentMax,
  segmentSum,
  sequential,
  spaceToDepth,
  stepKey,
  type Tensor,
  type Times,
  trace,
  unravelIndex,
} from "shapewright";
import { expectType } from "tsd";

// Places as values, and where they put things.

const images = input(["batch", "height", 28, 12]);
const ids = input(["batch", "time"], "int32");
declare const n: number;
declare const anything: Tensor<any>;
declare const manyIndices: Tensor<any, "int32">;

// Pixels and channels

expectType<Tensor<["batch", "height*2", 56, 3]>>(depthToSpace(images, 2));
expectType<Tensor<["batch", "floor(height/4)", 7, 192]>>(spaceToDepth(images, 4));
expectType<Tensor<["batch", 2, 2, 1], "int32">>(depthToSpace(input(["batch", 1, 1, 4], "int32"), 2));
expectType<Tensor<["batch", number, number, number]>>(spaceToDepth(images, n));
expectType<Tensor<any>>(depthToSpace(anything, 2));

/** Images of half the size and back again. */
function folded<B extends Dim, H extends Dim, W extends Dim, C extends Dim>(
  x: Tensor<[B, Times<H, 2>, Times<W, 2>, C]>,
) {
  return spaceToDepth(x, 2);
}
declare const doubled: Tensor<["batch", "width*2", 28, 2]>;
expectType<Tensor<["batch", "width", 14, 8]>>(folded<"batch", "width", 14, 2>(doubled));

/** Twice as large, with a quarter of the channels. */
function larger<B extends Dim, H extends Dim, W extends Dim>(
  x: Tensor<[B, H, W, 16]>,
): Tensor<[B, Times<H, 2>, Times<W, 2>, 4]> {
  return depthToSpace(x, 2);
}
expectType<Tensor<["batch", 14, "width*2", 4]>>(larger(input(["batch", 7, "width", 16])));

// Diagonals

const matrices = input(["batch", "n", "n"]);
expectType<Tensor<[3, 3]>>(diag(input([3])));
expectType<Tensor<["n+2", "n+2"], "int32">>(diag(input(["n"], "int32"), -2));
expectType<Tensor<[number, number]>>(diag(input([3]), n));
expectType<Tensor<[3]>>(diagonal(input([3, 5])));
expectType<Tensor<[2]>>(diagonal(input([3, 5]), 3));
expectType<Tensor<[1], "bool">>(diagonal(input([3, 5], "bool"), -2));
expectType<Tensor<["batch", "n"]>>(diagonal(matrices, 0, 1, 2));
expectType<Tensor<["batch", "n-1"]>>(diagonal(matrices, -1, -2, -1));
expectType<Tensor<[4, number]>>(diagonal(input([3, n, 4])));
expectType<Tensor<[]>>(trace(input([3, 5]), 1));
expectType<Tensor<["batch"], "int32">>(trace(input(["batch", 4, 4], "int32"), 0, 1, 2));
expectType<Tensor<[...any[], number]>>(diagonal(anything));

/** The variances of what a matrix of covariances is of, for any axes before. */
function variances<const B extends Shape, N extends Dim>(x: Tensor<[...B, N, N]>) {
  expectType<Tensor<B>>(trace(x, 0, -2, -1));
  const found = diagonal(x, 0, -2, -1);
  expectType<Tensor<[...B, N]>>(found);
  return found;
}
expectType<Tensor<["batch", "n"]>>(variances(matrices));

/** A square matrix with one more row. */
function above<N extends Dim>(x: Tensor<[N]>): Tensor<[Plus<N, 1>, Plus<N, 1>]> {
  expectType<Tensor<[N, N]>>(diag(x));
  return diag(x, 1);
}
expectType<Tensor<[4, 4]>>(above(input([3])));

// Grids

const [x, y] = meshgrid([arange(640), input(["height"])]);
expectType<Tensor<["height", 640], "int32">>(x);
expectType<Tensor<["height", 640]>>(y);
expectType<[Tensor<[2, 3, 4], "int32">, Tensor<[2, 3, 4], "int32">, Tensor<[2, 3, 4], "int32">]>(
  meshgrid([arange(2), arange(3), arange(4)], { indexing: "ij" }),
);
expectType<[Tensor<["time"], "int32">]>(meshgrid([arange("time")]));
expectType<Tensor<["floor(time/2)"], "int32">>(arange("floor(time/2)"));

/** The coordinates of pixels. */
function pixels<H extends Dim, W extends Dim>(rows: Tensor<[H]>, columns: Tensor<[W]>): Tensor<[H, W]> {
  const [row, column] = meshgrid([rows, columns], { indexing: "ij" });
  expectType<Tensor<[H, W]>>(column);
  return row;
}
expectType<Tensor<[2, "width"]>>(pixels(input([2]), input(["width"])));

// Categories

expectType<Tensor<["batch", 20]>>(multiHot(ids, 20));
expectType<Tensor<[20]>>(multiHot(input([3], "int32"), 20));
expectType<Tensor<["batch", 20]>>(categoryEncoding(ids, { numTokens: 20 }));
expectType<Tensor<["batch", 20]>>(categoryEncoding(ids, { numTokens: 20, outputMode: "count" }));
expectType<Tensor<["batch", "time", 20]>>(categoryEncoding(ids, { numTokens: 20, outputMode: "oneHot" }));
expectType<Tensor<["batch", 20]>>(
  categoryEncoding(input(["batch", 1], "int32"), { numTokens: 20, outputMode: "oneHot" }),
);
expectType<Tensor<["batch", 3]>>(sequential(ids, categoryEncoding({ numTokens: 20 }), dense({ units: 3 })));

/** Whether each is there, for any axes before. */
function sets<const B extends Shape, K extends Dim>(x: Tensor<[...B, K], "int32">): Tensor<[...B, 9]> {
  expectType<Tensor<[...B, 9]>>(categoryEncoding(x, { numTokens: 9, outputMode: "count" }));
  return multiHot(x, 9);
}
expectType<Tensor<["batch", 9]>>(sets(ids));

// Places along several axes

const board = input([8, 8, 12]);
const text = input(["batch", "time", 64]);
const pairs = input(["pairs", 2], "int32");
expectType<Tensor<["pairs", 12]>>(gatherNd(board, pairs));
expectType<Tensor<["pairs", 64]>>(gatherNd(text, pairs));
expectType<Tensor<["n", 5], "int32">>(gatherNd(input([2, 3, 4], "int32"), input(["n", 5, 3], "int32")));
expectType<Tensor<[]>>(gatherNd(board, input([3], "int32")));
expectType<Tensor<[7, 8, 12]>>(gatherNd(board, input([7, 1], "int32")));
expectType<Tensor<any>>(gatherNd(board, input([7, n], "int32")));
expectType<Tensor<["pairs", ...any[]]>>(gatherNd(anything, pairs));
expectType<Tensor<[100, 100]>>(scatter(pairs, input(["pairs"]), [100, 100]));
expectType<Tensor<["rows", 5, 3], "int32">>(scatter(pairs, input(["pairs", 3], "int32"), ["rows", 5, 3]));
const flat = reshape(input(["batch", "nodes", 8]), [-1, 8]);
declare const targets: Tensor<["batch*nodes", 1], "int32">;
expectType<Tensor<["batch*nodes", 8]>>(scatter(targets, flat, flat.shape));
expectType<Tensor<["nodes", 8]>>(segmentSum(input(["edges", 8]), input(["edges"], "int32"), "nodes"));
expectType<Tensor<["batch*nodes", 3]>>(segmentMax(input(["edges", 3]), input(["edges"], "int32"), flat.shape[0]));
expectType<Tensor<["10-edges", 8]>>(segmentSum(input(["edges", 8]), input(["edges"], "int32"), minus(10, "edges")));
expectType<Tensor<["batch*nodes", 8]>>(randomNormal(stepKey(), flat.shape));
expectType<Tensor<[8, 8, 12]>>(scatterUpdate(board, pairs, input(["pairs", 12])));
expectType<Tensor<["batch", "time", 64]>>(scatterUpdate(text, input([3, 1], "int32"), input([3, "time", 64])));
expectType<Tensor<any>>(scatterUpdate(anything, pairs, input(["pairs", 12])));

/** One row of each matrix put into the place of another, for any number of places. */
function replaced<H extends Dim, W extends Dim, C extends Dim, N extends Dim>(
  x: Tensor<[H, W, C]>,
  places: Tensor<[N, 2], "int32">,
  rows: Tensor<[N, C]>,
): Tensor<[H, W, C]> {
  expectType<Tensor<[N, C]>>(gatherNd(x, places));
  expectType<Tensor<[H, W, C]>>(scatterUpdate(x, places, rows));
  return scatterUpdate(x, places, gatherNd(x, places));
}
expectType<Tensor<[8, 8, 12]>>(replaced(board, pairs, input(["pairs", 12])));

// Order, and counts

const edges = input([5]);
expectType<Tensor<["batch", "time", 64], "int32">>(searchSorted(edges, text, { side: "right" }));
expectType<Tensor<["batch", "time"], "int32">>(searchSorted(input(["n"], "int32"), ids));
expectType<Tensor<["batch", "time", 64], "int32">>(digitize(text, edges));
expectType<Tensor<["batch", "time"], "bool">>(isIn(ids, input([2, 2], "int32")));
expectType<Tensor<["batch", 64]>>(ptp(text, { axis: 1 }));
expectType<Tensor<["batch", 10], "int32">>(bincount(ids, 10));
expectType<Tensor<["batch", 10]>>(bincount(ids, 10, { weights: input(["batch", "time"]) }));
expectType<Tensor<[10], "int32">>(bincount(input(["time"], "int32"), 10));
expectType<Tensor<[20], "int32">>(histogram(text, 20).counts);
expectType<Tensor<[11]>>(histogram(text).edges);
expectType<Tensor<[number]>>(histogram(text, n, [0, 1]).edges);

expectType<[Tensor<["batch", "time"], "int32">, Tensor<["batch", "time"], "int32">]>(unravelIndex(ids, ["rows", 28]));
expectType<[Tensor<any, "int32">]>(unravelIndex(manyIndices, [5]));

/** How often each class is predicted, for any axes before. */
function perClass<const B extends Shape, T extends Dim>(x: Tensor<[...B, T], "int32">): Tensor<[...B, 10], "int32"> {
  expectType<Tensor<[...B, T], "int32">>(digitize(x, input([3], "int32")));
  expectType<Tensor<[...B, T], "bool">>(isIn(x, input([3], "int32")));
  return bincount(x, 10);
}
expectType<Tensor<["batch", 10], "int32">>(perClass(ids));

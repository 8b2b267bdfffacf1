import { cumprod, cumsum, type Dim, input, inTopK, median, prod, type Shape, type Tensor } from "shapewright";
import { expectType } from "tsd";

// What goes on along an axis.

const series = input(["batch", "time", 4]);
declare const n: number;
declare const anything: Tensor<any>;

expectType<Tensor<["batch", "time", 4]>>(cumsum(series, 1));
expectType<Tensor<["batch", 3], "int32">>(cumsum(input(["batch", 3], "int32"), -1, { exclusive: true }));
expectType<Tensor<["batch", "time", 4]>>(cumprod(series, n, { reverse: true }));
expectType<Tensor<any>>(cumprod(anything, 2));

/** What is left of each, for any axes before. */
function left<const B extends Shape, T extends Dim>(x: Tensor<[...B, T]>): Tensor<[...B, T]> {
  return cumprod(cumsum(x, -1), -1, { exclusive: true });
}
expectType<Tensor<["batch", "time", 4]>>(left(series));

expectType<Tensor<["batch", "time"]>>(prod(series, { axis: -1 }));
expectType<Tensor<[1, "time", 1]>>(prod(series, { axis: [0, 2], keepDims: true }));
expectType<Tensor<[], "int32">>(prod(input([2, 3], "int32")));
expectType<Tensor<["batch", 4]>>(median(series, { axis: 1 }));
expectType<Tensor<[1, 1, 1]>>(median(series, { keepDims: true }));

const classes = input(["batch"], "int32");
expectType<Tensor<["batch"], "bool">>(inTopK(classes, input(["batch", 10]), 5));
expectType<Tensor<[], "bool">>(inTopK(input([], "int32"), input(["n"]), 1));
expectType<Tensor<["batch"], "bool">>(inTopK(classes, anything, 5));

/** How often the right class is among the first, for any axes before. */
function first<const B extends Shape, C extends Dim>(x: Tensor<[...B, C]>, y: Tensor<B, "int32">): Tensor<B, "bool"> {
  return inTopK(y, x, 5);
}
expectType<Tensor<["batch", "time"], "bool">>(first(series, input(["batch", "time"], "int32")));

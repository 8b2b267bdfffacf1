import {
  activation,
  add,
  argMax,
  array,
  broadcastTo,
  cast,
  compile,
  concat,
  constant,
  conv2d,
  type Dim,
  type DType,
  dense,
  dot,
  dropout,
  flatten,
  gradients,
  input,
  type Layer,
  type Model,
  maxPool2d,
  maxPooling2d,
  mean,
  meanSquaredError,
  model,
  oneHot,
  type Program,
  pad,
  relu,
  reshape,
  type Shape,
  select,
  sequential,
  sgd,
  slice,
  softmaxCrossEntropyWithLogits,
  sparseCategoricalCrossentropy,
  split,
  sum,
  type Tensor,
  transpose,
  variable,
  zeros,
} from "shapewright";
import { expectType } from "tsd";

// What the compiler does not know widens the result. It is never an error, and never `never`: the runtime checks it.

declare const n: number;
declare const name: string;
declare const width: 64 | 128;
declare const sizes: number[];
declare const shape: Shape;
declare const dim: Dim;
declare const dtype: DType;
declare const padding: "same" | "valid";

const x = input(["batch", 784]);
const image = input(["batch", 28, 28, 3]);
const anything = input(shape);

// A size that is not known
expectType<Tensor<["batch", number]>>(input(["batch", n]));
expectType<Tensor<["batch", number]>>(dot(x, variable("W", [784, n], zeros())));
expectType<Tensor<["batch", 10]>>(dot(input(["batch", n]), variable("W", [784, 10], zeros())));
expectType<Tensor<["batch", 10]>>(dot(input(["batch", name]), variable("W", [784, 10], zeros())));
expectType<Tensor<["batch", 10]>>(dot(input(["batch", dim]), variable("W", [784, 10], zeros())));
expectType<Tensor<["batch", 512]>>(add(input(["batch", n]), variable("b", [512], zeros())));
expectType<Tensor<["batch", number]>>(add(input(["batch", n]), constant([1])));
expectType<Tensor<["batch", 64]>>(add(input(["batch", width]), input(["batch", 64])));
expectType<Tensor<["batch", 10]>>(dense(input(["batch", n]), { units: 10 }));
expectType<Tensor<["batch", number]>>(dense(x, { units: n }));
expectType<Tensor<["batch", 64 | 128]>>(dense(x, { units: width }));
expectType<Tensor<["batch", number]>>(oneHot(input(["batch"], "int32"), n));
expectType<Tensor<["batch", number, number]>>(reshape(x, ["batch", n, n]));
expectType<Tensor<[number, number]>>(reshape(x, [n, -1]));
expectType<Tensor<["batch", number]>>(flatten(input(["batch", n, 64])));
expectType<Tensor<["batch", number]>>(flatten(input(["batch", name, 64])));
expectType<Tensor<["batch", number, number, 8]>>(conv2d(input(["batch", n, n, 3]), { filters: 8, kernelSize: 3 }));
expectType<Tensor<["batch", number, number, 8]>>(conv2d(image, { filters: 8, kernelSize: n }));
expectType<Tensor<["batch", number, number, 8]>>(conv2d(image, { filters: 8, kernelSize: 3, padding }));
expectType<Tensor<["batch", 26, 26, number]>>(conv2d(image, { filters: n, kernelSize: 3 }));
expectType<Tensor<["batch", number, number, 3]>>(maxPool2d(image, { poolSize: n }));
expectType<Tensor<["batch", number]>>(concat([x, input(["batch", n])], -1));
expectType<Tensor<["batch+2", number]>>(
  pad(x, [
    [1, 1],
    [0, n],
  ]),
);
expectType<Tensor<["batch", 24]>>(slice(x, [0, n], [-1, 24]));
expectType<Tensor<[number]>>(constant(sizes));
expectType<Tensor<[2, number]>>(constant([sizes, sizes]));

// An axis that is not known
expectType<Tensor<[number]>>(sum(x, { axis: n }));
expectType<Tensor<[number, number]>>(sum(x, { axis: n, keepDims: true }));
expectType<Tensor<any>>(sum(x, { axis: sizes }));
expectType<Tensor<[number], "int32">>(argMax(x, n));
expectType<Tensor<[number, number]>>(concat([x, x], n));
expectType<Tensor<[number, "batch"]>>(transpose(x, [n, 0]));

expectType<Tensor<["batch", number]>[]>(split(x, n, -1));

// A rank that is not known
expectType<Tensor<any>>(input(shape));
expectType<Tensor<any>>(variable("W", sizes, zeros()));
expectType<Tensor<any>>(constant(array(new Float32Array(6), sizes)));
expectType<Tensor<any>>(broadcastTo(constant(1), shape));
expectType<Tensor<any>>(relu(anything));
expectType<Tensor<any>>(add(anything, x));
expectType<Tensor<any>>(add(x, anything));
const product = dot(anything, variable("W", [784, 10], zeros()));
expectType<Tensor<any>>(product);
expectType<Tensor<any>>(dot(x, anything));
const logits = dense(anything, { units: 10 });
expectType<Tensor<any>>(logits);
expectType<Tensor<any>>(flatten(anything));
expectType<Tensor<any>>(dropout(anything, 0.5));
expectType<Tensor<any>>(activation(anything, relu));
expectType<Tensor<any>>(reshape(anything, shape));
expectType<Tensor<any>>(transpose(anything));
expectType<Tensor<any>>(mean(anything, { axis: 1, keepDims: true }));
expectType<Tensor<[...any[], 10]>>(oneHot(cast(anything, "int32"), 10));
expectType<Tensor<any>>(concat([anything, x], -1));
expectType<Tensor<any>>(select(input(shape, "bool"), anything, x));
expectType<Tensor<any>>(softmaxCrossEntropyWithLogits(anything, anything));
declare const someLogits: Tensor<[number, 4]>;
declare const someLabels: Tensor<["batch", number]>;
expectType<Tensor<[number]>>(softmaxCrossEntropyWithLogits(someLogits, someLabels));
expectType<Tensor<[]>>(sum(anything));
expectType<Tensor<[number, number, number, 8]>>(conv2d(anything, { filters: 8, kernelSize: 3 }));
expectType<Tensor<[number, number, number, number]>>(maxPooling2d(anything));
expectType<Tensor<any>>(sequential(anything, dense({ units: 10 })));
expectType<{ anything: Tensor<any, "float32"> }>(gradients(sum(anything), { anything }));

// A model of which nothing is known
declare const anyModel: Model<any, any>;
declare const unknownInputs: Model<{ readonly x: Tensor<any> }, Tensor<any>>;
const sparse = sparseCategoricalCrossentropy();
expectType<Tensor<any, "int32">>(compile(anyModel, { optimizer: sgd(), loss: sparse }).targetInput);
expectType<Tensor<any, "int32">>(compile(unknownInputs, { optimizer: sgd(), loss: sparse }).targetInput);
type Nothing = { readonly [K in never]: number };
expectType<Program<{ readonly x: Tensor<any> }, Tensor<any>, Tensor<any>, Nothing, undefined>>(
  compile(unknownInputs, { optimizer: sgd(), loss: meanSquaredError() }),
);
/** A model of as many classes as a caller says is compiled within a generic function. */
function classifier<const C extends number>(classes: C) {
  const net = model({ x: input(["batch", 8]) }, ({ x }) => dense(x, { units: classes }));
  return compile(net, { optimizer: sgd(), loss: sparse });
}
expectType<Tensor<["batch"], "int32">>(classifier(3).targetInput);

// Layers that are not known
declare const layers: Layer[];
expectType<Tensor<any, any>>(sequential(x, ...layers));
expectType<Tensor<any, any>>(sequential(x, dense({ units: 10 }), ...layers));

// A dtype that is not known
expectType<Tensor<["batch", 784], DType>>(cast(x, dtype));
expectType<Tensor<["batch", 784], DType>>(relu(cast(x, dtype)));
expectType<Tensor<["batch", 784], DType>>(add(cast(x, dtype), x));

// A size of a generic function beside an unknown one is known where the function is called, and no other fits.
const besideUnknown = <B extends Dim, N extends number>(x: Tensor<[B, N]>, bias: Tensor<[B, number]>) => add(x, bias);
declare const bias: Tensor<[2, number]>;
expectType<Tensor<[2, 784]>>(besideUnknown(input([2, 784]), bias));
expectType<Tensor<[2, number]>>(besideUnknown(input([2, 1]), bias));

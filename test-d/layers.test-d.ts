import {
  activation,
  add,
  batchNormalization,
  block,
  cast,
  constant,
  conv2d,
  dense,
  dropout,
  flatten,
  gaussianNoise,
  greater,
  input,
  layerNormalization,
  maxPooling2d,
  model,
  multiply,
  relu,
  type Shape,
  sequential,
  sigmoid,
  softmax,
  type Tensor,
  transpose,
} from "shapewright";
import { expectType } from "tsd";

const x = input(["batch", 784]);
const image = input(["batch", 28, 28, 1]);
const photo = input(["batch", "height", "width", 3]);
const text = input(["batch", "time", 64]);

/** An activation of one's own. */
const swish = <S extends Shape>(x: Tensor<S>) => multiply(x, sigmoid(x));

expectType<Tensor<["batch", 512]>>(dense(x, { units: 512 }));
expectType<Tensor<["batch", 512]>>(dense(x, { units: 512, activation: relu, useBias: false, name: "hidden" }));
expectType<Tensor<["batch", 512]>>(dense(x, { units: 512, activation: swish }));
expectType<Tensor<["batch", "time", 10]>>(dense(text, { units: 10, activation: softmax }));
expectType<Tensor<[5]>>(dense(constant([1, 2, 3]), { units: 5 }));

expectType<Tensor<["batch", 26, 26, 32]>>(conv2d(image, { filters: 32, kernelSize: 3, activation: relu }));
expectType<Tensor<["batch", 28, 28, 32]>>(conv2d(image, { filters: 32, kernelSize: 3, padding: "same" }));
expectType<Tensor<["batch", 14, 14, 32]>>(conv2d(image, { filters: 32, kernelSize: 3, strides: 2, padding: "same" }));
expectType<Tensor<["batch", 13, 12, 8]>>(conv2d(image, { filters: 8, kernelSize: [3, 5], strides: 2 }));
expectType<Tensor<["batch", "height", "width", 8]>>(conv2d(photo, { filters: 8, kernelSize: 3, padding: "same" }));
expectType<Tensor<["batch", "height-2", "width-4", 8]>>(conv2d(photo, { filters: 8, kernelSize: [3, 5] }));

expectType<Tensor<["batch", 14, 14, 1]>>(maxPooling2d(image));
expectType<Tensor<["batch", 9, 14, 1]>>(maxPooling2d(image, { poolSize: [3, 2] }));
expectType<Tensor<["batch", 27, 27, 1]>>(maxPooling2d(image, { poolSize: 2, strides: 1 }));
expectType<Tensor<["batch", 28, 28, 1]>>(maxPooling2d(image, { poolSize: 2, strides: 1, padding: "same" }));
expectType<Tensor<["batch", "floor(height/2)", "floor(width/2)", 3]>>(maxPooling2d(photo));

expectType<Tensor<["batch", 784]>>(flatten(image));
expectType<Tensor<["batch", "time*64"]>>(flatten(text));
expectType<Tensor<["batch", 1]>>(flatten(input(["batch"])));
expectType<Tensor<["batch", 784]>>(dropout(x, 0.5));
expectType<Tensor<["batch", 784]>>(batchNormalization(x));
expectType<Tensor<["batch", 8, 8, 3]>>(batchNormalization(input(["batch", 8, 8, 3]), { momentum: 0.9 }));
expectType<Tensor<["batch", 4]>>(sequential(x, dense({ units: 4 }), batchNormalization(), activation(relu)));
expectType<Tensor<["batch", 784]>>(layerNormalization(x));
expectType<Tensor<[3]>>(layerNormalization(input([3])));
expectType<Tensor<["batch", "time", 64]>>(layerNormalization(text, { epsilon: 1e-5, center: false }));
declare const deep: Tensor<["a", 2, "b", 3, "m+n", 5]>;
expectType<Tensor<["a", 2, "b", 3, "m+n", 5]>>(layerNormalization(deep));
expectType<Tensor<["batch", 4]>>(sequential(x, dense({ units: 4 }), layerNormalization(), activation(relu)));
expectType<Tensor<["batch", 784]>>(gaussianNoise(x, 0.5));
expectType<Tensor<["batch", 784]>>(sequential(x, gaussianNoise(0.5)));
expectType<Tensor<["batch", "time", 64]>>(activation(text, softmax));
expectType<Tensor<["batch", "time", 64]>>(activation(text, swish));

// Layers that wait for their input
expectType<Tensor<["batch", 784]>>(sequential(x));
expectType<Tensor<["batch", 10]>>(
  sequential(x, dense({ units: 512, activation: relu }), dropout(0.5), dense({ units: 10 })),
);
const convnet = sequential(
  image,
  conv2d({ filters: 32, kernelSize: 3, activation: relu }),
  maxPooling2d(),
  conv2d({ filters: 64, kernelSize: 3, activation: relu }),
  maxPooling2d({ poolSize: 2 }),
  flatten(),
  dropout(0.5),
  dense({ units: 10 }),
  activation(softmax),
);
expectType<Tensor<["batch", 10]>>(convnet);
expectType<Tensor<["batch", "floor(height/2)-1", "floor(width/2)-1", 8]>>(
  sequential(photo, conv2d({ filters: 8, kernelSize: 3 }), maxPooling2d()),
);
expectType<Tensor<["batch", "time", 10]>>(
  sequential(text, dense({ units: 32 }), activation(swish), dense({ units: 10 })),
);

// Layers are called, too, and put together to blocks
const tower = block(dense({ units: 64, activation: relu }), dropout(0.5), dense({ units: 16 }));
expectType<Tensor<["batch", 16]>>(tower(x));
expectType<Tensor<["batch", "time", 16]>>(tower(text));
expectType<Tensor<["batch", 4]>>(sequential(image, flatten(), tower, block(tower, dense({ units: 4 }))));
expectType<Tensor<["batch", 32]>>(dense({ units: 32 })(x));
expectType<Tensor<["batch", 784], "int32">>(sequential(cast(image, "int32"), flatten()));
expectType<Tensor<["batch", 784], "bool">>(flatten()(greater(image, image)));
const encoder = model({ x: input(["batch", 784]) }, ({ x }) => tower(x));
expectType<Tensor<["batch", 16]>>(encoder.apply({ x }));

// What a result is expected to be does not change what it is: strides that are left out are 1
const narrow = input(["batch", "height", "width", 3]);
const halved = conv2d(narrow, { filters: 3, kernelSize: 3, strides: 2, padding: "same" });
export const again: Tensor<["batch", "ceil(height/2)", "ceil(width/2)", 8]> = conv2d(halved, {
  filters: 8,
  kernelSize: 3,
  padding: "same",
});
export function activated(): Tensor<["batch", "ceil(height/2)", "ceil(width/2)", 8]> {
  return relu(conv2d(halved, { filters: 8, kernelSize: 3, padding: "same" }));
}

// Functions that keep the shape stand beside layers.
expectType<Tensor<["batch", 3]>>(sequential(x, dense({ units: 4 }), relu, dense({ units: 3 }), softmax));
expectType<Tensor<["batch", 4]>>(sequential(x, block(dense({ units: 4 }), relu), swish));

// A function that is written in its place knows what it is given.
expectType<Tensor<["batch", 4]>>(sequential(x, dense({ units: 8 }), (y) => multiply(relu(y), 2), dense({ units: 4 })));
expectType<Tensor<["batch", 4]>>(block((y) => relu(y), dense({ units: 4 }))(x));

// Functions of one shape, which keep it: where that shape comes in, and no other
const four = input(["batch", 4]);
expectType<Tensor<["batch", 3]>>(
  sequential(four, dense({ units: 3 }), (x: Tensor<["batch", 3]>) => add(x, x), activation(relu)),
);
const doubled = block(dense({ units: 3 }), (x: Tensor<["batch", 3]>): Tensor<["batch", 3]> => add(x, x));
expectType<Tensor<["batch", 3]>>(doubled(four));
export function ofOneHeight<H extends number>(x: Tensor<["batch", H, 4]>): Tensor<["batch", H, 3]> {
  return sequential(x, dense({ units: 3 }), (h: Tensor<["batch", H, 3]>) => add(h, h));
}
// @ts-expect-error
sequential(four, dense({ units: 5 }), (x: Tensor<["batch", 3]>) => add(x, x));
// @ts-expect-error
block(dense({ units: 5 }), (x: Tensor<["batch", 3]>) => add(x, x))(four);
// @ts-expect-error
sequential(four, (x: Tensor<["batch", 4]>) => dense(x, { units: 3 }));
// @ts-expect-error it turns them around where A and B are two sizes
sequential(text, <A extends string, B extends number>(x: Tensor<["batch", A, B]>) => transpose(x, [0, 2, 1]));
// @ts-expect-error it may give 3 for 4
sequential(four, (x: Tensor<["batch", 3 | 4]>): Tensor<["batch", 3 | 4]> => x);
// @ts-expect-error
sequential(four, (x: Tensor<["batch", 4], "int32">) => add(x, x));
// @ts-expect-error
sequential(four, (x: Tensor<["batch", 4]>) => greater(x, 0));

import {
  cropping1d,
  cropping2d,
  cropping3d,
  type Dim,
  flatten,
  input,
  type Minus,
  type Plus,
  pad,
  reshape,
  sequential,
  type Tensor,
  zeroPadding1d,
  zeroPadding2d,
  zeroPadding3d,
} from "shapewright";
import { expectType } from "tsd";

// What stands around a tensor, or is cut off it.

declare const n: number;
const image = input(["batch", 28, 28, 3]);
const text = input(["batch", "time", 64]);

expectType<Tensor<["batch", 30, 31, 3]>>(
  pad(
    image,
    [
      [0, 0],
      [1, 1],
      [0, 3],
      [0, 0],
    ],
    "reflect",
  ),
);
expectType<Tensor<["batch", 84, 28, 3]>>(
  pad(
    image,
    [
      [0, 0],
      [28, 28],
      [0, 0],
      [0, 0],
    ],
    "symmetric",
  ),
);
expectType<Tensor<["batch", "time+4", 64]>>(
  pad(
    text,
    [
      [0, 0],
      [2, 2],
      [0, 0],
    ],
    "reflect",
  ),
);
expectType<Tensor<["batch", number, 64], "int32">>(
  pad(
    input(["batch", n, 64], "int32"),
    [
      [0, 0],
      [2, 2],
      [0, 0],
    ],
    "symmetric",
  ),
);
expectType<Tensor<["batch", number, 64]>>(
  pad(
    text,
    [
      [0, 0],
      [n, 2],
      [0, 0],
    ],
    "reflect",
  ),
);
expectType<Tensor<any>>(pad(input([] as Dim[]), [[1, 1]], "reflect"));

/** The edges of images, mirrored around them. */
function framed<B extends Dim, H extends Dim, W extends Dim, C extends Dim>(x: Tensor<[B, H, W, C]>) {
  const y = pad(
    x,
    [
      [0, 0],
      [1, 1],
      [2, 0],
      [0, 0],
    ],
    "reflect",
  );
  expectType<Tensor<[B, Plus<Plus<H, 1>, 1>, Plus<W, 2>, C]>>(y);
  return y;
}
expectType<Tensor<["batch", 30, 30, 3]>>(framed(image));
expectType<Tensor<["batch", "h+2", 12, 1]>>(framed(input(["batch", "h", 10, 1])));

/** A border of any width. */
function bordered<B extends Dim, C extends number, const N extends number>(x: Tensor<[B, C]>, width: N) {
  return pad(
    x,
    [
      [0, 0],
      [width, width],
    ],
    "symmetric",
  );
}
expectType<Tensor<["batch", 14]>>(bordered(input(["batch", 10]), 2));

// Layers

const video = input(["batch", 16, 28, 28, 3], "int32");
expectType<Tensor<["batch", "time+2", 64]>>(zeroPadding1d(text));
expectType<Tensor<["batch", "time+5", 64]>>(zeroPadding1d(text, { padding: [5, 0] }));
expectType<Tensor<["batch", 30, 30, 3]>>(zeroPadding2d(image));
expectType<Tensor<["batch", 28, 34, 3]>>(zeroPadding2d(image, { padding: [0, 3] }));
expectType<Tensor<["batch", 29, 33, 3]>>(
  zeroPadding2d(image, {
    padding: [
      [1, 0],
      [2, 3],
    ],
  }),
);
expectType<Tensor<["batch", 18, 30, 30, 3], "int32">>(zeroPadding3d(video));
expectType<Tensor<["batch", 16, 30, 31, 3], "int32">>(zeroPadding3d(video, { padding: [0, 1, [1, 2]] }));
expectType<Tensor<["batch", number, 28, 3]>>(zeroPadding2d(image, { padding: [n, 0] }));
expectType<Tensor<["batch", "time-2", 64]>>(cropping1d(text));
expectType<Tensor<["batch", "time-1", 64]>>(cropping1d(text, { cropping: [1, 0] }));
expectType<Tensor<["batch", 28, 28, 3]>>(cropping2d(image));
expectType<Tensor<["batch", 20, 25, 3]>>(cropping2d(image, { cropping: [4, [1, 2]] }));
expectType<Tensor<["batch", 14, 26, 26, 3], "int32">>(cropping3d(video));
expectType<Tensor<[number, number, number, number]>>(zeroPadding2d(input([] as Dim[])));
expectType<Tensor<[number, number, number]>>(cropping1d(input([] as Dim[])));
expectType<Tensor<["batch", 24, 32, 3]>>(
  sequential(image, zeroPadding2d({ padding: [0, 2] }), cropping2d({ cropping: [2, 0] })),
);
expectType<Tensor<["batch", 7, 7, 48]>>(sequential(image, flatten(), reshape([-1, 7, 7, 48])));
expectType<Tensor<["batch", 784, 3]>>(sequential(image, reshape(["batch", -1, 3])));
expectType<Tensor<["batch", 2352], "int32">>(reshape([-1, 2352])(input(["batch", 28, 28, 3], "int32")));

/** Images a little larger, and smaller again. */
function around<B extends Dim, H extends Dim, W extends Dim, C extends number>(x: Tensor<[B, H, W, C]>) {
  const wide = zeroPadding2d(x, { padding: [3, [1, 0]] });
  expectType<Tensor<[B, Plus<H, 6>, Plus<W, 1>, C]>>(wide);
  expectType<Tensor<[B, Minus<H, 2>, Minus<W, 2>, C]>>(cropping2d(x, { cropping: 1 }));
  return sequential(wide, cropping2d({ cropping: [6, [0, 1]] }));
}
expectType<Tensor<["batch", 22, 28, 3]>>(around(image));
expectType<Tensor<["batch", "h-6", "w", 3]>>(around(input(["batch", "h", "w", 3])));

/** Vectors as images. */
function images<B extends Dim>(x: Tensor<[B, 784]>) {
  const y = sequential(x, reshape([x.shape[0], 28, 28, 1]));
  expectType<Tensor<[B, 28, 28, 1]>>(y);
  return y;
}
expectType<Tensor<["batch", 28, 28, 1]>>(images(input(["batch", 784])));

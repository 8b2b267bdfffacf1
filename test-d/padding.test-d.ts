import { type Dim, input, type Plus, pad, type Tensor } from "shapewright";
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

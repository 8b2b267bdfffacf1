import { nodeOf, tensorOf } from "../../../ir/node.js";
import type { Tensor } from "../../../ir/tensor.js";
import type { Dim } from "../../../types/dim.js";
import { productOf } from "../../../types/product.js";
import { add } from "../../add.js";
import { places } from "../../arange.js";
import { builder as b } from "../../builder.js";
import type { Any } from "../composite.js";
import { type CoordinatesFillMode, elementsAt, valuesAt } from "./coordinates.js";
import type { SamplingInterpolation } from "./sampled.js";

/** How far from each pixel of images that one stands which comes to its place: [batch, height, width, 1]. */
export interface Displacement {
  readonly down: Any;
  readonly across: Any;
}

/** How images are read between pixels, and outside. */
export interface Reading {
  readonly interpolation: SamplingInterpolation;
  readonly fillMode: CoordinatesFillMode;
  readonly fillValue: number;
}

/** Images of which each pixel comes from elsewhere. */
export function displaced(images: Any, { down, across }: Displacement, reading: Reading): Any {
  const node = nodeOf(images);
  const [batch, height, width, channels] = node.shape as [Dim, Dim, Dim, Dim];
  /** The numbers of an axis's places, along that axis of the images. */
  const along = (axis: number) => {
    const shape = node.shape.map((size, other) => (other === axis ? size : 1));
    return b.op("reshape", [places(node.shape[axis]!)], { shape });
  };
  const pixels = (axis: number) => tensorOf(b.op("cast", [along(axis)], { dtype: "float32" })) as Any;
  const own = (axis: number) => [{ index: tensorOf(along(axis)) as Tensor<any, "int32"> }];
  const flat = tensorOf(b.op("reshape", [node], { shape: [productOf(node.shape)] })) as Any;
  const order = reading.interpolation === "nearest" ? 0 : 1;
  const rows = elementsAt(add(pixels(1), down) as Any, order, height, reading.fillMode);
  const columns = elementsAt(add(pixels(2), across) as Any, order, width, reading.fillMode);
  return valuesAt(flat, [own(0), rows, columns, own(3)], [batch, height, width, channels], reading.fillValue);
}

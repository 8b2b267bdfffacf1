import { describe, expect, test } from "vitest";
import {
  conv2d,
  conv2dTranspose,
  depthwiseConv2d,
  globalAveragePooling2d,
  globalMaxPooling2d,
  gradients,
  input,
  resizeImages,
  square,
  sum,
  type Tensor,
  upSampling2d,
} from "../../compiler/language.js";
import { openFunction } from "../../runtime/index.js";
import { array } from "../../src/ir/array.js";
import type { Dim } from "../../src/types/dim.js";
import { testedBackends } from "../support/backends.js";

// What windows and interpolation give for named sizes, with gradients: the same as for numbers.

type Images = Tensor<any>;
type Sizes = { readonly height: Dim; readonly width: Dim };

const kernel = input([2, 3, 2, 2]);
const programs: Record<string, (x: Images, filter: Images, sizes: Sizes) => Images> = {
  "strided and padded": (x, filter) => conv2d(x, filter, { strides: 2, padding: [1, [0, 2]] }),
  transposed: (x, filter) => conv2dTranspose(x, filter, { strides: [1, 2], padding: "same" }),
  "transposed, and cut": (x, filter) => conv2dTranspose(x, filter, { strides: 2, padding: [0, 1] }),
  "channel by channel": (x, filter) => depthwiseConv2d(x, filter, { strides: 2 }),
  "pooled over everything": (x) => globalAveragePooling2d(x),
  "the largest of everything": (x) => globalMaxPooling2d(x, { keepDims: true }),
  repeated: (x) => upSampling2d(x, { size: [2, 3] }),
  "between places": (x) => upSampling2d(x, { interpolation: "bilinear" }),
  "on curves, to numbers": (x) => resizeImages(x, [5, 2], { interpolation: "bicubic" }),
  "the other way around": (x, _, { height, width }) => resizeImages(x, [width, height], { interpolation: "nearest" }),
};

const [height, width] = [3, 4];
const data = {
  x: array(
    Float32Array.from({ length: 2 * height * width * 2 }, (_, i) => ((i * 7) % 11) / 4 - 1),
    [2, height, width, 2],
  ),
  filter: array(
    Float32Array.from({ length: 24 }, (_, i) => ((i * 5) % 7) / 2 - 1),
    kernel.shape,
  ),
};

async function answers(name: string, backend: "reference" | (typeof testedBackends)[number], sizes: Sizes) {
  const f = await openFunction(
    { x: input(["batch", sizes.height, sizes.width, 2]), filter: kernel },
    ({ x, filter }) => {
      const y = programs[name]!(x, filter, sizes);
      const { x: slope } = gradients(sum(square(y)), { x });
      return { y, slope: slope as Images };
    },
    { backend },
  );
  const { y, slope } = await f(data);
  f.dispose();
  return { shape: y!.shape, y: [...y!.data], slope: [...slope!.data] };
}

describe.each(["reference" as const, ...testedBackends])("with named sizes on %s", (backend) => {
  test.each(Object.keys(programs))("%s", async (name) => {
    const wanted = await answers(name, "reference", { height, width });
    const found = await answers(name, backend, { height: "height", width: "width" });
    expect(found.shape).toEqual(wanted.shape);
    for (const part of ["y", "slope"] as const) {
      expect(found[part]).toHaveLength(wanted[part].length);
      for (const [i, value] of found[part].entries()) expect(value).toBeCloseTo(wanted[part][i] as number, 4);
    }
  });
});

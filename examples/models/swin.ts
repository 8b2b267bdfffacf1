import {
  add,
  array,
  constant,
  conv2d,
  type Dim,
  dense,
  gather,
  gelu,
  globalAveragePooling2d,
  input,
  layerNormalization,
  matmul,
  model,
  multiply,
  reshape,
  roll,
  type Shape,
  softmax,
  swapAxes,
  type Tensor,
  type Times,
  times,
  transpose,
  truncatedNormalInitializer,
  variable,
} from "shapewright";

const normal = { epsilon: 1e-5 } as const;
const exact = <const S extends Shape>(x: Tensor<S>) => gelu(x, { approximate: false });

/** How far apart two of a window's 49 places are: one of 13 · 13 ways. */
const apart = Int32Array.from({ length: 49 * 49 }, (_, i) => {
  const [a, b] = [Math.floor(i / 49), i % 49];
  return (Math.floor(a / 7) - Math.floor(b / 7) + 6) * 13 + (a % 7) - (b % 7) + 6;
});

/** Of shifted windows, those at the edges hold places of several sides of the image, which are not to see one another: -100 for these. */
function sides<R extends number>(rows: R): Tensor<[R, R, 1, 49, 49]> {
  const side = (place: number) => (place < rows * 7 - 7 ? 0 : place < rows * 7 - 3 ? 1 : 2);
  const region = (row: number, column: number, place: number) =>
    side(row * 7 + Math.floor(place / 7)) * 3 + side(column * 7 + (place % 7));
  const masked = Float32Array.from({ length: rows * rows * 49 * 49 }, (_, i) => {
    const [window, a, b] = [Math.floor(i / 49 / 49), Math.floor(i / 49) % 49, i % 49];
    const [row, column] = [Math.floor(window / rows), window % rows];
    return region(row, column, a) === region(row, column, b) ? 0 : -100;
  });
  return constant(array(masked, [rows, rows, 1, 49, 49]));
}

/** The channels in heads of 32: [batch, rows, rows, heads, 49, 32]. */
function headed<B extends Dim, R extends number, H extends number>(
  windows: Tensor<[B, R, R, 49, Times<H, 32>]>,
  heads: H,
): Tensor<[B, R, R, H, 49, 32]> {
  const [batch, rows] = windows.shape;
  const wide = dense(windows, { units: times(heads, 32) });
  const parts = reshape(wide, [batch, rows, rows, 49, heads, 32]);
  return swapAxes(parts, 3, 4);
}

/** All places of a window of 7 · 7 look at one another. */
function attend<B extends Dim, R extends number, H extends number>(
  x: Tensor<[B, Times<R, 7>, Times<R, 7>, Times<H, 32>]>,
  { rows, heads, shifted, name }: { rows: R; heads: H; shifted: boolean; name: string },
): Tensor<[B, Times<R, 7>, Times<R, 7>, Times<H, 32>]> {
  const [batch, size, , channels] = x.shape;
  const bands = reshape(x, [batch, rows, 7, size, channels]);
  const parts = transpose(reshape(bands, [batch, rows, 7, rows, 7, channels]), [0, 1, 3, 2, 4, 5]);
  const windows = reshape(parts, [batch, rows, rows, 49, channels]);
  const [query, key, value] = [headed(windows, heads), headed(windows, heads), headed(windows, heads)];
  const table = variable(`${name}/places`, [169, heads], truncatedNormalInitializer({ stddev: 0.02 }));
  const places = transpose(gather(table, constant(array(apart, [49, 49]))), [2, 0, 1]);
  const scores = add(multiply(matmul(query, key, { transposeB: true }), 32 ** -0.5), places);
  const seen = matmul(softmax(shifted ? add(scores, sides(rows)) : scores), value); // [B, R, R, H, 49, 32]
  const joined = reshape(swapAxes(seen, 3, 4), [batch, rows, rows, 49, channels]);
  const mixed = dense(joined, { units: channels });
  const ordered = transpose(reshape(mixed, [batch, rows, rows, 7, 7, channels]), [0, 1, 3, 2, 4, 5]);
  const rejoined = reshape(ordered, [batch, rows, 7, size, channels]);
  return reshape(rejoined, [batch, size, size, channels]);
}

/** Attention within windows, every second time shifted by half of one; then two dense layers for each place by itself. */
function block<B extends Dim, R extends number, H extends number>(
  x: Tensor<[B, Times<R, 7>, Times<R, 7>, Times<H, 32>]>,
  sizes: { rows: R; heads: H; shifted: boolean; name: string },
): Tensor<[B, Times<R, 7>, Times<R, 7>, Times<H, 32>]> {
  const channels = x.shape[3];
  const first = layerNormalization(x, normal);
  const seen = sizes.shifted
    ? roll(roll(attend(roll(roll(first, -3, 1), -3, 2), sizes), 3, 1), 3, 2)
    : attend(first, sizes);
  const attended = add(x, seen);
  const wide = dense(layerNormalization(attended, normal), { units: times(channels, 4), activation: exact });
  return add(attended, dense(wide, { units: channels }));
}

/** So many of them. Where there is one window, it is not shifted. */
function stage<B extends Dim, R extends number, H extends number>(
  x: Tensor<[B, Times<R, 7>, Times<R, 7>, Times<H, 32>]>,
  { rows, heads, blocks }: { rows: R; heads: H; blocks: number },
): Tensor<[B, Times<R, 7>, Times<R, 7>, Times<H, 32>]> {
  let y = x;
  for (let i = 0; i < blocks; i++) {
    y = block(y, { rows, heads, shifted: rows > 1 && i % 2 === 1, name: `stage_${heads}_block${i}` });
  }
  return y;
}

/** Four places in one, with twice as many channels. */
function merge<B extends Dim, R extends number, C extends number>(
  x: Tensor<[B, Times<R, 2>, Times<R, 2>, C]>,
  rows: R,
): Tensor<[B, R, R, Times<C, 2>]> {
  const [batch, size, , channels] = x.shape;
  const pairs = reshape(x, [batch, rows, 2, size, channels]);
  const four = transpose(reshape(pairs, [batch, rows, 2, rows, 2, channels]), [0, 1, 3, 4, 2, 5]);
  const wide = reshape(four, [batch, rows, rows, -1]);
  return dense(layerNormalization(wide, normal), { units: times(channels, 2), useBias: false });
}

/**
 * Swin-T: 28,288,354 parameters.
 * Source: Liu et al., "Swin transformer: hierarchical vision transformer using shifted windows" (2021).
 */
export const swin = model({ image: input(["batch", 224, 224, 3]) }, ({ image }) => {
  const patches = layerNormalization(conv2d(image, { filters: 96, kernelSize: 4, strides: 4 }), normal);
  const stage1 = stage(patches, { rows: 8, heads: 3, blocks: 2 }); // ["batch", 56, 56, 96]
  const stage2 = stage(merge(stage1, 28), { rows: 4, heads: 6, blocks: 2 });
  const stage3 = stage(merge(stage2, 14), { rows: 2, heads: 12, blocks: 6 });
  const stage4 = stage(merge(stage3, 7), { rows: 1, heads: 24, blocks: 2 }); // ["batch", 7, 7, 768]
  return dense(globalAveragePooling2d(layerNormalization(stage4, normal)), { units: 1000 });
});

import {
  batchNormalization,
  concat,
  conv2d,
  type Dim,
  dense,
  dropout,
  globalAveragePooling2d,
  input,
  maxPooling2d,
  model,
  relu,
  type Tensor,
} from "shapewright";

const same = { padding: "same" } as const;

function convolution<
  B extends Dim,
  H extends Dim,
  W extends Dim,
  C extends number,
  const F extends number,
  const K extends number,
>(x: Tensor<[B, H, W, C]>, filters: F, kernelSize: K) {
  return relu(batchNormalization(conv2d(x, { ...same, filters, kernelSize, useBias: false })));
}

/** How many channels each of the four ways gives, and how many there are before its windows. */
interface Ways<One, BeforeThree, Three, BeforeFive, Five, Pool> {
  readonly one: One;
  readonly three: readonly [BeforeThree, Three];
  readonly five: readonly [BeforeFive, Five];
  readonly pool: Pool;
}

/** Windows of several sizes beside one another. */
function inception<
  B extends Dim,
  H extends Dim,
  W extends Dim,
  C extends number,
  const One extends number,
  const BeforeThree extends number,
  const Three extends number,
  const BeforeFive extends number,
  const Five extends number,
  const Pool extends number,
>(x: Tensor<[B, H, W, C]>, { one, three, five, pool }: Ways<One, BeforeThree, Three, BeforeFive, Five, Pool>) {
  const place = convolution(x, one, 1);
  const near = convolution(convolution(x, three[0], 1), three[1], 3);
  // The authors' windows are of 5; those of 3 are what their later models and today's libraries have.
  const far = convolution(convolution(x, five[0], 1), five[1], 3);
  const largest = convolution(maxPooling2d(x, { ...same, poolSize: 3, strides: 1 }), pool, 1);
  return concat([place, near, far, largest], -1);
}

const halve = { ...same, poolSize: 3, strides: 2 } as const;

/**
 * GoogLeNet with batch normalisation and without the auxiliary classifiers: 6,624,904 parameters.
 * Source: Szegedy et al., "Going deeper with convolutions" (2015).
 */
export const googlenet = model({ image: input(["batch", 224, 224, 3]) }, ({ image }) => {
  const stem = conv2d(image, { ...same, filters: 64, kernelSize: 7, strides: 2, useBias: false });
  const near = convolution(maxPooling2d(relu(batchNormalization(stem)), halve), 64, 1);
  const conv3 = maxPooling2d(convolution(near, 192, 3), halve); // ["batch", 28, 28, 192]
  const a3 = inception(conv3, { one: 64, three: [96, 128], five: [16, 32], pool: 32 });
  const b3 = inception(a3, { one: 128, three: [128, 192], five: [32, 96], pool: 64 });
  const a4 = inception(maxPooling2d(b3, halve), { one: 192, three: [96, 208], five: [16, 48], pool: 64 });
  const b4 = inception(a4, { one: 160, three: [112, 224], five: [24, 64], pool: 64 });
  const c4 = inception(b4, { one: 128, three: [128, 256], five: [24, 64], pool: 64 });
  const d4 = inception(c4, { one: 112, three: [144, 288], five: [32, 64], pool: 64 });
  const e4 = inception(d4, { one: 256, three: [160, 320], five: [32, 128], pool: 128 }); // ["batch", 14, 14, 832]
  const a5 = inception(maxPooling2d(e4), { one: 256, three: [160, 320], five: [32, 128], pool: 128 });
  const b5 = inception(a5, { one: 384, three: [192, 384], five: [48, 128], pool: 128 }); // ["batch", 7, 7, 1024]
  return dense(dropout(globalAveragePooling2d(b5), 0.2), { units: 1000 });
});

import {
  adam,
  add,
  batchNormalization,
  bidirectional,
  compile,
  concat,
  conv2d,
  conv2dTranspose,
  type Dim,
  dense,
  dropout,
  embedding,
  flatten,
  gelu,
  globalAveragePooling1d,
  globalAveragePooling2d,
  gru,
  input,
  layerNormalization,
  lstm,
  type Model,
  maxPooling2d,
  model,
  multiHeadAttention,
  relu,
  relu6,
  sequential,
  sparseCategoricalCrossentropy,
  type Tensor,
  type Times,
  times,
} from "shapewright";

const linear = { padding: "same", useBias: false } as const;

function mlp<U extends number>(units: U) {
  return model({ x: input(["batch", 784]) }, ({ x }) => dense(dense(x, { units, activation: relu }), { units: 10 }));
}

/** All places look at one another; then two dense layers for each place by itself. */
function encoderBlock<B extends Dim, T extends Dim, C extends number>(x: Tensor<[B, T, C]>): Tensor<[B, T, C]> {
  const channels = x.shape[2];
  const seen = layerNormalization(add(x, multiHeadAttention(x, { numHeads: 4, keyDim: 32 })));
  const wide = dense(seen, { units: times(channels, 4), activation: gelu });
  return layerNormalization(add(seen, dense(wide, { units: channels })));
}

type Image<B extends Dim, H extends Dim, W extends Dim, C extends number> = Tensor<[B, H, W, C]>;

function basic<B extends Dim, H extends Dim, W extends Dim, C extends number>(x: Image<B, H, W, C>): Image<B, H, W, C> {
  const filters = x.shape[3];
  const first = relu(batchNormalization(conv2d(x, { ...linear, filters, kernelSize: 3 })));
  return relu(add(x, batchNormalization(conv2d(first, { ...linear, filters, kernelSize: 3 }))));
}

function halve<B extends Dim, H extends Dim, W extends Dim, C extends number, const F extends number>(
  x: Image<B, H, W, C>,
  filters: F,
) {
  const around = batchNormalization(conv2d(x, { ...linear, filters, kernelSize: 1, strides: 2 }));
  const first = relu(batchNormalization(conv2d(x, { ...linear, filters, kernelSize: 3, strides: 2 })));
  return relu(add(around, batchNormalization(conv2d(first, { ...linear, filters, kernelSize: 3 }))));
}

/** Few channels between two convolutions of one place each. */
function within<
  B extends Dim,
  H extends Dim,
  W extends Dim,
  C extends number,
  const F extends number,
  const S extends number,
>(x: Image<B, H, W, C>, filters: F, strides: S) {
  const narrow = relu(batchNormalization(conv2d(x, { ...linear, filters, kernelSize: 1 })));
  const moved = relu(batchNormalization(conv2d(narrow, { ...linear, filters, kernelSize: 3, strides })));
  return batchNormalization(conv2d(moved, { ...linear, filters: times(filters, 4), kernelSize: 1 }));
}

function bottleneckStage<
  B extends Dim,
  H extends Dim,
  W extends Dim,
  C extends number,
  const F extends number,
  const S extends number,
>(x: Image<B, H, W, C>, filters: F, blocks: number, strides: S) {
  const around = batchNormalization(conv2d(x, { ...linear, filters: times(filters, 4), kernelSize: 1, strides }));
  let y = relu(add(around, within(x, filters, strides)));
  for (let block = 1; block < blocks; block++) y = relu(add(y, within(y, filters, 1)));
  return y;
}

function double<B extends Dim, H extends Dim, W extends Dim, C extends number, const F extends number>(
  x: Image<B, H, W, C>,
  filters: F,
): Image<B, H, W, F> {
  const first = relu(batchNormalization(conv2d(x, { ...linear, filters, kernelSize: 3 })));
  return relu(batchNormalization(conv2d(first, { ...linear, filters, kernelSize: 3 })));
}

function up<B extends Dim, H extends Dim, W extends Dim, C extends number, const F extends number>(
  x: Image<B, H, W, C>,
  skip: Tensor<[NoInfer<B>, Times<H, 2>, Times<W, 2>, F]>,
): Tensor<[B, Times<H, 2>, Times<W, 2>, F]> {
  const filters = skip.shape[3];
  return double(concat([skip, conv2dTranspose(x, { filters, kernelSize: 2, strides: 2 })], -1), filters);
}

function inverted<
  B extends Dim,
  H extends Dim,
  W extends Dim,
  C extends number,
  const F extends number,
  const S extends number,
>(x: Image<B, H, W, C>, filters: F, strides: S) {
  const channels = times(x.shape[3], 6);
  const wide = relu6(batchNormalization(conv2d(x, { ...linear, filters: channels, kernelSize: 1 })));
  const each = conv2d(wide, { ...linear, filters: channels, kernelSize: 3, strides, groups: channels });
  return batchNormalization(conv2d(relu6(batchNormalization(each)), { ...linear, filters, kernelSize: 1 }));
}

function invertedStage<
  B extends Dim,
  H extends Dim,
  W extends Dim,
  C extends number,
  const F extends number,
  const S extends number,
>(x: Image<B, H, W, C>, filters: F, blocks: number, strides: S) {
  let y = inverted(x, filters, strides);
  for (let block = 1; block < blocks; block++) y = add(y, inverted(y, filters, 1));
  return y;
}

const models: Readonly<Record<string, () => Model<any, any>>> = {
  mlp128x512: () => mlp(512),
  mlp32x64: () => mlp(64),
  convnet: () =>
    model({ x: input(["batch", 28, 28, 1]) }, ({ x }) =>
      sequential(
        x,
        conv2d({ filters: 32, kernelSize: 3, activation: relu }),
        maxPooling2d(),
        conv2d({ filters: 64, kernelSize: 3, activation: relu }),
        maxPooling2d(),
        flatten(),
        dropout(0.5),
        dense({ units: 10 }),
      ),
    ),
  lstm: () => model({ x: input(["batch", 100, 32]) }, ({ x }) => dense(lstm(x, { units: 128 }), { units: 10 })),
  encoder: () =>
    model({ x: input(["batch", 100], "int32") }, ({ x }) => {
      const embedded = embedding(x, { inputDim: 1000, outputDim: 128 });
      const seen = encoderBlock(encoderBlock(encoderBlock(encoderBlock(embedded))));
      return dense(globalAveragePooling1d(seen), { units: 10 });
    }),
  embedding: () =>
    model({ x: input(["batch", 100], "int32") }, ({ x }) =>
      dense(globalAveragePooling1d(embedding(x, { inputDim: 20_000, outputDim: 64 })), { units: 2 }),
    ),
  resnet18: () =>
    model({ x: input(["batch", 32, 32, 3]) }, ({ x }) => {
      const stem = relu(batchNormalization(conv2d(x, { ...linear, filters: 64, kernelSize: 7, strides: 2 })));
      const second = basic(basic(maxPooling2d(stem, { poolSize: 3, strides: 2, padding: "same" })));
      const fourth = basic(halve(basic(halve(second, 128)), 256));
      return dense(globalAveragePooling2d(basic(halve(fourth, 512))), { units: 10 });
    }),
  resnet50: () =>
    model({ x: input(["batch", 64, 64, 3]) }, ({ x }) => {
      const stem = relu(batchNormalization(conv2d(x, { ...linear, filters: 64, kernelSize: 7, strides: 2 })));
      const second = bottleneckStage(maxPooling2d(stem, { poolSize: 3, strides: 2, padding: "same" }), 64, 3, 1);
      const fourth = bottleneckStage(bottleneckStage(second, 128, 4, 2), 256, 6, 2);
      return dense(globalAveragePooling2d(bottleneckStage(fourth, 512, 3, 2)), { units: 10 });
    }),
  tagger: () =>
    model({ x: input(["batch", 50], "int32") }, ({ x }) =>
      sequential(
        x,
        embedding({ inputDim: 20_000, outputDim: 128 }),
        bidirectional(gru({ units: 128, returnSequences: true })),
        dropout(0.3),
        bidirectional(gru({ units: 64, returnSequences: true })),
        dense({ units: 17 }),
      ),
    ),
  unet: () =>
    model({ x: input(["batch", 64, 64, 3]) }, ({ x }) => {
      const full = double(x, 32);
      const half = double(maxPooling2d(full), 64);
      const quarter = double(maxPooling2d(half), 128);
      const eighth = double(maxPooling2d(quarter), 256);
      const lowest = double(maxPooling2d(eighth), 512);
      return conv2d(up(up(up(up(lowest, eighth), quarter), half), full), { filters: 2, kernelSize: 1 });
    }),
  mobilenetV2: () =>
    model({ x: input(["batch", 96, 96, 3]) }, ({ x }) => {
      const stem = relu6(batchNormalization(conv2d(x, { ...linear, filters: 32, kernelSize: 3, strides: 2 })));
      const each = relu6(batchNormalization(conv2d(stem, { ...linear, filters: 32, kernelSize: 3, groups: 32 })));
      const first = batchNormalization(conv2d(each, { ...linear, filters: 16, kernelSize: 1 }));
      const third = invertedStage(invertedStage(first, 24, 2, 2), 32, 3, 2);
      const fifth = invertedStage(invertedStage(third, 64, 4, 2), 96, 3, 1);
      const last = inverted(invertedStage(fifth, 160, 3, 2), 320, 1);
      const head = relu6(batchNormalization(conv2d(last, { filters: 1280, kernelSize: 1, useBias: false })));
      return dense(dropout(globalAveragePooling2d(head), 0.2), { units: 10 });
    }),
};

/** The workload's program, of whose types the benchmark needs nothing. */
export function programOf(workload: string) {
  const loss = sparseCategoricalCrossentropy({ fromLogits: true });
  return compile(models[workload]!() as Model<{ x: Tensor<["batch", 784]> }, Tensor<["batch", 10]>>, {
    optimizer: adam(),
    loss,
  });
}

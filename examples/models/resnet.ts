import { add, conv2d, type Dim, dense, input, maxPooling2d, mean, model, over, relu, type Tensor } from "shapewright";

/** Three convolutions that narrow, look around and widen again, beside the way around them. */
function bottleneck<B extends Dim, H extends Dim, W extends Dim, C extends number>(
  x: Tensor<[B, H, W, C]>,
  name: string,
): Tensor<[B, H, W, C]> {
  const channels = x.shape[3];
  const few = over(channels, 4);
  const narrow = conv2d(x, { filters: few, kernelSize: 1, activation: relu, name: `${name}_1` });
  const around = conv2d(narrow, { ...same, filters: few, kernelSize: 3, activation: relu, name: `${name}_2` });
  return relu(add(x, conv2d(around, { filters: channels, kernelSize: 1, name: `${name}_3` })));
}

/** The same, to other channels, and to every `strides`-th row and column: the way around is a convolution too. */
function projection<B extends Dim, H extends Dim, W extends Dim, C extends number, F extends number, S extends number>(
  x: Tensor<[B, H, W, C]>,
  channels: F,
  strides: S,
  name: string,
) {
  const shortcut = conv2d(x, { ...same, filters: channels, kernelSize: 1, strides, name: `${name}_0` });
  const few = over(channels, 4);
  const narrow = conv2d(x, { ...same, filters: few, kernelSize: 1, strides, activation: relu, name: `${name}_1` });
  const around = conv2d(narrow, { ...same, filters: few, kernelSize: 3, activation: relu, name: `${name}_2` });
  return relu(add(shortcut, conv2d(around, { ...same, filters: channels, kernelSize: 1, name: `${name}_3` })));
}

const same = { padding: "same" } as const;

/** A projection and `blocks` - 1 bottlenecks. */
function stage<B extends Dim, H extends Dim, W extends Dim, C extends number, F extends number, S extends number>(
  x: Tensor<[B, H, W, C]>,
  { name, blocks, channels, strides }: { name: string; blocks: number; channels: F; strides: S },
) {
  let y = projection(x, channels, strides, `${name}_block1`);
  for (let block = 2; block <= blocks; block++) y = bottleneck(y, `${name}_block${block}`);
  return y;
}

/**
 * A residual network with so many blocks in its four stages: 2 + 3 · Σ blocks layers with weights, projections aside. As
 * Keras has it, but without batch normalisations.
 * Source: He et al., "Deep residual learning for image recognition" (2015).
 */
export function resnet(blocks: readonly [number, number, number, number]) {
  return model({ image: input(["batch", 224, 224, 3]) }, ({ image }) => {
    const stem = conv2d(image, { ...same, filters: 64, kernelSize: 7, strides: 2, activation: relu, name: "conv1" });
    const pooled = maxPooling2d(stem, { poolSize: 3, strides: 2, padding: "same" }); // ["batch", 56, 56, 64]
    const conv2 = stage(pooled, { name: "conv2", blocks: blocks[0], channels: 256, strides: 1 });
    const conv3 = stage(conv2, { name: "conv3", blocks: blocks[1], channels: 512, strides: 2 });
    const conv4 = stage(conv3, { name: "conv4", blocks: blocks[2], channels: 1024, strides: 2 });
    const conv5 = stage(conv4, { name: "conv5", blocks: blocks[3], channels: 2048, strides: 2 }); // ["batch", 7, 7, 2048]
    return dense(mean(conv5, { axis: [1, 2] }), { units: 1000, name: "predictions" }); // ["batch", 1000]
  });
}

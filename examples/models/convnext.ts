import {
  add,
  constantInitializer,
  conv2d,
  type Dim,
  dense,
  gelu,
  globalAveragePooling2d,
  input,
  layerNormalization,
  model,
  multiply,
  type Tensor,
  times,
  variable,
} from "shapewright";

/** A wide window for each channel, and a dense layer four times as wide, beside the way around them. */
function residual<B extends Dim, H extends Dim, W extends Dim, C extends number>(
  x: Tensor<[B, H, W, C]>,
  name: string,
): Tensor<[B, H, W, C]> {
  const channels = x.shape[3];
  const each = conv2d(x, { filters: channels, kernelSize: 7, padding: "same", groups: channels });
  const wide = dense(layerNormalization(each, { epsilon: 1e-6 }), { units: times(channels, 4), activation: gelu });
  const scale = variable(`${name}/scale`, [channels], constantInitializer(1e-6));
  return add(x, multiply(dense(wide, { units: channels }), scale));
}

/** `blocks` of them. */
function stage<B extends Dim, H extends Dim, W extends Dim, C extends number>(
  x: Tensor<[B, H, W, C]>,
  name: string,
  blocks: number,
): Tensor<[B, H, W, C]> {
  let y = x;
  for (let block = 1; block <= blocks; block++) y = residual(y, `${name}_block${block}`);
  return y;
}

/** So many channels, at half the height and width. */
function halve<B extends Dim, H extends Dim, W extends Dim, C extends number, const F extends number>(
  x: Tensor<[B, H, W, C]>,
  filters: F,
) {
  return conv2d(layerNormalization(x, { epsilon: 1e-6 }), { filters, kernelSize: 2, strides: 2 });
}

/**
 * ConvNeXt-T: 28,589,128 parameters.
 * Source: Liu et al., "A ConvNet for the 2020s" (2022).
 */
export const convnext = model({ image: input(["batch", 224, 224, 3]) }, ({ image }) => {
  const stem = layerNormalization(conv2d(image, { filters: 96, kernelSize: 4, strides: 4 }), { epsilon: 1e-6 });
  const stage1 = stage(stem, "stage1", 3); // ["batch", 56, 56, 96]
  const stage2 = stage(halve(stage1, 192), "stage2", 3);
  const stage3 = stage(halve(stage2, 384), "stage3", 9);
  const stage4 = stage(halve(stage3, 768), "stage4", 3); // ["batch", 7, 7, 768]
  return dense(layerNormalization(globalAveragePooling2d(stage4), { epsilon: 1e-6 }), { units: 1000 });
});

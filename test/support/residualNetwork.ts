import { add, conv2d, dense, input, maxPooling2d, mean, model, relu, type Tensor } from "../../compiler/language.js";

/** The blocks of each stage of ResNet-50. */
export const resNet50 = [3, 4, 6, 3] as const;

type Images = Tensor<["batch", number, number, number]>;

/**
 * A residual network of bottleneck blocks, ResNet-50's topology (He et al., "Deep residual learning for image recognition",
 * 2016) without its batch normalisation.
 *
 * @param blocks how many blocks each stage has
 */
export function residualNetwork(blocks: readonly number[]) {
  return model({ image: input(["batch", 224, 224, 3]) }, ({ image }) => {
    let x = conv2d(image, { filters: 64, kernelSize: 7, strides: 2, padding: "same", activation: relu }) as Images;
    x = maxPooling2d(x, { poolSize: 3, strides: 2, padding: "same" }) as Images;
    for (const [stage, count] of blocks.entries()) {
      for (let i = 0; i < count; i++) x = bottleneck(x, 64 * 2 ** stage, i === 0, i === 0 && stage > 0 ? 2 : 1);
    }
    return dense(mean(x, { axis: [1, 2] }) as Tensor<["batch", number]>, { units: 1000 });
  });
}

function bottleneck(x: Images, filters: number, widens: boolean, strides: number): Images {
  const padding = "same";
  const around = widens ? conv2d(x, { filters: 4 * filters, kernelSize: 1, strides, padding }) : x;
  const narrow = conv2d(x, { filters, kernelSize: 1, strides, padding, activation: relu });
  const seen = conv2d(narrow as Images, { filters, kernelSize: 3, padding, activation: relu });
  const wide = conv2d(seen as Images, { filters: 4 * filters, kernelSize: 1, padding });
  return relu(add(around as Images, wide as Images) as Images);
}

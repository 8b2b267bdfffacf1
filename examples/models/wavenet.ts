import { add, conv1d, type Dim, input, model, multiply, oneHot, relu, sigmoid, type Tensor, tanh } from "shapewright";

/** What a layer hands on to the next one, and what it gives away to the output. */
function gated<B extends Dim, T extends Dim>(x: Tensor<[B, T, 32]>, dilationRate: number) {
  const window = { filters: 32, kernelSize: 2, padding: "causal", dilationRate } as const;
  const both = multiply(conv1d(x, { ...window, activation: tanh }), conv1d(x, { ...window, activation: sigmoid }));
  return {
    next: add(x, conv1d(both, { filters: 32, kernelSize: 1 })),
    skip: conv1d(both, { filters: 1024, kernelSize: 1 }),
  };
}

/**
 * WaveNet, of three times ten layers, from the samples of a sound to scores of the next ones: 1,833,536 parameters. (Its code in PyTorch by
 * V. Herrmann has 1,056 more, in the convolution by which the last layer would hand on.)
 * Source: van den Oord et al., "WaveNet: a generative model for raw audio" (2016).
 */
export const wavenet = model({ samples: input(["batch", "time"], "int32") }, ({ samples }) => {
  let { next, skip } = gated(conv1d(oneHot(samples, 256), { filters: 32, kernelSize: 1 }), 1);
  for (let layer = 1; layer < 30; layer++) {
    const made = gated(next, 2 ** (layer % 10)); // ["batch", "time", 32] and ["batch", "time", 1024]
    next = made.next;
    skip = add(skip, made.skip);
  }
  const last = conv1d(relu(skip), { filters: 512, kernelSize: 1, activation: relu });
  return conv1d(last, { filters: 256, kernelSize: 1 }); // ["batch", "time", 256]
});

import {
  accuracy,
  adam,
  compile,
  conv2d,
  dense,
  dropout,
  flatten,
  input,
  maxPooling2d,
  model,
  relu,
  rmsprop,
  sequential,
  sgd,
  sparseCategoricalCrossentropy,
} from "../../compiler/language.js";

const classification = { loss: sparseCategoricalCrossentropy({ fromLogits: true }), metrics: [accuracy()] } as const;

/** The MNIST example's program. */
export const mnistProgram = () =>
  compile(
    model({ image: input(["batch", 784]) }, ({ image }) =>
      dense(dense(image, { units: 512, activation: relu }), { units: 10 }),
    ),
    { optimizer: rmsprop({ learningRate: 1e-3 }), ...classification },
  );

/** The convnet example's program. */
export const convnetProgram = () =>
  compile(
    model({ image: input(["batch", 28, 28, 1]) }, ({ image }) =>
      sequential(
        image,
        conv2d({ filters: 32, kernelSize: 3, activation: relu }),
        maxPooling2d({ poolSize: 2 }),
        conv2d({ filters: 64, kernelSize: 3, activation: relu }),
        maxPooling2d({ poolSize: 2 }),
        flatten(),
        dropout(0.5),
        dense({ units: 10 }),
      ),
    ),
    { optimizer: adam(), ...classification },
  );

/** A deeper perceptron, which computes values of its forward pass again to fit a memory budget at a batch of 64. */
export const recomputingProgram = () =>
  compile(
    model({ image: input(["batch", 784]) }, ({ image }) => {
      let h = dense(image, { units: 32, activation: relu });
      for (let i = 0; i < 5; i++) h = dropout(dense(h, { units: 32, activation: relu }), 0.1);
      return dense(h, { units: 10 });
    }),
    { optimizer: sgd({ learningRate: 0.01 }), ...classification, memory: { budget: 760e3, dims: { batch: 64 } } },
  );

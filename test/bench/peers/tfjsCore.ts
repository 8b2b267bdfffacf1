import type { Tensor, Variable } from "@tensorflow/tfjs-core";
import type { Contestant } from "./contestants.js";
import { loadTfjs, type TfjsNode, tfjsData } from "./tfjs.js";
import type { Workload } from "./workload.js";

/** A model as who writes for tfjs-core alone has it: its variables, and a function of them. */
interface Written {
  readonly variables: readonly Variable[];
  readonly of: (x: Tensor) => Tensor;
}

function mlp(tf: TfjsNode, units: number): Written {
  const [w1, b1, w2, b2] = [weight(tf, [784, units]), bias(tf, units), weight(tf, [units, 10]), bias(tf, 10)];
  const of = (x: Tensor) => tf.add(tf.matMul(tf.relu(tf.add(tf.matMul(x as never, w1 as never), b1)), w2 as never), b2);
  return { variables: [w1, b1, w2, b2], of };
}

function weight(tf: TfjsNode, shape: number[]): Variable {
  return tf.variable(tf.randomNormal(shape, 0, 0.05));
}

function bias(tf: TfjsNode, size: number): Variable {
  return tf.variable(tf.zeros([size]));
}

const models: Readonly<Record<string, (tf: TfjsNode) => Written>> = {
  mlp128x512: (tf) => mlp(tf, 512),
  mlp32x64: (tf) => mlp(tf, 64),
  convnet: (tf) => {
    const [k1, b1, k2, b2] = [weight(tf, [3, 3, 1, 32]), bias(tf, 32), weight(tf, [3, 3, 32, 64]), bias(tf, 64)];
    const [w, b] = [weight(tf, [1600, 10]), bias(tf, 10)];
    const convolve = (x: Tensor, kernel: Variable, by: Variable) =>
      tf.maxPool(tf.relu(tf.add(tf.conv2d(x as never, kernel as never, 1, "valid"), by)) as never, 2, 2, "valid");
    const of = (x: Tensor) => {
      const flat = tf.reshape(convolve(convolve(x, k1, b1), k2, b2), [-1, 1600]);
      return tf.add(tf.matMul(tf.dropout(flat, 0.5) as never, w as never), b);
    };
    return { variables: [k1, b1, k2, b2, w, b], of };
  },
};

/** A loop over `optimizer.minimize`, on batches that TensorFlow holds already. */
export async function tfjsCore(name: string, workload: Workload): Promise<Contestant> {
  const build = models[name];
  if (!build) throw new Error("without: written for tfjs-core are the MLPs and the convnet");
  const tf = loadTfjs();
  const { variables, of } = build(tf);
  const { x, y } = tfjsData(tf, workload);
  const [xs, ys] = [tf.split(x, workload.steps), tf.split(y, workload.steps)];
  const optimizer = tf.train.adam(1e-3, 0.9, 0.999, 1e-7);
  const step = (i: number) =>
    optimizer.minimize(() => tf.losses.softmaxCrossEntropy(ys[i]!, of(xs[i]!)), false, [...variables]);
  return {
    parameters: variables.reduce((sum, { size }) => sum + size, 0),
    train: async (epochs) => {
      for (let epoch = 0; epoch < epochs; epoch++) for (let i = 0; i < workload.steps; i++) step(i);
    },
  };
}

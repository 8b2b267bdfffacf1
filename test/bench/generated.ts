import type { Optimizer as TfjsOptimizer } from "@tensorflow/tfjs-core";
import * as core from "@tensorflow/tfjs-core";
import {
  accuracy,
  adam,
  compile,
  dense,
  input,
  model,
  type Optimizer,
  relu,
  rmsprop,
  sgd,
  sparseCategoricalCrossentropy,
} from "shapewright";
import { emitTraining } from "../../compiler/emit/typescript/emitTraining.js";
import { loadMnist } from "../../examples/data/mnist.js";
import { loadTfjsNode } from "../../runtime/native/index.js";
import { importGenerated, type TrainingModule } from "../support/generated.js";
import { alternate, median, seconds } from "./measure.js";
import type { BenchOptions } from "./options.js";
import type { TfjsNode } from "./versus.js";

/** One optimizer, ours and tfjs's, with the same settings. */
interface Pair {
  readonly ours: Optimizer;
  readonly theirs: (tf: TfjsNode) => TfjsOptimizer;
}

const pairs = {
  rmsprop: {
    ours: rmsprop({ learningRate: 1e-3, rho: 0.9, momentum: 0, epsilon: 1e-7 }),
    theirs: (tf) => tf.train.rmsprop(1e-3, 0.9, 0, 1e-7),
  },
  adam: {
    ours: adam({ learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 }),
    theirs: (tf) => tf.train.adam(1e-3, 0.9, 0.999, 1e-7),
  },
  sgd: { ours: sgd({ learningRate: 0.01 }), theirs: (tf) => tf.train.sgd(0.01) },
} satisfies Record<string, Pair>;

/** Steps per second of both, and how many times as fast we are. */
interface Speeds {
  readonly generated: number;
  readonly tfjsLayers: number;
  readonly ratio: number;
}

/** The main example's speeds, and those of the same network with other optimizers. */
export interface GeneratedResult extends Speeds {
  readonly optimizers: Readonly<Record<keyof typeof pairs, Speeds>>;
}

/**
 * Times the generated module's `trainStep` against tfjs-layers' `trainOnBatch`, on tfjs-node: both op by op, on the same
 * batches, which TensorFlow holds already, with the loss read after every step. tfjs-layers is in its best form, as
 * `versus.ts` has it.
 */
export async function generated(options: BenchOptions): Promise<GeneratedResult> {
  if (options.threads !== undefined) process.env.TF_NUM_INTRAOP_THREADS = String(options.threads);
  const native = loadTfjsNode();
  if (!("tf" in native)) throw new Error(`There is nothing to measure on: ${native.problem}. ${native.mend}`);
  await core.setBackend("tensorflow");
  const tf = native.tf as TfjsNode;
  const { hidden, batch } = options;
  console.log(`MNIST, 784-${hidden}-10, batch ${batch}, accuracy reported by ${options.accuracy ? "both" : "neither"}`);

  const batches = batchesOf(tf, batch);
  const speeds: Partial<Record<keyof typeof pairs, Speeds>> = {};
  for (const name of Object.keys(pairs) as (keyof typeof pairs)[]) {
    speeds[name] = await race(name, pairs[name], tf, batches, options);
  }
  const optimizers = speeds as Record<keyof typeof pairs, Speeds>;
  return { ...optimizers.rmsprop, optimizers };
}

/** How often each has its turn in what counts as a run: 50 steps a turn. */
const turns = 6;

type Batch = { images: core.Tensor; labels: core.Tensor; oneHot: core.Tensor };

function batchesOf(tf: TfjsNode, size: number): Batch[] {
  const { train } = loadMnist({ limit: 50 * size });
  return Array.from({ length: Math.floor(train.labels.length / size) }, (_, i) => {
    const images = tf.tensor(train.images.data.slice(i * size * 784, (i + 1) * size * 784), [size, 784]);
    const labels = tf.tensor1d(train.labels.slice(i * size, (i + 1) * size), "int32");
    return { images, labels, oneHot: tf.cast(tf.oneHot(labels, 10), "float32") };
  });
}

async function race(name: string, pair: Pair, tf: TfjsNode, batches: Batch[], options: BenchOptions): Promise<Speeds> {
  const { hidden: units, runs } = options;
  const program = compile(
    model({ image: input(["batch", 784]) }, ({ image }) =>
      dense(dense(image, { units, activation: relu }), { units: 10 }),
    ),
    {
      optimizer: pair.ours,
      loss: sparseCategoricalCrossentropy({ fromLogits: true }),
      metrics: options.accuracy ? [accuracy()] : [],
    },
  );
  const text = emitTraining(program, { name: "program", source: "test/bench/generated.ts" });
  const { createState, trainStep } = await importGenerated<TrainingModule>(text);
  const state = createState();

  const { layers, sequential } = tf;
  const kernelInitializer = "glorotUniform";
  const theirs = sequential({
    layers: [
      layers.dense({ units, activation: "relu", inputShape: [784], kernelInitializer }),
      layers.dense({ units: 10, kernelInitializer }),
    ],
  });
  theirs.compile({
    optimizer: pair.theirs(tf),
    loss: (labels, logits) => tf.losses.softmaxCrossEntropy(labels, logits),
    metrics: options.accuracy ? ["accuracy"] : [],
  });

  const perSecond = async (epoch: () => Promise<void>) => batches.length / (await seconds(epoch));
  const epochs = {
    generated: async () => {
      for (const { images, labels } of batches) trainStep(state, images, labels);
    },
    tfjsLayers: async () => {
      for (const { images, oneHot } of batches) await theirs.trainOnBatch(images, oneHot);
    },
  };
  await epochs.generated();
  await epochs.tfjsLayers();
  // Short turns: whatever else the machine does then falls on both.
  const { generated, tfjsLayers } = await alternate(
    { generated: () => perSecond(epochs.generated), tfjsLayers: () => perSecond(epochs.tfjsLayers) },
    turns * runs,
  );
  const ratio = median(generated) / median(tfjsLayers);
  console.log(
    `${name}: generated ${median(generated).toFixed(1)}, tfjs-layers ${median(tfjsLayers).toFixed(1)} steps/s: ratio ${ratio.toFixed(2)}`,
  );
  for (const one of Object.values(state)) one.dispose();
  return { generated: median(generated), tfjsLayers: median(tfjsLayers), ratio };
}

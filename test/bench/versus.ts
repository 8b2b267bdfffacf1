import type { Optimizer as TfjsOptimizer } from "@tensorflow/tfjs-core";
import type * as layers from "@tensorflow/tfjs-layers";
import { accuracy, compile, type Model, type Optimizer, sparseCategoricalCrossentropy, type Tensor } from "shapewright";
import { open } from "shapewright/runtime";
import { loadMnist } from "../../examples/data/mnist.js";
import { loadTfjsNode, type Tfjs } from "../../runtime/native/index.js";
import { alternate, median, seconds } from "./measure.js";
import type { BenchOptions } from "./options.js";

/** tfjs-node, with tfjs-layers in it: both train in one process on one native TensorFlow. */
export type TfjsNode = Tfjs & typeof layers;

/** One model, written for both. */
export interface Versus {
  readonly imageShape: [784] | [28, 28, 1];
  /** How many images an epoch takes. */
  readonly samples: number;
  readonly model: Model<any, any>;
  readonly optimizer: Optimizer;
  readonly tfjsModel: (tf: TfjsNode) => layers.Sequential;
  readonly tfjsOptimizer: (tf: TfjsNode) => TfjsOptimizer;
}

/** Steps per second of both, and how many times as fast we are. */
export interface VersusResult {
  readonly shapewright: number;
  readonly tfjsLayers: number;
  readonly ratio: number;
}

/**
 * Times `session.fit` against tfjs-layers' `model.fit`: whole calls, everything in them, on the same images with the
 * same optimizer and the same loss on logits. Neither reports accuracy, unless `--accuracy` says that both do.
 *
 * tfjs-layers is given its best form. Its data are tensors that TensorFlow holds already, where ours are arrays on the
 * host, checked and uploaded in every call; its labels are one-hot beforehand; its loss is tfjs's own softmaxCrossEntropy
 * on logits (a softmax layer with "categoricalCrossentropy" was 5 to 12 % slower, losses written by hand no faster); and
 * it never pauses to let the event loop run (`yieldEvery: "never"`).
 */
export async function versus(bench: Versus, options: BenchOptions): Promise<VersusResult> {
  const { train } = loadMnist({ imageShape: bench.imageShape as [784], limit: bench.samples });
  const { batch, threads } = options;
  const steps = Math.ceil(bench.samples / batch);

  const program = compile(bench.model as Model<{ image: Tensor<["batch", 784]> }, Tensor<["batch", 10]>>, {
    optimizer: bench.optimizer,
    loss: sparseCategoricalCrossentropy({ fromLogits: true }),
    metrics: options.accuracy ? [accuracy()] : [],
  });
  // First of all: TensorFlow takes the number of threads when it is loaded, once for both.
  const session = await open(program, { backend: "tensorflow", ...(threads && { threads }) });

  const native = loadTfjsNode();
  if (!("tf" in native)) throw new Error(`There is nothing to compare with: ${native.problem}. ${native.mend}`);
  const tf = native.tf as TfjsNode;
  const tfjsModel = bench.tfjsModel(tf);
  tfjsModel.compile({
    optimizer: bench.tfjsOptimizer(tf),
    loss: (labels, logits) => tf.losses.softmaxCrossEntropy(labels, logits),
    metrics: options.accuracy ? ["accuracy"] : [],
  });
  const images = tf.tensor(train.images.data, train.images.shape);
  const labels = tf.cast(tf.oneHot(tf.tensor1d(train.labels, "int32"), 10), "float32");

  const fits = {
    shapewright: (epochs: number) =>
      session.fit({ image: train.images }, train.labels, { epochs, batchSize: batch, verbose: "silent" }),
    tfjsLayers: (epochs: number) =>
      tfjsModel.fit(images, labels, { epochs, batchSize: batch, verbose: 0, yieldEvery: "never" }),
  };
  const contestants = {
    shapewright: await longEnough(fits.shapewright, steps),
    tfjsLayers: await longEnough(fits.tfjsLayers, steps),
  };
  const { shapewright, tfjsLayers } = await alternate(contestants, options.runs);
  console.log(`Batch ${batch}, ${steps} steps an epoch, accuracy reported by ${options.accuracy ? "both" : "neither"}`);
  print("shapewright", shapewright);
  print("tfjs-layers", tfjsLayers);
  const ratio = median(shapewright) / median(tfjsLayers);
  console.log(`ratio       ${ratio.toFixed(2)}`);
  session.dispose();
  return { shapewright: median(shapewright), tfjsLayers: median(tfjsLayers), ratio };
}

/**
 * Warms `fit` up, and makes of it something to time: a call with as many epochs as take two seconds. Returns steps per
 * second.
 */
async function longEnough(fit: (epochs: number) => Promise<unknown>, steps: number): Promise<() => Promise<number>> {
  await fit(1);
  const epochs = Math.ceil(2 / (await seconds(() => fit(1))));
  return async () => (steps * epochs) / (await seconds(() => fit(epochs)));
}

function print(name: string, stepsPerSecond: readonly number[]): void {
  const runs = stepsPerSecond.map((value) => value.toFixed(1)).join(", ");
  console.log(`${name} ${median(stepsPerSecond).toFixed(1)} steps/s (${runs})`);
}

import type { Tensor } from "@tensorflow/tfjs-core";
import type { layers, SymbolicTensor } from "@tensorflow/tfjs-layers";
import type { Contestant } from "./contestants.js";
import { loadTfjs, type TfjsNode, tfjsData } from "./tfjs.js";
import { dataOf, type Workload } from "./workload.js";

type Layers = typeof layers;

function mlp(layers: Layers, x: SymbolicTensor, units: number): SymbolicTensor {
  return on(x, [layers.dense({ units, activation: "relu" }), layers.dense({ units: 10 })]);
}

/** What layers make of it, one after another. */
function on(x: SymbolicTensor, through: readonly { apply(x: SymbolicTensor): unknown }[]): SymbolicTensor {
  return through.reduce((value, layer) => layer.apply(value) as SymbolicTensor, x);
}

/** Models whose layers tfjs-layers has: of attention it has none, and a convolution of groups it cannot train. */
const models: Readonly<Record<string, (layers: Layers, x: SymbolicTensor) => SymbolicTensor>> = {
  mlp128x512: (layers, x) => mlp(layers, x, 512),
  mlp32x64: (layers, x) => mlp(layers, x, 64),
  convnet: (layers, x) =>
    on(x, [
      layers.conv2d({ filters: 32, kernelSize: 3, activation: "relu" }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.conv2d({ filters: 64, kernelSize: 3, activation: "relu" }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.flatten(),
      layers.dropout({ rate: 0.5 }),
      layers.dense({ units: 10 }),
    ]),
  lstm: (layers, x) =>
    on(x, [
      layers.lstm({ units: 128, recurrentActivation: "sigmoid", recurrentInitializer: "glorotUniform" }),
      layers.dense({ units: 10 }),
    ]),
  embedding: (layers, x) =>
    on(x, [
      layers.embedding({ inputDim: 20_000, outputDim: 64 }),
      layers.globalAveragePooling1d(),
      layers.dense({ units: 2 }),
    ]),
  tagger: (layers, x) => {
    const gru = (units: number) =>
      layers.bidirectional({
        layer: layers.gru({
          units,
          returnSequences: true,
          recurrentActivation: "sigmoid",
          recurrentInitializer: "glorotUniform",
        }) as never,
        mergeMode: "concat",
      });
    return on(x, [
      layers.embedding({ inputDim: 20_000, outputDim: 128 }),
      gru(128),
      layers.dropout({ rate: 0.3 }),
      gru(64),
      layers.dense({ units: 17 }),
    ]);
  },
  resnet18: (layers, x) => {
    const convolve = (y: SymbolicTensor, filters: number, kernelSize: number, strides = 1) =>
      on(y, [
        layers.conv2d({ filters, kernelSize, strides, padding: "same", useBias: false }),
        layers.batchNormalization(),
      ]);
    const relu = (y: SymbolicTensor) => on(y, [layers.activation({ activation: "relu" })]);
    const block = (y: SymbolicTensor, filters: number, strides = 1) => {
      const around = strides === 1 ? y : convolve(y, filters, 1, strides);
      const through = convolve(relu(convolve(y, filters, 3, strides)), filters, 3);
      return relu(layers.add().apply([around, through]) as SymbolicTensor);
    };
    let y = on(relu(convolve(x, 64, 7, 2)), [layers.maxPooling2d({ poolSize: 3, strides: 2, padding: "same" })]);
    y = block(block(y, 64), 64);
    for (const filters of [128, 256, 512]) y = block(block(y, filters, 2), filters);
    return on(y, [layers.globalAveragePooling2d({}), layers.dense({ units: 10 })]);
  },
};

/**
 * tfjs-layers' `model.fit`, in its best form: data that TensorFlow holds, tfjs's own softmaxCrossEntropy on logits, no pauses for the event
 * loop.
 */
export async function tfjsLayers(name: string, workload: Workload): Promise<Contestant> {
  const build = models[name];
  if (!build) throw new Error("without: tfjs-layers has not all of its layers");
  const tf: TfjsNode = loadTfjs();
  const dtype = workload.vocabulary ? "int32" : "float32";
  const x = tf.input({ shape: [...workload.input], dtype });
  const model = tf.model({ inputs: x, outputs: build(tf.layers, x) });
  const loss = (labels: Tensor, logits: Tensor) => tf.losses.softmaxCrossEntropy(labels, logits);
  model.compile({ optimizer: tf.train.adam(1e-3, 0.9, 0.999, 1e-7), loss });
  const data = tfjsData(tf, workload);
  const one = dataOf({ ...workload, batch: 1, steps: 1 }).x;
  const predict = () => {
    const given = tf.tensor(one.data, one.shape, dtype);
    const output = model.predict(given) as Tensor;
    output.dataSync();
    tf.dispose([given, output]);
  };
  const weights = model.trainableWeights.map(({ shape }) => shape.reduce<number>((size, axis) => size * axis!, 1));
  return {
    parameters: weights.reduce((sum, size) => sum + size, 0),
    train: (epochs) =>
      model.fit(data.x, data.y, { epochs, batchSize: workload.batch, verbose: 0, yieldEvery: "never" }),
    predict: { predict },
  };
}

import {
  batchNormalization,
  block,
  conv2d,
  dense,
  embedding,
  flatten,
  gru,
  input,
  type Layer,
  layerNormalization,
  lstm,
  maxPooling2d,
  parameterCount,
  relu,
} from "shapewright";
import { expectType } from "tsd";

// The number of parameters as a literal type.

const rows = input(["batch", 784]);
expectType<401920>(parameterCount(dense({ units: 512 }), rows));
expectType<401408>(parameterCount(dense({ units: 512, useBias: false }), rows));
expectType<1792>(
  parameterCount(
    conv2d({ filters: 64, kernelSize: 3, padding: "same", activation: relu }),
    input(["batch", 224, 224, 3]),
  ),
);
expectType<50890>(parameterCount(block(dense({ units: 64, activation: relu }), relu, dense({ units: 10 })), rows));
expectType<50890>(
  parameterCount(block(block(flatten(), dense({ units: 64 })), block(dense({ units: 10 }))), input(["batch", 28, 28])),
);
expectType<6272>(parameterCount(block(batchNormalization(), layerNormalization(), layerNormalization()), rows));
expectType<0>(parameterCount(maxPooling2d({ poolSize: 3 }), input(["batch", "height", "width", 3])));
expectType<8_192_000_000_000>(
  parameterCount(embedding({ inputDim: 1_000_000_000, outputDim: 8192 }), input(["batch"], "int32")),
);

// What is not known
declare const n: number;
declare const flag: boolean;
declare const layer: Layer;
expectType<number>(parameterCount(dense({ units: n }), rows));
expectType<number>(parameterCount(dense({ units: 3 }), input(["batch", n])));
expectType<number>(parameterCount(dense({ units: 3, useBias: flag }), rows));
expectType<number>(parameterCount(batchNormalization({ scale: false }), rows));
expectType<number>(parameterCount(block(gru({ units: 3 }), dense({ units: 3 })), input(["batch", "time", 8])));
expectType<number>(parameterCount(lstm({ units: 3 }), input(["batch", "time", 8])));
expectType<number>(parameterCount(layer, rows));

/** Within a generic function, and of what it is called with. */
function perceptron<C extends number, const U extends number>(channels: C, units: U) {
  return parameterCount(block(dense({ units: 64 }), dense({ units })), input(["batch", channels]));
}
expectType<50890>(perceptron(784, 10));

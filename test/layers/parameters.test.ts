import { expect, test } from "vitest";
import {
  batchNormalization,
  block,
  conv1d,
  conv2d,
  conv3d,
  dense,
  dropout,
  embedding,
  flatten,
  frozen,
  globalAveragePooling2d,
  gru,
  input,
  layerNormalization,
  maxPooling2d,
  model,
  parameterCount,
  relu,
  rmsNormalization,
  softmax,
} from "../../compiler/language.js";
import { vgg16 } from "../../examples/models/vgg16.js";

/** A number that types know, which the runtime has too. */
function known<const N extends number>(fromTypes: N, atRuntime: NoInfer<N> & (number extends N ? never : unknown)) {
  expect(atRuntime).toBe(fromTypes);
}

const same = <const F extends number>(filters: F) => conv2d({ filters, kernelSize: 3, padding: "same" });

test("VGG-16 has 138,357,544 parameters, as a type and at runtime", () => {
  const layers = block(
    same(64),
    relu,
    same(64),
    relu,
    maxPooling2d(),
    same(128),
    relu,
    same(128),
    relu,
    maxPooling2d(),
    same(256),
    relu,
    same(256),
    relu,
    same(256),
    relu,
    maxPooling2d(),
    same(512),
    relu,
    same(512),
    relu,
    same(512),
    relu,
    maxPooling2d(),
    same(512),
    relu,
    same(512),
    relu,
    same(512),
    relu,
    maxPooling2d(),
    flatten(),
    dense({ units: 4096 }),
    relu,
    dense({ units: 4096 }),
    relu,
    dense({ units: 1000 }),
    softmax,
  );
  known(138_357_544, parameterCount(layers, input(["batch", 224, 224, 3])));
  expect(vgg16.expectParameters(138_357_544)).toBe(vgg16);
});

test("what types count is what there is", () => {
  const [rows, text, images] = [input(["batch", 5]), input(["batch", 9, 6]), input(["batch", 8, 8, 4])];
  known(18, parameterCount(dense({ units: 3 }), rows));
  known(15, parameterCount(dense({ units: 3, useBias: false, name: "plain" }), rows));
  known(18, parameterCount(frozen(dense({ units: 3 })), rows));
  known(36, parameterCount(conv1d({ filters: 4, kernelSize: 3, groups: 2, padding: "causal", useBias: false }), text));
  known(100, parameterCount(conv2d({ filters: 4, kernelSize: [3, 2], strides: 2 }), images));
  known(14, parameterCount(conv2d({ filters: 2, kernelSize: [3, 1], groups: 2, dilationRate: 2 }), images));
  known(62, parameterCount(conv3d({ filters: 2, kernelSize: [1, 2, 3] }), input(["batch", 4, 4, 4, 5])));
  known(20, parameterCount(batchNormalization(), rows));
  known(12, parameterCount(layerNormalization(), text));
  known(6, parameterCount(rmsNormalization({ epsilon: 1e-5 }), text));
  known(0, parameterCount(block(flatten(), dropout(0.5), softmax), images));
  known(0, parameterCount(globalAveragePooling2d(), images));
  known(
    38,
    parameterCount(block(embedding({ inputDim: 10, outputDim: 3 }), dense({ units: 2 })), input(["batch"], "int32")),
  );
});

test("what types do not count is counted at runtime", () => {
  expect(parameterCount(batchNormalization({ scale: false }), input(["batch", 5]))).toBe(15);
  expect(parameterCount(block(gru({ units: 3 }), dense({ units: 2 })), input(["batch", "time", 4]))).toBe(89);
});

test("what is no layer has no number of parameters", () => {
  const message = (given: string) =>
    `parameterCount: layer is ${given}, but must be a layer without its input, such as dense({ units: 10 })`;
  const refused = (layer: unknown) => () => parameterCount(layer as never, input(["batch", 5]));
  expect(refused(relu)).toThrow(message("a function"));
  expect(refused({ units: 10 })).toThrow(message("an object"));
  expect(refused(undefined)).toThrow(message("undefined"));
});

test("a model that has another number of parameters says where they are", () => {
  const net = model({ x: input(["batch", 784]) }, ({ x }) =>
    dense(batchNormalization(dense(x, { units: 512, name: "wide" })), { units: 10 }),
  );
  expect(() => net.expectParameters(407_050)).toThrow(
    expect.objectContaining({
      code: "SW_VALUE",
      message: `model: has 409,098 parameters, not 407,050:
  wide                401,920
  batchNormalization    2,048
  dense                 5,130`,
    }),
  );
  expect(net.expectParameters(409_098)).toBe(net);
  const nothing = model({ x: input(["batch", 2]) }, ({ x }) => relu(x));
  expect(() => nothing.expectParameters(1)).toThrow("model: has 0 parameters, not 1: it has no variables");
  expect(() => net.expectParameters(1.5)).toThrow("expectParameters: count is 1.5, but must be an integer from 0");
  expect(() => net.expectParameters("7850" as never)).toThrow(
    'expectParameters: count is "7850", but must be an integer from 0',
  );
});

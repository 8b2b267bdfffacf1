import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { compile, type Model, meanSquaredError, sgd, type Tensor } from "shapewright";
import { summarize } from "shapewright/compiler";
import { open } from "shapewright/runtime";
import { describe, expect, test } from "vitest";
import { alexnet } from "../../examples/models/alexnet.js";
import { convnext } from "../../examples/models/convnext.js";
import { densenet121 } from "../../examples/models/densenet121.js";
import { efficientnet } from "../../examples/models/efficientnet.js";
import { googlenet } from "../../examples/models/googlenet.js";
import { lenet5 } from "../../examples/models/lenet5.js";
import { mlpMixer } from "../../examples/models/mlpMixer.js";
import { mobilenetV2 } from "../../examples/models/mobilenetV2.js";
import { resnet18 } from "../../examples/models/resnet18.js";
import { resnext50 } from "../../examples/models/resnext50.js";
import { squeezenet } from "../../examples/models/squeezenet.js";
import { vgg16 } from "../../examples/models/vgg16.js";
import { elementCount } from "../../src/ir/array.js";
import { type Outputs, outputNodes } from "../../src/model.js";
import { testedBackends } from "../support/backends.js";

/** A model of examples/models: what it gives, which the compiler checks, and its trainable parameters, as they are published. */
function published<O extends Outputs>(model: Model<any, O>, parameters: number) {
  return { model: model as Model<any, any>, parameters };
}

const models = {
  alexnet: published<Tensor<["batch", 1000]>>(alexnet, 61_100_840),
  convnext: published<Tensor<["batch", 1000]>>(convnext, 28_589_128),
  densenet121: published<Tensor<["batch", 1000]>>(densenet121, 7_978_856),
  efficientnet: published<Tensor<["batch", 1000]>>(efficientnet, 5_288_548),
  googlenet: published<Tensor<["batch", 1000]>>(googlenet, 6_624_904),
  lenet5: published<Tensor<["batch", 10]>>(lenet5, 61_706),
  mlpMixer: published<Tensor<["batch", 1000]>>(mlpMixer, 59_880_472),
  mobilenetV2: published<Tensor<["batch", 1000]>>(mobilenetV2, 3_504_872),
  resnet18: published<Tensor<["batch", 1000]>>(resnet18, 11_689_512),
  resnext50: published<Tensor<["batch", 1000]>>(resnext50, 25_028_904),
  squeezenet: published<Tensor<["batch", 1000]>>(squeezenet, 1_248_424),
  vgg16: published<Tensor<["batch", 1000]>>(vgg16, 138_357_544),
};

/** What stands for named sizes. */
const dims = new Map([["batch", 1]]);

test("each model in examples/models is described here", () => {
  // resnet50 is what the compiler's commands are shown with: resnet.ts without batch normalisation.
  const others = ["resnet.ts", "resnet50.ts"];
  const folder = resolve(import.meta.dirname, "../../examples/models");
  const files = readdirSync(folder).filter((name) => !others.includes(name));
  expect(files).toEqual(Object.keys(models).map((name) => `${name}.ts`));
});

describe.each(Object.entries(models))("%s", (_, { model, parameters }) => {
  test("has as many parameters as are published", () => {
    expect(summarize(model, dims).parameters.trainable).toBe(parameters);
  });

  test.runIf(testedBackends.includes("tensorflow"))(
    "trains natively",
    async () => {
      const program = compile(model, { optimizer: sgd({ learningRate: 1e-3 }), loss: meanSquaredError() });
      using session = await open(program, { backend: "tensorflow" });
      const data = Object.fromEntries(Object.entries(model.inputs).map(([key, node]) => [key, made(node as Made)]));
      const targets = [...outputNodes(model.output)].map(([key, node]) => [key, made(node as Made)] as const);
      const target = targets.length === 1 ? targets[0]![1] : Object.fromEntries(targets);
      // The variable that the loss is farthest from.
      const first = [...model.variables.keys()][0]!;
      const before = session.getWeight(first).data;
      const { history } = await session.fit(data as never, target as never, { batchSize: 1, verbose: "silent" });
      const after = session.getWeight(first).data;
      expect(Number.isFinite(history.loss[0])).toBe(true);
      expect(after.every(Number.isFinite)).toBe(true);
      expect(after.some((number: number, i: number) => number !== before[i])).toBe(true);
    },
    120_000,
  );
});

interface Made {
  readonly shape: readonly (number | string)[];
  readonly dtype: "float32" | "int32";
}

/** Numbers of a shape: waves, or the first few integers. */
function made({ shape, dtype }: Made) {
  const sizes = shape.map((dim) => (typeof dim === "number" ? dim : dims.get(dim)!));
  const length = elementCount(sizes);
  const numbers = { length } as ArrayLike<number>;
  const data =
    dtype === "int32" ? Int32Array.from(numbers, (_, i) => i % 5) : Float32Array.from(numbers, (_, i) => Math.sin(i));
  return { shape: sizes, dtype, data };
}

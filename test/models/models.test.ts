import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { compile, type Model, meanSquaredError, sgd, type Tensor } from "shapewright";
import { summarize } from "shapewright/compiler";
import { open } from "shapewright/runtime";
import { ts } from "ts-morph";
import { describe, expect, test } from "vitest";
import { alexnet } from "../../examples/models/alexnet.js";
import { bert } from "../../examples/models/bert.js";
import { convnext } from "../../examples/models/convnext.js";
import { cyclegan } from "../../examples/models/cyclegan.js";
import { discriminator, generator } from "../../examples/models/dcgan.js";
import { demucs } from "../../examples/models/demucs.js";
import { densenet121 } from "../../examples/models/densenet121.js";
import { dlrm } from "../../examples/models/dlrm.js";
import { efficientnet } from "../../examples/models/efficientnet.js";
import { googlenet } from "../../examples/models/googlenet.js";
import { gpt2 } from "../../examples/models/gpt2.js";
import { lenet5 } from "../../examples/models/lenet5.js";
import { llamaBlock } from "../../examples/models/llama.js";
import { mlpMixer } from "../../examples/models/mlpMixer.js";
import { mobilenetV2 } from "../../examples/models/mobilenetV2.js";
import { nanoGpt } from "../../examples/models/nanoGpt.js";
import { r3d18 } from "../../examples/models/r3d18.js";
import { resnet18 } from "../../examples/models/resnet18.js";
import { resnet50 } from "../../examples/models/resnet50BatchNormalized.js";
import { resnext50 } from "../../examples/models/resnext50.js";
import { shufflenetV2 } from "../../examples/models/shufflenetV2.js";
import { squeezenet } from "../../examples/models/squeezenet.js";
import { swin } from "../../examples/models/swin.js";
import { tacotron2 } from "../../examples/models/tacotron2.js";
import { transformer } from "../../examples/models/transformer.js";
import { unet } from "../../examples/models/unet.js";
import { vae } from "../../examples/models/vae.js";
import { vgg16 } from "../../examples/models/vgg16.js";
import { vit } from "../../examples/models/vit.js";
import { wavenet } from "../../examples/models/wavenet.js";
import { whisper } from "../../examples/models/whisper.js";
import { xception } from "../../examples/models/xception.js";
import { generate } from "../../src/ir/array.js";
import { type Outputs, outputNodes } from "../../src/model.js";
import { testedBackends } from "../support/backends.js";
import { openAxes } from "./openAxes.js";

/** A model of examples/models: what it gives, which the compiler checks, and its trainable parameters, as they are published. */
function published<O extends Outputs>(model: Model<any, O>, parameters: number) {
  return { model: model as Model<any, any>, parameters };
}

/** PyTorch's long short-term memories, of so many units, have a second bias beside the first. */
const lstmBiases = (...units: number[]) => 4 * units.reduce((sum, n) => sum + n, 0);

const models = {
  alexnet: published<Tensor<["batch", 1000]>>(alexnet, 61_100_840),
  bert: published<{ tokens: Tensor<["batch", "time", 768]>; text: Tensor<["batch", 768]> }>(bert, 109_482_240),
  convnext: published<Tensor<["batch", 1000]>>(convnext, 28_589_128),
  cyclegan: published<Tensor<["batch", 64, 64, 3]>>(cyclegan, 11_378_179),
  demucs: published<Tensor<["batch", 15700, 1]>>(demucs, 18_867_937 - lstmBiases(768, 768)),
  densenet121: published<Tensor<["batch", 1000]>>(densenet121, 7_978_856),
  discriminator: published<Tensor<["batch", 1, 1, 1]>>(discriminator, 2_765_568),
  dlrm: published<Tensor<["batch", 1]>>(dlrm, 4_635_985),
  efficientnet: published<Tensor<["batch", 1000]>>(efficientnet, 5_288_548),
  generator: published<Tensor<["batch", 64, 64, 3]>>(generator, 3_576_704),
  googlenet: published<Tensor<["batch", 1000]>>(googlenet, 6_624_904),
  gpt2: published<Tensor<["batch", "time", 50257]>>(gpt2, 124_439_808),
  lenet5: published<Tensor<["batch", 10]>>(lenet5, 61_706),
  llamaBlock: published<Tensor<["batch", "time", 2048]>>(llamaBlock, 44_044_288),
  mlpMixer: published<Tensor<["batch", 1000]>>(mlpMixer, 59_880_472),
  mobilenetV2: published<Tensor<["batch", 1000]>>(mobilenetV2, 3_504_872),
  nanoGpt: published<Tensor<["batch", "time", 65]>>(nanoGpt, 10_745_088),
  r3d18: published<Tensor<["batch", 400]>>(r3d18, 33_371_472),
  resnet18: published<Tensor<["batch", 1000]>>(resnet18, 11_689_512),
  resnet50: published<Tensor<["batch", 1000]>>(resnet50, 25_557_032),
  resnext50: published<Tensor<["batch", 1000]>>(resnext50, 25_028_904),
  shufflenetV2: published<Tensor<["batch", 1000]>>(shufflenetV2, 2_278_604),
  squeezenet: published<Tensor<["batch", 1000]>>(squeezenet, 1_248_424),
  swin: published<Tensor<["batch", 1000]>>(swin, 28_288_354),
  tacotron2: published<{
    frames: Tensor<["batch", "frames", 80]>;
    stop: Tensor<["batch", "frames", 1]>;
    refined: Tensor<["batch", "frames", 80]>;
  }>(tacotron2, 28_193_153 - lstmBiases(256, 256, 1024, 1024)),
  transformer: published<Tensor<["batch", "time", 512]>>(transformer, 44_140_544),
  unet: published<Tensor<["batch", 256, 256, 1]>>(unet, 31_037_633),
  vae: published<{
    image: Tensor<["batch", 784]>;
    mean: Tensor<["batch", 20]>;
    logVariance: Tensor<["batch", 20]>;
  }>(vae, 652_824),
  vgg16: published<Tensor<["batch", 1000]>>(vgg16, 138_357_544),
  vit: published<Tensor<["batch", 1000]>>(vit, 86_567_656),
  // The last layer hands nothing on, and so has no convolution to do it by: that of 32 filters over 32 channels.
  wavenet: published<Tensor<["batch", "time", 256]>>(wavenet, 1_834_592 - (32 * 32 + 32)),
  // The authors' keys have no biases, which would come to nothing.
  whisper: published<Tensor<["batch", 1500, 384]>>(whisper, 7_632_384 + 4 * 384),
  xception: published<Tensor<["batch", 1000]>>(xception, 22_855_952),
};

/** What stands for named sizes. */
const dims = new Map([
  ["batch", 1],
  ["frames", 8],
  ["source", 12],
  ["time", 16],
]);

test("each model in examples/models is described here", async () => {
  const folder = resolve(import.meta.dirname, "../../examples/models");
  const described = new Set<unknown>(Object.values(models).map(({ model }) => model));
  for (const file of readdirSync(folder)) {
    // What the compiler's commands are shown with: ResNet without batch normalisation.
    if (file === "resnet50.ts" || file === "resnet.ts") continue;
    const exported = Object.entries<object>(await import(join(folder, file))).filter(
      ([, value]) => "variables" in value,
    );
    expect(exported.length, file).toBeGreaterThan(0);
    for (const [name, model] of exported) expect(described.has(model), `${file}#${name}`).toBe(true);
  }
});

test("no model overrules its types: without casts, any, or errors that are expected", () => {
  const folder = resolve(import.meta.dirname, "../../examples/models");
  const overruled = readdirSync(folder).flatMap((name) => {
    const text = readFileSync(join(folder, name), "utf8");
    const file = ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true);
    const found = text.includes("@ts-") ? [`${name}: @ts-`] : [];
    const visit = (node: ts.Node): void => {
      const isCast = ts.isAsExpression(node) && node.type.getText() !== "const";
      if (isCast || ts.isNonNullExpression(node) || node.kind === ts.SyntaxKind.AnyKeyword)
        found.push(`${name}: ${node.getText()}`);
      ts.forEachChild(node, visit);
    };
    visit(file);
    return found;
  });
  expect(overruled).toEqual([]);
});

test("every intermediate shape is static", async () => {
  const folder = resolve(import.meta.dirname, "../../examples/models");
  const files = readdirSync(folder).map((name) => join(folder, name));
  expect(await openAxes([join(import.meta.dirname, "openAxis.ts"), ...files])).toEqual([
    'openAxis.ts: dense(input(["batch", 4]), { units }): ["batch", number]',
  ]);
}, 120_000);

describe.each(Object.entries(models))("%s", (_, { model, parameters }) => {
  test("has as many parameters as are published", () => {
    expect(summarize(model, dims).parameters.trainable).toBe(parameters);
  });

  test.runIf(testedBackends.includes("tensorflow"))(
    "trains natively",
    async () => {
      const outputs = outputNodes(model.output);
      const byName = <T>(of: (node: Made) => T) =>
        outputs.has("output")
          ? of(outputs.get("output") as Made)
          : Object.fromEntries([...outputs].map(([name, node]) => [name, of(node as Made)]));
      const program = compile(model, {
        optimizer: sgd({ learningRate: 1e-3 }),
        loss: byName(() => meanSquaredError()) as never,
      });
      using session = await open(program, { backend: "tensorflow" });
      const data = Object.fromEntries(Object.entries(model.inputs).map(([key, node]) => [key, made(node as Made)]));
      const target = byName(made);
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
  readonly dtype: "float32" | "int32" | "bool";
}

/** Numbers of a shape: waves, the first few integers, or true throughout. */
function made({ shape, dtype }: Made) {
  const sizes = shape.map((dim) => (typeof dim === "number" ? dim : dims.get(dim)!));
  return generate(sizes, dtype, (i) => (dtype === "float32" ? Math.sin(i) : dtype === "int32" ? i % 2 : 1));
}

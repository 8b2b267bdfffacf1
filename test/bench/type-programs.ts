import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A program, and how many errors it must give. */
export interface Checked {
  readonly source: string;
  readonly errors: number;
  /** Whether declaration files are checked too, TypeScript's own and ours. Projects mostly leave that out. */
  readonly checkLibraries?: boolean;
  /** Where the mouse stands when the hover is timed: on the last layer. */
  readonly hover?: string;
}

/** What one program may cost: a network of real size, right or wrong. */
export const mostInstantiations = 60_000;

/** The programs, each as a user would write it. */
export const programs = {
  mlp100: { source: mlp(100, "statements"), errors: 0 },
  vgg16: { source: vgg16("statements"), errors: 0, hover: "dense(x20" },
  vgg16Wrong: { source: vgg16Wrong("statements"), errors: 1 },
  mlp200: { source: mlp(200, "statements"), errors: 0 },
  mlp100Sequential: { source: mlp(100, "sequential"), errors: 0 },
  vgg16Sequential: { source: vgg16("sequential"), errors: 0, hover: "dense({ units: 1000" },
  vgg16Parameters: { source: counted([224, 224, 3], vgg16Layers(), 138_357_544), errors: 0 },
  vgg16SequentialWrong: { source: vgg16Wrong("sequential"), errors: 1 },
  resnet50: {
    source: written("../../examples/models/resnet50BatchNormalized.ts"),
    errors: 0,
    hover: "dense(globalAveragePooling2d",
  },
  resnet50Wrong: {
    source: mistaken(
      "../../examples/models/resnet50BatchNormalized.ts",
      "batchNormalization(stem, normal)",
      "add(stem, batchNormalization(image, normal))",
    ),
    errors: 1,
  },
  encoder: { source: written("programs/encoder.ts"), errors: 0, hover: "dense(block12" },
  encoderWrong: {
    source: mistaken("programs/encoder.ts", "block(block6)", "add(block6, dense(block6, { units: 512 }))"),
    errors: 1,
  },
  tagger: { source: written("programs/tagger.ts"), errors: 0, hover: "dense({ units: 17" },
  taggerWrong: {
    source: mistaken("programs/tagger.ts", "gru({ units: 128, returnSequences: true })", "gru({ units: 128 })"),
    errors: 1,
  },
  unet: { source: written("../../examples/models/unet.ts"), errors: 0, hover: "conv2d(whole" },
  unetWrong: {
    source: mistaken("../../examples/models/unet.ts", "up(lowest, eighth)", "up(lowest, quarter)"),
    errors: 1,
  },
  augmentation: { source: written("programs/augmentation.ts"), errors: 0 },
  // What a hover costs where nothing is calculated, and where one layer is: the rest is what a network adds.
  noLayer: {
    source: 'import type { Tensor } from "shapewright";\nexport declare const y: Tensor<["batch", 10], "float32">;\n',
    errors: 0,
    hover: "y:",
  },
  oneLayer: {
    source: [
      'import { dense, input, relu } from "shapewright";',
      'export const y = dense(input(["batch", 784]), { units: 10, activation: relu });',
      "",
    ].join("\n"),
    errors: 0,
    hover: "dense(",
  },
  // Our declarations by themselves: they need no other package's types.
  declarations: { source: 'export * from "shapewright";\n', errors: 0, checkLibraries: true },
} as const satisfies Record<string, Checked>;

/** A program that stands in a file. */
function written(file: string): string {
  return readFileSync(join(import.meta.dirname, file), "utf8");
}

/** The same with one mistake. */
function mistaken(file: string, right: string, wrong: string): string {
  const source = written(file);
  if (source.split(right).length !== 2) throw new Error(`${file}: "${right}" does not stand there once`);
  return source.replace(right, wrong);
}

/** Widths that differ from layer to layer: no layer's types are those of another. */
function widths(layers: number): number[] {
  return Array.from({ length: layers }, (_, i) => (i === layers - 1 ? 10 : 512 + i));
}

/** A multilayer perceptron. */
function mlp(layers: number, form: Form): string {
  const calls = widths(layers).map((units) => ({ layer: "dense", options: `{ units: ${units}, activation: relu }` }));
  return program([784], calls, form) + knownOutput(10);
}

/** VGG-16 (Simonyan and Zisserman, 2014): five blocks of convolutions, each with a pooling, and three dense layers. */
function vgg16(form: Form): string {
  return program([224, 224, 3], vgg16Layers(), form) + knownOutput(1000);
}

/** VGG-16 flattened once before its last block, too: the convolution after that is wrong, and nothing else is. */
function vgg16Wrong(form: Form): string {
  const layers = vgg16Layers();
  layers.splice(14, 0, { layer: "flatten", options: "" });
  return program([224, 224, 3], layers, form);
}

function vgg16Layers(): Call[] {
  const blocks = [
    [64, 64],
    [128, 128],
    [256, 256, 256],
    [512, 512, 512],
    [512, 512, 512],
  ];
  const convolution = (filters: number) => ({
    layer: "conv2d",
    options: `{ filters: ${filters}, kernelSize: 3, padding: "same", activation: relu }`,
  });
  return [
    ...blocks.flatMap((block) => [...block.map(convolution), { layer: "maxPooling2d", options: "{ poolSize: 2 }" }]),
    { layer: "flatten", options: "" },
    { layer: "dense", options: "{ units: 4096, activation: relu }" },
    { layer: "dense", options: "{ units: 4096, activation: relu }" },
    { layer: "dense", options: "{ units: 1000 }" },
  ];
}

/** A layer as it is called. */
interface Call {
  readonly layer: string;
  readonly options: string;
}

/** How layers are put together: a statement each, or all in one `sequential`. */
type Form = "statements" | "sequential";

/** A model of layers, with all that a user writes around it. */
function program(image: readonly number[], layers: readonly Call[], form: Form): string {
  const names = [...new Set(layers.map(({ layer }) => layer)), ...(form === "sequential" ? [form] : [])];
  const body =
    form === "sequential"
      ? ["  return sequential(", "    x0,", ...layers.map(({ layer, options }) => `    ${layer}(${options}),`), "  );"]
      : [
          ...layers.map(({ layer, options }, i) => `  const x${i + 1} = ${layer}(x${i}${options && `, ${options}`});`),
          `  return x${layers.length};`,
        ];
  return [
    `import { adam, compile, input, model, relu, sparseCategoricalCrossentropy } from "shapewright";`,
    `import { ${names.join(", ")} } from "shapewright";`,
    `const network = model({ x0: input(["batch", ${image.join(", ")}]) }, ({ x0 }) => {`,
    ...body,
    "});",
    "const loss = sparseCategoricalCrossentropy({ fromLogits: true });",
    "export const program = compile(network, { optimizer: adam(), loss });",
    "",
  ].join("\n");
}

/** The number of a block's parameters, as a literal type. */
function counted(image: readonly number[], layers: readonly Call[], parameters: number): string {
  const names = [...new Set(layers.map(({ layer }) => layer))];
  return [
    `import { block, input, parameterCount, relu, ${names.join(", ")} } from "shapewright";`,
    "const network = block(",
    ...layers.map(({ layer, options }) => `  ${layer}(${options}),`),
    ");",
    `export const count: ${parameters} = parameterCount(network, input(["batch", ${image.join(", ")}]));`,
    "",
  ].join("\n");
}

/** Says what the output's type is, and sees to it that it is not just anything. */
function knownOutput(units: number): string {
  return [
    `import type { Tensor } from "shapewright";`,
    `export const output: Tensor<["batch", ${units}]> = network.output;`,
    "// @ts-expect-error: another size",
    `export const wrong: Tensor<["batch", ${units + 1}]> = network.output;`,
    "",
  ].join("\n");
}

import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { median } from "./measure.js";
import type { BenchOptions } from "./options.js";

/** What it costs to type-check one program. Nothing is subtracted. */
export interface TypeCost {
  readonly instantiations: number;
  readonly checkSeconds: number;
  readonly errors: number;
}

/** A program, and how many errors it must give. */
interface Checked {
  readonly source: string;
  readonly errors: number;
  /** Whether declaration files are checked too, TypeScript's own and ours. Projects mostly leave that out. */
  readonly checkLibraries?: boolean;
}

/** The programs, each as a user would write it. */
const programs = {
  mlp100: { source: mlp(100, "statements"), errors: 0 },
  vgg16: { source: vgg16("statements"), errors: 0 },
  vgg16Wrong: { source: vgg16Wrong("statements"), errors: 1 },
  mlp200: { source: mlp(200, "statements"), errors: 0 },
  mlp100Sequential: { source: mlp(100, "sequential"), errors: 0 },
  vgg16Sequential: { source: vgg16("sequential"), errors: 0 },
  vgg16SequentialWrong: { source: vgg16Wrong("sequential"), errors: 1 },
  // Our declarations by themselves: they need no other package's types.
  declarations: { source: 'export * from "shapewright";\n', errors: 0, checkLibraries: true },
} as const satisfies Record<string, Checked>;

/**
 * Type-checks written-out models with the newest TypeScript, in a project as a user has it: `shapewright` stands in
 * its node_modules as it is published, with declaration files.
 */
export async function types({ runs }: BenchOptions): Promise<Record<keyof typeof programs, TypeCost>> {
  const project = mkdtempSync(join(tmpdir(), "shapewright-bench-types-"));
  try {
    layOut(project);
    const costs = {} as Record<keyof typeof programs, TypeCost>;
    for (const [name, program] of Object.entries<Checked>(programs)) {
      const { errors } = program;
      const cost = check(project, name, program, runs);
      console.log(`${name}: ${cost.instantiations} instantiations, ${cost.checkSeconds} s, ${cost.errors} errors`);
      if (cost.errors !== errors) throw new Error(`${name}: ${cost.errors} errors, but there must be ${errors}`);
      costs[name as keyof typeof programs] = cost;
    }
    return costs;
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

const repository = fileURLToPath(new URL("../..", import.meta.url));

/** A project that has installed the package, of which nothing but the declarations is needed. */
function layOut(project: string): void {
  const installed = join(project, "node_modules", "shapewright");
  mkdirSync(installed, { recursive: true });
  copyFileSync(join(repository, "package.json"), join(installed, "package.json"));
  const dist = join(installed, "dist");
  // What package.json's "imports" name stands elsewhere than in this folder: the sources' names for it are taken.
  const settings = ["--emitDeclarationOnly", "--outDir", dist, "--customConditions", "shapewright-source"];
  const build = tsc(repository, ["-p", "tsconfig.build.json", ...settings]);
  if (build.errors > 0) throw new Error(`The package does not build:\n${build.output}`);
  writeFileSync(join(project, "package.json"), JSON.stringify({ type: "module" }));
}

function check(project: string, name: string, { source, checkLibraries = false }: Checked, runs: number): TypeCost {
  const file = `${name}.ts`;
  writeFileSync(join(project, file), source);
  const settings = [
    "--noEmit",
    "--strict",
    "--target",
    "es2022",
    "--module",
    "nodenext",
    "--skipLibCheck",
    String(!checkLibraries),
  ];
  // One checker, so that work is not counted twice.
  const once = () => tsc(project, [file, ...settings, "--singleThreaded", "--extendedDiagnostics"]);
  const results = Array.from({ length: runs }, once);
  for (const line of results[0]!.output.split("\n").filter((text) => text.includes("error TS")))
    console.log(`  ${line}`);
  return {
    instantiations: results[0]!.figure("Instantiations"),
    checkSeconds: median(results.map((result) => result.figure("Check time"))),
    errors: results[0]!.errors,
  };
}

/** Runs the newest TypeScript. */
function tsc(folder: string, parameters: readonly string[]) {
  const compiler = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");
  const { stdout, stderr } = spawnSync(process.execPath, [compiler, ...parameters], { cwd: folder, encoding: "utf8" });
  const output = stdout + stderr;
  return {
    output,
    errors: output.match(/error TS\d+/g)?.length ?? 0,
    figure(name: string): number {
      const found = new RegExp(`^${name}:\\s*([\\d.]+)`, "m").exec(output);
      if (!found) throw new Error(`tsc did not report "${name}":\n${output}`);
      return Number(found[1]);
    },
  };
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

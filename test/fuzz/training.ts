import { emitTraining } from "../../compiler/emit/typescript/emitTraining.js";
import * as language from "../../compiler/language.js";
import { computationOf, type Program } from "../../compiler/program.js";
import type { Executable } from "../../runtime/backends/backend.js";
import { loadReference } from "../../runtime/backends/reference.js";
import { array, generate, type NdArray } from "../../src/ir/array.js";
import { type Random, random } from "../../src/ir/random.js";
import { loadOn, testedBackends } from "../support/backends.js";
import type { TrainingModule } from "../support/generated.js";
import { type Batch, generatedReports, trainedOn } from "../support/training.js";
import { compare, type Failure, type Way } from "./check.js";
import { evaluateGenerated } from "./evaluate.js";
import { spreadOf } from "./spread.js";

/** A small model that is trained, as the parts that its source consists of. */
export interface TrainingProgram {
  readonly shape: readonly number[];
  readonly layers: readonly string[];
  readonly optimizer: string;
  readonly loss: string;
  /** Whether as much as possible is computed again in the backward pass. */
  readonly isTight: boolean;
  readonly seed: number;
}

const images = [
  "conv2d({ filters: 2, kernelSize: 3, padding: 'same' })",
  "maxPooling2d({ poolSize: 2 })",
  "averagePooling2d({ poolSize: 2 })",
];
const sequences = [
  "conv1d({ filters: 3, kernelSize: 2 })",
  "maxPooling1d({ poolSize: 2 })",
  "averagePooling1d({ poolSize: 2 })",
];
const volumes = [
  "conv3d({ filters: 2, kernelSize: 2 })",
  "maxPooling3d({ poolSize: 2 })",
  "averagePooling3d({ poolSize: 2 })",
];
const anywhere = [
  "activation(relu)",
  "activation(tanh)",
  "activation(elu)",
  "dense({ units: 5, activation: sigmoid })",
  "dense({ units: 4 })",
  "dropout(0.3)",
  "gaussianNoise(0.2)",
  "batchNormalization()",
];

const kinds = [
  { shape: [4], layers: [] },
  { shape: [6, 3], layers: sequences },
  { shape: [6, 6, 2], layers: images },
  { shape: [4, 4, 4, 1], layers: volumes },
];

const optimizers = [
  "sgd({ learningRate: 0.1 })",
  "sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true })",
  "adam({ learningRate: 0.01 })",
  "rmsprop({ learningRate: 0.01 })",
  "adagrad({ learningRate: 0.1 })",
  "clipByGlobalNorm(adam({ learningRate: cosineDecay(0.01, { decaySteps: 10 }) }), 1)",
  "weightDecay(sgd({ learningRate: 0.1, momentum: 0.5 }), 0.01)",
  "averagedWeights(rmsprop({ learningRate: 0.01 }))",
  "accumulateGradients(adagrad({ learningRate: 0.1 }), 2)",
];

const losses = [
  "meanSquaredError()",
  "sparseCategoricalCrossentropy({ fromLogits: true })",
  "binaryCrossentropy({ fromLogits: true })",
];

/** A random model with an optimizer and a loss. */
export function growTraining(seed: number, index: number): TrainingProgram {
  const generator = random(seed, `training ${index}`);
  const pick = <T>(from: readonly T[]) => from[generator.integer(from.length)]!;
  const kind = pick(kinds);
  const first = kind.layers.length > 0 ? [pick(kind.layers)] : [];
  const layers = [...first, ...Array.from({ length: generator.integer(4) }, () => pick(anywhere))];
  return {
    shape: kind.shape,
    layers,
    optimizer: pick(optimizers),
    loss: pick(losses),
    isTight: generator.uniform() < 0.25,
    seed: generator.integer(1e6),
  };
}

/** The program's source, of which `build` is the value. */
function sourceOf({ shape, layers, optimizer, loss, isTight }: TrainingProgram): string {
  const all = [...layers, "flatten()", "dense({ units: 3, name: 'head' })"].join(", ");
  const metrics = loss.includes("entropy") ? ", metrics: [accuracy()]" : "";
  const memory = isTight ? ", memory: { budget: 1, dims: { batch: 4 } }" : "";
  return `compile(model({ x: input(["batch", ${shape.join(", ")}]) }, ({ x }) => sequential(x, ${all})), { optimizer: ${optimizer}, loss: ${loss}${metrics}${memory}, onWarning() {} })`;
}

/** The program that a training program is the source of. */
export function build(program: TrainingProgram): Program {
  const make = new Function(...Object.keys(language), `return ${sourceOf(program)};`);
  return make(...Object.values(language)) as Program;
}

const steps = 3;

function batchesOf({ shape, loss, seed }: TrainingProgram): Batch[] {
  const generator = random(seed, "batches");
  return Array.from({ length: steps }, () => ({
    inputs: { x: generate([4, ...shape], "float32", () => generator.normal()) },
    target: targetOf(loss, generator),
  }));
}

function targetOf(loss: string, generator: Random) {
  if (loss.startsWith("sparse")) return generate([4], "int32", () => generator.integer(3));
  return generate([4, 3], "float32", () => (loss.startsWith("binary") ? generator.integer(2) : generator.normal()));
}

/**
 * Trains for three steps on every backend, with the graph as it is and optimised, and as generated code: all that is reported
 * and all variables after the steps are those of the reference kernels.
 */
export async function checkTraining(training: TrainingProgram): Promise<Failure[]> {
  const failures: Failure[] = [];
  const program = build(training);
  const batches = batchesOf(training);
  const plain = { ...program, train: program.sources.train };
  const run = (executable: Executable, of: Program) => resultsOf(trainedOn(executable, of, batches, training.seed));
  const wanted = spreadOf((load) => run(load(computationOf(plain)), plain));
  const add = (name: string, way: Way["run"]) => compare({ name, wanted, run: way }, failures);
  await add("reference, optimised", () => run(loadReference(computationOf(program)), program));
  for (const backend of testedBackends) {
    await add(backend, async () => run(await loadOn(backend, computationOf(plain)), plain));
    await add(`${backend}, optimised`, async () => run(await loadOn(backend, computationOf(program)), program));
  }
  // Generated code keeps no momentum for rmsprop, which has none here.
  const isKept = (name: string) => !(training.optimizer.includes("rmsprop") && name.endsWith("/momentum"));
  const kept = Object.fromEntries(Object.entries(wanted).filter(([name]) => isKept(name)));
  const module = await evaluateGenerated<TrainingModule>(emitTraining(program, { name: "program", source: "fuzz.ts" }));
  for (const backend of ["wasm", "cpu"] as const) {
    const generated = async () => {
      const { reports, after } = await generatedReports(backend, module, batches, training.seed);
      return resultsOf({ reports, variables: after });
    };
    await compare({ name: `generated code on ${backend}`, wanted: kept, run: generated }, failures);
  }
  return failures;
}

/** What training gave, by names. */
function resultsOf({ reports, variables }: Pick<ReturnType<typeof trainedOn>, "reports" | "variables">) {
  const values = reports.flatMap((report, step) =>
    Object.entries(report).map(([name, value]) => [`${name} of step ${step}`, array(new Float32Array([value]), [])]),
  );
  return Object.fromEntries([...values, ...variables]) as Record<string, NdArray>;
}

/** The program without the layers that its failure doesn't need. */
export async function shrinkTraining(training: TrainingProgram): Promise<TrainingProgram> {
  for (const i of training.layers.keys()) {
    const smaller = { ...training, layers: training.layers.toSpliced(i, 1) };
    if ((await checkTraining(smaller).catch(() => [])).length > 0) return shrinkTraining(smaller);
  }
  return training;
}

/** A training program as a case of `found.test.ts`. */
export function trainingSource(training: TrainingProgram, title: string): string {
  return [
    `test(${JSON.stringify(title)}, async () => {`,
    `  // ${sourceOf(training)}`,
    `  expect(await checkTraining(${JSON.stringify(training)})).toEqual([]);`,
    "});",
  ].join("\n");
}

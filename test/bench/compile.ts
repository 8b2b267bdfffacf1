import { accuracy, compile as compileModel, type Program, sgd, sparseCategoricalCrossentropy } from "shapewright";
import { computationOf, lowerProgram } from "shapewright/compiler";
import { resnet } from "../../examples/models/resnet.js";
import { alternate, median } from "./measure.js";
import type { BenchOptions } from "./options.js";

/** Seconds for residual networks of 50 and of 500 layers, and how many times as long the latter take. */
export interface Growth {
  readonly layers50: number;
  readonly layers500: number;
  readonly ratio: number;
}

/** What it costs to compile residual networks, backward pass and all, from the model to TensorFlow's graph. */
export interface CompileResult extends Growth {
  /** 50 layers, the first time in this process. */
  readonly cold: number;
  /** Of this `compile`: differentiation and the passes, for training, evaluation and prediction. */
  readonly compiling: Growth;
  /** Writing the three as one TensorFlow graph, which `open` does. */
  readonly lowering: Growth;
}

type Blocks = Parameters<typeof resnet>[0];

/** ResNet-50, and the same with ten times the layers: 2 + 3 · 16 and 2 + 3 · 166. */
const sizes = { layers50: [3, 4, 6, 3], layers500: [31, 41, 62, 32] } as const satisfies Record<string, Blocks>;

/** What it costs to compile a deep network, and whether that grows with its layers alone. */
export async function compile({ runs }: BenchOptions): Promise<CompileResult> {
  const cold = timed(sizes.layers50);
  console.log(`50 layers, cold: ${inWords(cold.compiling + cold.lowering)}`);
  // To warm up: as many layers in small networks as in a large one, lest the engine know one better than the other.
  for (let i = 0; i < 10; i++) timed(sizes.layers50);
  timed(sizes.layers500);

  const parts = { layers50: [] as Times[], layers500: [] as Times[] };
  const run = (size: keyof typeof sizes) => async () => {
    const times = timed(sizes[size]);
    parts[size].push(times);
    return times.compiling + times.lowering;
  };
  const total = await alternate({ layers50: run("layers50"), layers500: run("layers500") }, runs);
  const part = (name: keyof Times) =>
    growth(
      name,
      parts.layers50.map((times) => times[name]),
      parts.layers500.map((times) => times[name]),
    );
  return {
    ...growth("compiling and lowering", total.layers50, total.layers500),
    cold: cold.compiling + cold.lowering,
    compiling: part("compiling"),
    lowering: part("lowering"),
  };
}

/** Seconds for the two halves of a compilation. */
interface Times {
  readonly compiling: number;
  readonly lowering: number;
}

function timed(blocks: Blocks): Times {
  const start = performance.now();
  const program: Program = compileModel(resnet(blocks), {
    optimizer: sgd({ learningRate: 0.1, momentum: 0.9 }),
    loss: sparseCategoricalCrossentropy({ fromLogits: true }),
    metrics: [accuracy()],
  });
  const compiled = performance.now();
  lowerProgram(computationOf(program));
  return { compiling: (compiled - start) / 1000, lowering: (performance.now() - compiled) / 1000 };
}

function growth(what: string, small: readonly number[], large: readonly number[]): Growth {
  const [layers50, layers500] = [median(small), median(large)];
  const ratio = layers500 / layers50;
  console.log(`${what}: 50 layers ${inWords(layers50)}, 500 layers ${inWords(layers500)}: × ${ratio.toFixed(1)}`);
  return { layers50, layers500, ratio };
}

function inWords(seconds: number): string {
  return `${(1000 * seconds).toFixed(0)} ms`;
}

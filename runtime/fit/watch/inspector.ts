import type { Statistics } from "../../../compiler/statisticsOf.js";
import { elementCount, type NdArray } from "../../../src/ir/array.js";
import type { Executable } from "../../backends/backend.js";
import { histogramOf } from "../../watch/octaves.js";
import type { WeightStatistics } from "../../watch/records.js";
import type { StepInspector } from "./inspected.js";
import { inWords } from "./requests.js";
import { rounded } from "./rounded.js";
import type { RunLog } from "./runLog.js";
import { worstSamples } from "./worstSamples.js";

/** How often steps are looked at, in milliseconds. */
const every = 1000;
/** The part of the time that it may take: what takes long is done less often. */
const share = 1 / 20;
/** The part of a run's age that passes until it is looked at again: of a day, a log has some 350 such records, and of a week 430. */
const sparsity = 1 / 40;
/** How many weights are told of at most. */
const mostWeights = 100;

/** What steps are looked at with. */
export interface Inspection {
  readonly statistics: Statistics;
  /** That which trains. It takes its steps by itself: to be watched changes no weight. */
  readonly trained: Executable;
  /** That of the statistics, which is given the variables as they are before a step. */
  readonly beside: Executable;
  readonly log: RunLog;
}

/** Looks at a step about once a second. What goes wrong then ends that, and not training. */
export function inspector({ statistics, trained, beside, log }: Inspection): StepInspector {
  const variables = [...statistics.computation.variables.keys()];
  const weights = largest(statistics);
  const start = performance.now();
  let next = -Infinity;
  // What the first look takes is TensorFlow's warming up, and says nothing of the next.
  let isFirst = true;
  const look = (batch: Readonly<Record<string, NdArray>>) => {
    const values = trained.getVariables(variables);
    beside.setVariables(values);
    const found = beside.call(batch);
    log.writeStatistics({
      weights: weights.map(({ name, ...keys }) =>
        weightStatistics(name, values.get(name)!, found[keys.gradient]!, found[keys.next]!),
      ),
      omitted: statistics.weights.length - weights.length,
      relus: statistics.relus.map(({ name, dead }) => ({ name, dead: rounded(found[dead]!.data[0]!) })),
      samples: worstSamples(statistics, batch, found),
    });
  };
  return {
    isDue: () => performance.now() >= next,
    look(batch) {
      const from = performance.now();
      try {
        look(batch);
        const now = performance.now();
        next = now + pauseAfter(now - start, isFirst ? 0 : now - from);
        isFirst = false;
      } catch (error) {
        next = Infinity;
        tellFailed(log, error);
      }
    },
  };
}

/** How long no step is looked at, of a run of some age that has been looked at for `took` milliseconds. */
export function pauseAfter(age: number, took: number): number {
  return Math.max(every, age * sparsity, took / share);
}

export function tellFailed(log: RunLog, error: unknown): void {
  log.tell("failed", `Layers and samples are not looked at any more: ${inWords(error)}`);
}

function weightStatistics(name: string, value: NdArray, gradient: NdArray, next: NdArray): WeightStatistics {
  const [now, then] = [value.data as Float32Array, next.data as Float32Array];
  return {
    name,
    shape: value.shape as number[],
    norm: rounded(distance(now)),
    gradientNorm: rounded(distance(gradient.data as Float32Array)),
    updateNorm: rounded(distance(then, now)),
    histogram: histogramOf(now),
    gradientHistogram: histogramOf(gradient.data as Float32Array),
  };
}

/** The Euclidean distance of numbers from others, or from 0. */
function distance(numbers: Float32Array, from?: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) sum += (numbers[i]! - (from?.[i] ?? 0)) ** 2;
  return Math.sqrt(sum);
}

/** The weights that are told of, in their order. */
function largest({ weights, computation: { variables } }: Statistics): Statistics["weights"] {
  const sizeOf = (name: string) => elementCount(variables.get(name)!.shape as number[]);
  const sorted = weights.toSorted((a, b) => sizeOf(b.name) - sizeOf(a.name));
  const told = new Set(sorted.slice(0, mostWeights));
  return weights.filter((weight) => told.has(weight));
}

import type { Program } from "../../compiler/program.js";
import { generate, type NdArray } from "../../src/ir/array.js";
import { evaluateDim } from "../../src/ir/evaluate.js";
import type { Graph } from "../../src/ir/graph.js";
import { nodeOf } from "../../src/ir/node.js";
import type { Executable, Total } from "../backends/backend.js";
import { loadReference } from "../backends/reference.js";

/**
 * What is reported of the samples seen: the loss, and the metrics. Steps are added up in double precision, in which sums of float32 are
 * exact, so that reports are the same from run to run, however many steps pass in a call of the backend.
 */
export type Reports = Readonly<Record<string, number | NdArray>>;

/** What has been added up, as JSON has it. */
export interface Sums {
  readonly steps: number;
  readonly samples: number;
  readonly sums: Readonly<Record<string, { readonly shape: readonly number[]; readonly data: readonly number[] }>>;
}

/** What steps have added up so far. */
export class Totals {
  readonly #program: Program;
  readonly #batch: string;
  /** In double precision: an epoch may have millions of samples. */
  readonly #sums = new Map<string, { readonly shape: readonly number[]; readonly data: Float64Array }>();
  #samples = 0;
  #steps = 0;

  /** @param before what it goes on from */
  constructor(program: Program, before?: Sums) {
    this.#program = program;
    this.#batch = nodeOf(Object.values(program.model.inputs)[0]!).shape[0] as string;
    if (!before) return;
    [this.#steps, this.#samples] = [before.steps, before.samples];
    for (const [key, { shape, data }] of Object.entries(before.sums)) this.#add(key, shape, data);
  }

  get sums(): Sums {
    const sums = [...this.#sums].map(([key, { shape, data }]) => [key, { shape, data: [...data] }]);
    return { steps: this.#steps, samples: this.#samples, sums: Object.fromEntries(sums) };
  }

  /** What has been added since these sums. */
  since({ steps, samples, sums }: Sums): Totals {
    const rest = [...this.#sums].map(([key, { shape, data }]) => [
      key,
      { shape, data: [...data].map((value, i) => value - (sums[key]?.data[i] ?? 0)) },
    ]);
    const counted = { steps: this.#steps - steps, samples: this.#samples - samples };
    return new Totals(this.#program, { ...counted, sums: Object.fromEntries(rest) });
  }

  get samples(): number {
    return this.#samples;
  }

  get steps(): number {
    return this.#steps;
  }

  /** What is made of the totals: the program's own computation, by its reference kernels. */
  get reports(): Reports {
    if (this.#steps === 0) return {};
    const { keys, executable } = reportingOf(this.#program);
    const totals = keys.map((key) => {
      const { shape, data } = this.#sums.get(key)!;
      return [key, generate(shape, "float32", (i) => data[i]!)];
    });
    const reports = executable.call(Object.fromEntries(totals));
    return Object.fromEntries(
      Object.entries(reports).map(([name, value]) => [
        name,
        value.shape.length === 0 ? (value.data[0] as number) : value,
      ]),
    );
  }

  /** Adds the sums that some steps of `batchSize` samples each gave. */
  add(
    sums: Readonly<Record<string, Total>>,
    steps: number,
    batchSize: number,
    sizes: ReadonlyMap<string, number>,
  ): void {
    for (const [key, { shape, data }] of Object.entries(sums)) this.#add(key, shape, data);
    const bound = new Map([...sizes, [this.#batch, batchSize]]);
    for (const [key, dims] of this.#program.reported.counts) {
      this.#add(key, [], [dims.reduce<number>((product, dim) => product * evaluateDim(dim, bound), steps)]);
    }
    this.#samples += steps * batchSize;
    this.#steps += steps;
  }

  #add(key: string, shape: readonly number[], values: ArrayLike<number>): void {
    const sum = this.#sums.get(key) ?? { shape, data: new Float64Array(values.length) };
    this.#sums.set(key, sum);
    for (let i = 0; i < values.length; i++) sum.data[i]! += values[i]!;
  }
}

/** What makes reports of totals, and the keys of these. */
interface Reporting {
  readonly keys: readonly string[];
  readonly executable: Executable;
}

/** Loaded once for each program: reports may be asked for after each step. */
const known = new WeakMap<Graph, Reporting>();

function reportingOf({ reported: { results } }: Program): Reporting {
  const reporting = known.get(results) ?? reporterOf(results);
  known.set(results, reporting);
  return reporting;
}

function reporterOf(results: Graph): Reporting {
  const inputs = new Map(
    results.nodes.filter(({ op }) => op === "input").map((node) => [results.names.get(node)!, node]),
  );
  const executable = loadReference({ inputs, variables: new Map(), call: results });
  return { keys: [...inputs.keys()], executable };
}

/** What is reported, as JSON has it: a list of the numbers of what is more than one. */
export function plainReports(reports: Reports): [name: string, value: number | number[]][] {
  return Object.entries(reports).map(([name, value]) => [name, typeof value === "number" ? value : [...value.data]]);
}

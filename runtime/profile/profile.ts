import { newValueOf, updatesInPlace } from "../../compiler/analysis/in-place.js";
import { peakMemory } from "../../compiler/analysis/memory.js";
import { bytesOf, type DimSizes, isSource, isView, total } from "../../compiler/analysis/sizes.js";
import type { Graph } from "../../src/ir/graph.js";
import type { Node } from "../../src/ir/node.js";
import { type Allocation, allocations } from "./allocations.js";
import { type KernelRun, kernelRuns, layerOf } from "./kernelRuns.js";

/** A part of a step's time and memory. */
export interface Share {
  /** Of a layer, the loss or a metric, or of a kernel; `""` for what is around the layers. */
  readonly name: string;
  /** How many kernels ran. */
  readonly runs: number;
  /** How long they took together. */
  readonly microseconds: number;
  /** How many bytes they asked for during the step, some of which are freed while it goes on. */
  readonly bytes: number;
  /** How many of them are there when the step takes the most memory; where the plan says the bytes, nothing. */
  readonly bytesAtPeak?: number;
}

/** Where a training step's time and memory go, on native TensorFlow. Made by `session.profile`. */
export interface Profile {
  /** The kernels that ran, in the order of their ends. */
  readonly runs: readonly KernelRun[];
  /** By layer of the model, the slowest first. */
  readonly layers: readonly Share[];
  /** By kernel, the slowest first. */
  readonly kernels: readonly Share[];
  /** The most bytes that the values of the step take at once, variables not among them. */
  readonly peak: {
    readonly bytes: number;
    /** What the compiler plans: values freed after their last use, without what kernels need for themselves. */
    readonly planned: number;
    /** Where bytes come from: what TensorFlow's allocator was asked for, or, where its log does not tell, the plan. */
    readonly from: "allocator" | "plan";
  };
}

/** What TensorFlow's executor and its allocator have written of one step each. */
export interface StepLogs {
  readonly executor: readonly string[];
  readonly allocator: readonly string[];
}

/** What the logs of a step tell, whose graph is a program's. */
export function profileOf(logs: StepLogs, graph: Graph, sizes: DimSizes): Profile {
  const names = new Set(graph.nodes.map((node) => layerName(node, graph)));
  const runs = kernelRuns(logs.executor, names);
  const layers = shares(runs, ({ layer }) => layer);
  const kernels = shares(runs, ({ kernel }) => kernel);
  const planned = peakMemory(graph, sizes).bytes;
  const measured = allocations(logs.allocator);
  if (measured.length === 0) {
    const memory = plannedBytes(graph, sizes);
    const withPlan = layers.map((share) => ({ ...share, bytes: memory.get(share.name) ?? 0 }));
    return { runs, layers: withPlan, kernels, peak: { bytes: planned, planned, from: "plan" } };
  }
  const kernelOf = new Map(runs.map(({ node, kernel }) => [node, kernel]));
  const atPeak = measured.filter(({ isAtPeak }) => isAtPeak);
  return {
    runs,
    layers: withMemory(layers, measured, ({ node }) => layerOf(node, names)),
    kernels: withMemory(kernels, measured, ({ node }) => kernelOf.get(node)),
    peak: { bytes: total(atPeak, ({ bytes }) => bytes), planned, from: "allocator" },
  };
}

/** How long what has one name took together, the slowest first. */
function shares(runs: readonly KernelRun[], nameOf: (run: KernelRun) => string): Share[] {
  const found = new Map<string, { runs: number; microseconds: number }>();
  for (const run of runs) {
    const name = nameOf(run);
    const share = found.get(name) ?? { runs: 0, microseconds: 0 };
    found.set(name, { runs: share.runs + 1, microseconds: share.microseconds + run.duration });
  }
  return [...found]
    .map(([name, share]) => ({ name, ...share, bytes: 0 }))
    .sort((a, b) => b.microseconds - a.microseconds || (a.name < b.name ? -1 : 1));
}

function withMemory(
  parts: readonly Share[],
  measured: readonly Allocation[],
  nameOf: (allocation: Allocation) => string | undefined,
): Share[] {
  const memory = new Map(parts.map(({ name }) => [name, { bytes: 0, bytesAtPeak: 0 }]));
  for (const allocation of measured) {
    const share = memory.get(nameOf(allocation) ?? "");
    if (share === undefined) continue;
    share.bytes += allocation.bytes;
    if (allocation.isAtPeak) share.bytesAtPeak += allocation.bytes;
  }
  return parts.map((part) => ({ ...part, ...memory.get(part.name)! }));
}

/** The bytes of what a graph computes, by layer. */
function plannedBytes(graph: Graph, sizes: DimSizes): Map<string, number> {
  const updates = updatesInPlace(graph);
  const found = new Map<string, number>();
  for (const node of graph.nodes) {
    if (isSource(node) || isView(node) || newValueOf(node, updates)) continue;
    const layer = layerName(node, graph);
    found.set(layer, (found.get(layer) ?? 0) + bytesOf(node, sizes));
  }
  return found;
}

/** The name of what a node is in; nothing around the layers. */
function layerName({ scope }: Node, { names }: Graph): string {
  return (scope && names.get(scope)) ?? "";
}

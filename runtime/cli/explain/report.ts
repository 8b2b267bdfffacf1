import { graphCost } from "../../../compiler/analysis/cost.js";
import type { DimSizes } from "../../../compiler/analysis/sizes.js";
import { kernelsOf } from "../../../compiler/lower/kernelsOf.js";
import type { GraphName } from "../../../compiler/program.js";
import type { Trace } from "../../../compiler/trace.js";
import type { Graph } from "../../../src/ir/graph.js";

/** What `explain` says of a graph. */
export interface Figures {
  readonly nodes: number;
  /** TensorFlow kernels; see `kernelsOf`. */
  readonly kernels: number;
  readonly flops: number;
  /** Bytes read and written by all nodes. */
  readonly bytes: number;
  /** The most memory that values take at once, in bytes; variables are not in it. */
  readonly peakBytes: number;
}

/** What each pass did to a graph. Only passes that changed something are listed. */
export interface GraphReport {
  readonly before: Figures;
  readonly after: Figures;
  readonly passes: readonly {
    readonly pass: string;
    readonly summary: string;
    readonly before: Figures;
    readonly after: Figures;
  }[];
  /** Passes that ran and found nothing to do. */
  readonly idle: readonly string[];
}

/** The report of each graph, by name. */
export type Reports = Partial<Record<GraphName, GraphReport>>;

/** Measures a graph before and after each pass. */
export function reportOf({ source, steps, result, passes }: Trace, dims: DimSizes): GraphReport {
  const known = new Map<Graph, Figures>();
  const figures = (graph: Graph): Figures => {
    const found = known.get(graph) ?? measure(graph, dims);
    known.set(graph, found);
    return found;
  };
  const busy = new Set(steps.map(({ pass }) => pass));
  return {
    before: figures(source),
    after: figures(result),
    passes: steps.map(({ pass, before, after }) => ({
      pass: pass.name,
      summary: pass.summary,
      before: figures(before),
      after: figures(after),
    })),
    idle: passes.filter((pass) => !busy.has(pass)).map(({ name }) => name),
  };
}

function measure(graph: Graph, dims: DimSizes): Figures {
  const { nodes, flops, bytes, peakBytes } = graphCost(graph, dims);
  return { nodes, kernels: kernelsOf(graph).length, flops, bytes, peakBytes };
}

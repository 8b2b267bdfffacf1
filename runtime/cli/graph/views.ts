import { peakMemory } from "../../../compiler/analysis/memory.js";
import type { DimSizes } from "../../../compiler/analysis/sizes.js";
import { diagramOf } from "../../../compiler/emit/diagram/diagramOf.js";
import { foldUpdates } from "../../../compiler/emit/diagram/foldUpdates.js";
import { historyOf } from "../../../compiler/emit/diagram/historyOf.js";
import { overBatch } from "../../../compiler/emit/diagram/overBatch.js";
import type { PageLayer, PageView } from "../../../compiler/emit/html/pageData.js";
import { summarize } from "../../../compiler/emit/summary.js";
import { predictionGraph } from "../../../compiler/predictionGraph.js";
import { inputNodes } from "../../../compiler/program.js";
import { traceModel, traceProgram } from "../../../compiler/trace.js";
import type { Graph } from "../../../src/ir/graph.js";
import { didYouMean } from "../../../src/ir/nearest.js";
import type { Node } from "../../../src/ir/node.js";
import { show } from "../../../src/types/show.js";
import type { Export } from "../../build/export.js";
import { CommandError } from "../../files/command-error.js";

/** A graph that can be drawn, under the name that `--graph` takes. */
export interface NamedGraph {
  readonly id: string;
  readonly title: string;
  /** What it is, in a sentence. */
  readonly about: string;
  readonly graph: Graph;
}

/** The graphs of an export, in the order of the page's tabs. */
export function graphsOf(found: Export): NamedGraph[] {
  const graphs: NamedGraph[] = [
    {
      id: "model",
      title: "Model",
      about: "The model as it was written: what it computes from its inputs.",
      graph: predictionGraph(found.model, "model"),
    },
  ];
  if (found.kind === "model") return graphs;
  const { train, evaluate, predict, sources } = found.program;
  return [
    ...graphs,
    {
      id: "differentiated",
      title: "Training, differentiated",
      about: "One training step before any pass: the loss, its gradients and the update of every variable.",
      graph: sources.train,
    },
    {
      id: "train",
      title: "Training, optimised",
      about: "One training step after all passes, as it runs.",
      graph: train,
    },
    { id: "predict", title: "Prediction", about: "What runs to predict, after all passes.", graph: predict },
    { id: "evaluate", title: "Evaluation", about: "The loss and the metrics, after all passes.", graph: evaluate },
  ];
}

/** The graph that `--graph` names. */
export function graphNamed(id: string, found: Export): NamedGraph {
  const graphs = graphsOf(found);
  const named = graphs.find((graph) => graph.id === id);
  if (named) return named;
  const ids = graphs.map((graph) => graph.id);
  const instead = found.kind === "model" ? `; ${found.name} is a model: compile(…) it into a program for more` : "";
  throw new CommandError(
    `there is no graph "${id}" of ${found.name}; there is ${ids.join(", ")}${instead}.${didYouMean(id, ids)}`,
  );
}

/** What graphs are drawn with. */
export interface Drawn {
  readonly found: Export;
  readonly dims: DimSizes;
  /** The number of the place in the user's files that a node comes from. */
  readonly sourceOf: (node: Node) => number | undefined;
  /** The named dim that counts samples. */
  readonly batch: string | undefined;
}

/** The named dim that counts samples: the first of a model's first input. */
export function batchOf({ model }: Export): string | undefined {
  const [first] = inputNodes(model.inputs).values();
  const dim = first?.shape[0];
  return typeof dim === "string" ? dim : undefined;
}

/** The most memory that a graph's values take at once, and how it grows with the batch. */
function peakOf(graph: Graph, { dims, batch }: Drawn): Pick<PageView, "peakBytes" | "peakPerBatch"> {
  const { bytes: peakBytes, perBatch } = overBatch(
    (sizes) => ({ flops: 0, bytes: peakMemory(graph, sizes).bytes }),
    dims,
    batch,
  );
  if (!perBatch) return { peakBytes };
  return { peakBytes, peakPerBatch: perBatch.filter((_, i) => i % 2 === 1) };
}

/** A graph as the page shows it. */
export function viewOf({ id, title, about, graph }: NamedGraph, drawn: Drawn): PageView {
  const diagram = foldUpdates(diagramOf(graph, drawn.dims, rolesOf(drawn.found), drawn));
  return { id, title, about, ...peakOf(graph, drawn), diagram };
}

/** The graph before and after each pass that changed it: of a program the training step, of a model its prediction. */
export function passesOf(drawn: Drawn): PageView {
  const { found, dims } = drawn;
  const [what, trace] =
    found.kind === "model"
      ? ["Prediction", traceModel(found.model)]
      : ["One training step", traceProgram(found.program, "train")];
  const roles = rolesOf(found);
  const stages = [
    { title: "Before any pass", about: "The graph as it was written and differentiated.", graph: trace.source },
    ...trace.steps.map(({ pass, after }) => ({ title: pass.name, about: pass.summary, graph: after })),
  ];
  const history = historyOf(stages.map(({ graph }) => foldUpdates(diagramOf(graph, dims, roles, drawn))));
  const shown = history.stages.map((place) => stages[place]!);
  return {
    id: "passes",
    title: "Passes",
    about: `${what} before and after each pass, on the way to native TensorFlow.`,
    ...peakOf(trace.result, drawn),
    diagram: history.diagram,
    stages: shown.map(({ title, about, graph }) => ({ title, about, ...peakOf(graph, drawn) })),
  };
}

/** What the inputs of a program's graphs are for. */
function rolesOf(found: Export): Map<Node, string> {
  if (found.kind === "model") return new Map();
  const { model, judged } = found.program;
  const roles = new Map([...inputNodes(model.inputs).values()].map((node) => [node, "input of the model"]));
  for (const { target, weights } of judged) {
    roles.set(target, "target");
    if (weights) roles.set(weights, "sample weights");
  }
  return roles;
}

/** The model's layers, as a summary lists them: what is counted as layers on every page. */
export function layersOfModel({ model }: Export, dims: DimSizes): PageLayer[] {
  return summarize(model, dims)
    .layers.filter(({ kind }) => !["input", "variable", "constant"].includes(kind))
    .map(({ name, kind, shape, dtype }) => ({
      name,
      kind,
      shape: `${dtype === "float32" ? "" : dtype}${show(shape)}`,
    }));
}

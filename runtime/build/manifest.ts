import { type Computation, feedsOf, type Program } from "../../compiler/program.js";
import { elementCount } from "../../src/ir/array.js";
import type { DType } from "../../src/ir/dtype.js";
import type { Graph } from "../../src/ir/graph.js";
import type { Node } from "../../src/ir/node.js";
import type { Model } from "../../src/model.js";
import type { Optimizer } from "../../src/optimizers/optimizer.js";
import { hashGraph } from "./hashGraph.js";

/** A tensor by name. A dim that is a name, such as `"batch"`, is known only when data comes. */
export interface TensorEntry {
  readonly name: string;
  readonly shape: readonly (number | string)[];
  readonly dtype: DType;
}

/** A variable, with the number of its elements. */
export interface VariableEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly count: number;
}

/** A variable of the model. */
export interface ParameterEntry extends VariableEntry {
  readonly trainable: boolean;
  /** How it starts, such as `glorotUniform`. */
  readonly initializer: string;
}

/** How a program trains its model. */
export interface TrainingEntry {
  /** What is given besides the inputs: targets, and weights of samples. */
  readonly targets: readonly (TensorEntry & { readonly classes?: number })[];
  /** The loss of each output. */
  readonly losses: Readonly<Record<string, string>>;
  /** What is reported besides the loss. */
  readonly metrics: readonly string[];
  readonly optimizer: {
    readonly name: string;
    /** Of the first step, where it changes. */
    readonly learningRate: number;
    /** How it changes. */
    readonly schedule?: string;
  };
  /** What is kept from step to step besides the parameters. */
  readonly state: readonly VariableEntry[];
}

/** What `shapewright build` says of an export, in `NAME.manifest.json` beside the files that it wrote for it. */
export interface Manifest {
  readonly version: 1;
  readonly name: string;
  readonly kind: "model" | "program";
  /** The source file, as seen from the manifest's folder. */
  readonly source: string;
  readonly inputs: readonly TensorEntry[];
  readonly outputs: readonly TensorEntry[];
  /** Of programs. */
  readonly training?: TrainingEntry;
  readonly parameters: readonly ParameterEntry[];
  readonly totals: { readonly parameters: number; readonly trainable: number; readonly nonTrainable: number };
  /** The compiled graphs by name, with the number of their nodes. A hash changes when what is computed does. */
  readonly graphs: Readonly<Record<string, { readonly nodes: number; readonly sha256: string }>>;
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
}

/** What a manifest is made from. */
export interface Described {
  readonly name: string;
  readonly source: string;
  readonly model: Model<any, any>;
  readonly program?: Program;
  /** What predicts. */
  readonly prediction: Computation;
  readonly files: Manifest["files"];
}

/** The manifest of an export. */
export function manifestOf({ name, source, model, program, prediction, files }: Described): Manifest {
  const parameters = [...model.variables].map(([key, node]) => parameterEntry(key, node));
  const sum = (counted: readonly VariableEntry[]) => counted.reduce((all, { count }) => all + count, 0);
  const total = sum(parameters);
  const trainable = sum(parameters.filter((entry) => entry.trainable));
  const graphs = program ? [program.train, program.evaluate, program.predict] : [prediction.call];
  return {
    version: 1,
    name,
    kind: program ? "program" : "model",
    source,
    inputs: [...prediction.inputs].map(([key, node]) => tensorEntry(key, node)),
    outputs: Object.entries(prediction.call.outputs).map(([key, node]) => tensorEntry(key, node)),
    ...(program && { training: trainingEntry(program) }),
    parameters,
    totals: { parameters: total, trainable, nonTrainable: total - trainable },
    graphs: Object.fromEntries(graphs.map((graph) => [graph.name, graphEntry(graph)])),
    files,
  };
}

function trainingEntry(program: Program): TrainingEntry {
  const { model, judged, optimizer, reported, variables } = program;
  const classes = new Map(judged.map(({ target, signature }) => [target, signature.classes]));
  const fed = [...feedsOf(program)].slice(Object.keys(model.inputs).length);
  // By name: their order in the graph is the compiler's business.
  const state = [...variables].filter(([key]) => !model.variables.has(key)).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    targets: fed.map(([key, node]) => {
      const count = classes.get(node);
      return { ...tensorEntry(key, node), ...(count !== undefined && { classes: count }) };
    }),
    losses: Object.fromEntries(judged.map(({ name, loss }) => [name || "output", loss.name])),
    metrics: Object.keys(reported.results.outputs).filter((key) => key !== "loss"),
    optimizer: optimizerEntry(optimizer),
    state: state.map(([key, node]) => variableEntry(key, node)),
  };
}

function optimizerEntry({ name, learningRate }: Optimizer): TrainingEntry["optimizer"] {
  if (typeof learningRate === "number") return { name, learningRate };
  return { name, learningRate: learningRate.initialLearningRate, schedule: learningRate.name };
}

function tensorEntry(name: string, { shape, dtype }: Pick<Node, "shape" | "dtype">): TensorEntry {
  return { name, shape, dtype };
}

function variableEntry(name: string, { attributes: { shape, dtype } }: Node<"variable">): VariableEntry {
  return { name, shape, dtype, count: elementCount(shape) };
}

function parameterEntry(name: string, node: Node<"variable">): ParameterEntry {
  const { trainable, initializer } = node.attributes;
  return { ...variableEntry(name, node), trainable, initializer: initializer.name };
}

function graphEntry(graph: Graph) {
  return { nodes: graph.nodes.length, sha256: hashGraph(graph) };
}

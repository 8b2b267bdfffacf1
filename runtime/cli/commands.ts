import type { Command } from "commander";

/** A command as help lists it, and what loads it. */
export interface ListedCommand {
  /** What follows its name on the command line, besides options. */
  readonly takes: string;
  readonly summary: string;
  /** What it says it is at, on a terminal, where that takes long. */
  readonly doing?: string;
  load(): Promise<Command>;
}

/**
 * What there is. A command that is called is loaded alone, and help loads none: all of them together take several times as
 * long as most of what they do.
 */
export const commands: Readonly<Record<string, ListedCommand>> = {
  build: {
    takes: "<file>",
    summary: "write what a file's models and programs compile to: TypeScript, a SavedModel and a manifest",
    doing: "Compiling",
    load: async () => (await import("./build.js")).buildCommand(),
  },
  check: {
    takes: "<files...>",
    summary: "type-check TypeScript files, and explain every mistake in shapes, dtypes and data",
    doing: "Checking",
    load: async () => (await import("./check.js")).checkCommand(),
  },
  doctor: {
    takes: "",
    summary: "report which TensorFlow there is, and provide the native one where it is missing",
    load: async () => (await import("./doctor.js")).doctorCommand(),
  },
  explain: {
    takes: "<file>",
    summary: "show what each pass of the compiler did to a model: nodes, kernels, FLOPs, bytes, peak memory",
    doing: "Compiling",
    load: async () => (await import("./explain.js")).explainCommand(),
  },
  graph: {
    takes: "<file>",
    summary: "draw a model or a program: as a page to look around in, or for Graphviz",
    doing: "Drawing",
    load: async () => (await import("./graph.js")).graphCommand(),
  },
  init: {
    takes: "[folder]",
    summary: "make a new project: a model, its training, a type test and a GitHub workflow",
    load: async () => (await import("./init.js")).initCommand(),
  },
  inspect: {
    takes: "<file>",
    summary: "show what is in a file of weights, a checkpoint, a backup or a model: names, types, shapes, bytes",
    load: async () => (await import("./inspect.js")).inspectCommand(),
  },
  lsp: {
    takes: "",
    summary: "serve an editor: explanations as you type, with fixes that are one click",
    load: async () => (await import("./lsp.js")).lspCommand(),
  },
  profile: {
    takes: "<file>",
    summary: "measure where a training step's time and memory go, by layer and by kernel, on native TensorFlow",
    doing: "Measuring",
    load: async () => (await import("./profile.js")).profileCommand(),
  },
  serve: {
    takes: "<model>",
    summary: "answer predictions of a saved model over HTTP, as TensorFlow Serving does",
    load: async () => (await import("./serve.js")).serveCommand(),
  },
  summary: {
    takes: "<file>",
    summary: "list a model's layers: output shape, parameters, FLOPs",
    doing: "Counting",
    load: async () => (await import("./summary.js")).summaryCommand(),
  },
  watch: {
    takes: "<run>",
    summary: "show runs that fit(…, { watch: true }) has logged or is logging: curves, layers, samples, events",
    load: async () => (await import("./watch.js")).watchCommand(),
  },
};

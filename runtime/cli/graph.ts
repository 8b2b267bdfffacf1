import { relative, resolve } from "node:path";
import { Command } from "commander";
import type { DimSizes } from "../../compiler/analysis/sizes.js";
import { diagramOf } from "../../compiler/emit/diagram/diagramOf.js";
import { dot } from "../../compiler/emit/dot.js";
import { htmlPage } from "../../compiler/emit/html/htmlPage.js";
import { bundledPage } from "../files/bundledPage.js";
import { CommandError } from "../files/command-error.js";
import { collectDim, defaultSize, dimSizes } from "./dimSizes.js";
import { graphNamed, graphsOf, viewOf } from "./graph/views.js";
import { fileArgument, loadExport } from "./model-file.js";
import { checkOut, writeOut } from "./out-file.js";
import { type Terminal, thisTerminal } from "./terminal.js";

interface GraphOptions {
  readonly html?: string;
  readonly dot?: boolean;
  readonly graph?: string;
  readonly dim?: DimSizes;
}

/** The command `shapewright graph`. */
export function graphCommand(): Command {
  return new Command("graph")
    .description("draw a model or a program: as a page to look around in, or for Graphviz")
    .addArgument(fileArgument())
    .option("--html <out>", "write a self-contained page: the model, and the graphs that run")
    .option("--dot", "print one graph in Graphviz's language")
    .option(
      "--graph <name>",
      "which graph: model, differentiated, train, predict or evaluate; the page opens with it (default: model)",
    )
    .option("--dim <name=size>", `the size of a named dim, for the costs (default: ${defaultSize})`, collectDim)
    .action((file: string, options: GraphOptions) => drawGraph(file, options, thisTerminal()));
}

/** Writes the page, or prints what Graphviz draws. */
export async function drawGraph(file: string, options: GraphOptions, terminal: Terminal): Promise<void> {
  const { html, dot: asDot = false, graph = "model", dim = new Map() } = options;
  if ((html !== undefined) === asDot) throw new CommandError("graph: say one of --html OUT and --dot");
  if (html !== undefined) checkOut("--html", html, "graph.html");
  const found = await loadExport(file);
  const dims = dimSizes(found.model, dim);
  const first = graphNamed(graph, found);
  if (html === undefined) {
    terminal.out(dot(first.graph.name, diagramOf(first.graph, dims)));
    return;
  }
  const { script, style } = await bundledPage(new URL("../../compiler/emit/html/page/", import.meta.url));
  const title = `${found.name} in ${relative(process.cwd(), resolve(found.path))}`;
  const sizes = [...dims].map(([name, size]) => `${name} = ${size}`).join(", ");
  const views = graphsOf(found).map((named) => viewOf(named, dims));
  writeOut(html, htmlPage({ title, sizes, first: first.id, views }, script, style));
  terminal.err(`Wrote ${html}`);
}

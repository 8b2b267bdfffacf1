import { existsSync, readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { Command } from "commander";
import type { DimSizes } from "../../compiler/analysis/sizes.js";
import { defaultSize } from "../../compiler/analysis/usualSizes.js";
import { diagramOf } from "../../compiler/emit/diagram/diagramOf.js";
import { dot } from "../../compiler/emit/dot.js";
import { htmlPage } from "../../compiler/emit/html/htmlPage.js";
import { endOfTitle } from "../../compiler/emit/html/pageHead.js";
import type { Node } from "../../src/ir/node.js";
import { bundledPage } from "../files/bundledPage.js";
import { CommandError } from "../files/command-error.js";
import { collectDim, dimSizes } from "./dimSizes.js";
import { batchOf, graphNamed, graphsOf, layersOfModel, passesOf, viewOf } from "./graph/views.js";
import { type Calls, watchCalls } from "./graph/watchCalls.js";
import { loadExport, programArgument } from "./model-file.js";
import { checkOut, writeOut } from "./out-file.js";
import { type Terminal, thisTerminal } from "./terminal.js";

interface GraphOptions {
  readonly html?: string;
  readonly open?: boolean;
  readonly dot?: boolean;
  readonly graph?: string;
  readonly dim?: DimSizes;
}

/** The command `shapewright graph`. */
export function graphCommand(): Command {
  return new Command("graph")
    .addArgument(programArgument())
    .option(
      "--html <out>",
      `where to write the page, which shows the model and the graphs that run (default: ${usualPage})`,
    )
    .option("--no-open", `do not show ${usualPage} in the browser, as is done from a terminal where no --html is given`)
    .option("--dot", "print one graph in Graphviz's language")
    .option(
      "--graph <name>",
      "which graph: model, differentiated, train, predict or evaluate; the page opens with it (default: model)",
    )
    .option("--dim <name=size>", `the size of a named dim, for the costs (default: ${defaultSize})`, collectDim)
    .action((file: string, options: GraphOptions) => drawGraph(file, options, thisTerminal()));
}

const usualPage = "graph.html";

/** Writes the page, and shows it in the browser where a person has not said where to write it; or prints what Graphviz draws. */
export async function drawGraph(file: string, options: GraphOptions, terminal: Terminal): Promise<void> {
  const { dot: asDot = false, graph = "model", dim = new Map() } = options;
  if (options.html !== undefined && asDot) throw new CommandError("graph: say one of --html OUT and --dot");
  const html = asDot ? undefined : (options.html ?? usualPage);
  if (html !== undefined) checkOut("--html", html, usualPage);
  if (options.html === undefined && html !== undefined) checkOurs(html);
  const { loaded: found, calls } = await watchCalls(() => loadExport(file));
  const dims = dimSizes(found.model, dim);
  const first = graphNamed(graph, found);
  if (html === undefined) {
    terminal.out(dot(first.graph.name, diagramOf(first.graph, dims)));
    return;
  }
  const { script, style } = await bundledPage(new URL("../../compiler/emit/html/page/", import.meta.url));
  const path = relative(process.cwd(), resolve(found.path));
  const title = found.isSaved ? path : `${found.name} in ${path}`;
  const sizes = [...dims].map(([name, size]) => `${name} = ${size}`).join(", ");
  const sources = numbered(calls);
  const batch = batchOf(found);
  const drawn = { found, dims, sourceOf: sources.numberOf, batch };
  const views = [...graphsOf(found).map((named) => viewOf(named, drawn)), passesOf(drawn)];
  const data = {
    title,
    sizes,
    ...(batch !== undefined && { batch: { name: batch, size: dims.get(batch)! } }),
    layers: layersOfModel(found, dims),
    sources: sources.places,
    sourceRoot: `${relative(dirname(resolve(html)), process.cwd()).replaceAll("\\", "/")}/`.replace(/^\/$/, "./"),
    first: first.id,
    views,
  };
  writeOut(html, htmlPage(data, script, style));
  terminal.err(`Wrote ${html}`);
  if (options.html === undefined && options.open !== false && process.stdout.isTTY) await show(html);
}

/** The places that nodes come from, each with its number in a list: most are those of several nodes. */
function numbered({ placeOf }: Calls) {
  const numbers = new Map<string, number>();
  const places: string[] = [];
  const numberOf = (node: Node): number | undefined => {
    const place = placeOf(node);
    if (place === undefined) return undefined;
    const known = numbers.get(place) ?? places.push(place) - 1;
    numbers.set(place, known);
    return known;
  };
  return { places, numberOf };
}

/** What nobody has named is not written over, unless this command has written it. */
function checkOurs(path: string): void {
  if (!existsSync(path) || readFileSync(path, "utf8").includes(endOfTitle)) return;
  throw new CommandError(
    `${path} is there, and is no page of Shapewright; write --html OUT to name another, or this one`,
    1,
  );
}

/** Shows a page in the browser. Where there is none, its path has been said. */
async function show(path: string): Promise<void> {
  const { platform, env } = process;
  if (env.CI || (platform === "linux" && !env.DISPLAY && !env.WAYLAND_DISPLAY && !env.WSL_DISTRO_NAME)) return;
  const { default: open } = await import("open");
  await open(resolve(path)).catch(() => {});
}

import { readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { basename, isAbsolute, join, posix, relative, sep } from "node:path";
import { build } from "esbuild";
import { type Plugin, rolldown } from "rolldown";
import { guardArguments } from "./guardArguments.js";
import { markPure } from "./markPure.js";

/** The modules that are loaded by their paths: by package.json, and in processes of their own. Each stays a file at its place. */
const entries = [
  "compiler/language",
  "compiler/index",
  "runtime/index",
  "runtime/datasets/index",
  "runtime/kernels/index",
  "runtime/host/node",
  "runtime/host/web",
  "runtime/cli/main",
  // The extension for VS Code tells by it that there is a server.
  "runtime/cli/lsp",
  "runtime/profile/take-steps",
];

/** What is packed as it was written, and bundled when it is asked for. */
const pages = ["compiler/emit/html/page/main.ts", "runtime/watch/page/main.ts"];

/**
 * Bundles the modules of a repository into a tenth as many files. What the same entries and lazy imports need becomes one file, so that each of them
 * loads what it needs and nothing else, and no files import one another in a circle.
 */
export async function bundleModules(root: string, into: string): Promise<void> {
  const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const installed: Record<string, string> = { ...dependencies, ...peerDependencies };
  const pathOf = (id: string) => relative(root, id).replaceAll(sep, "/");
  const isOwn = (id: string) => isAbsolute(id);
  const isOfCompiler = (id: string) => pathOf(id).startsWith("compiler/");
  const bundle = await rolldown({
    input: Object.fromEntries(
      [...entries, ...(await importedByPages(root))].map((name) => [name, join(root, `${name}.ts`)]),
    ),
    // Packages, and `#host`, of which who loads it chooses one.
    external: (id) => {
      if (id.startsWith(".") || isAbsolute(id)) return false;
      if (id === "#host" || id in installed || builtinModules.includes(id.replace(/^node:/, ""))) return true;
      if (Object.keys(installed).some((name) => id.startsWith(`${name}/`))) return true;
      throw new Error(`${id} is imported, which is no dependency`);
    },
    platform: "neutral",
    preserveEntrySignatures: "allow-extension",
    resolve: { extensionAlias: { ".js": [".ts"] } },
    transform: { target: "es2022" },
    plugins: [guardArguments(root), placesOfModules(pathOf), { name: "mark-pure", renderChunk: markPure }],
  });
  await bundle.write({
    dir: into,
    entryFileNames: "[name].js",
    chunkFileNames: ({ name, moduleIds }) => {
      const last = moduleIds.findLast(isOwn);
      const folder = last !== undefined && isOfCompiler(last) ? "compiler/chunks" : "chunks";
      return `${folder}/${last === undefined ? name : basename(last, ".ts")}.js`;
    },
    // Functions are told by their names: `relu`, whatever else is called so.
    keepNames: true,
    minifyInternalExports: false,
    codeSplitting: {
      includeDependenciesRecursively: false,
      // In a trace of calls, the compiler's are told by their folder.
      groups: [{ name: "compiler", test: isOfCompiler, entriesAware: true }],
    },
  });
}

/** The modules that pages import from elsewhere. */
async function importedByPages(root: string): Promise<string[]> {
  const options = { bundle: true, write: false, metafile: true, outdir: "none", loader: { ".css": "empty" } } as const;
  const { metafile } = await build({ ...options, entryPoints: pages, absWorkingDir: root });
  const paths = Object.entries(metafile.inputs).flatMap(([path, { imports }]) =>
    path.includes("/page/") ? imports.map(({ path }) => path) : [],
  );
  const elsewhere = paths.filter((path) => /^(src|compiler|runtime)\//.test(path) && !path.includes("/page/"));
  return [...new Set(elsewhere)].map((path) => path.replace(/\.ts$/, ""));
}

/** Lets each module know where it stood: what it finds beside itself, such as the page of a command, is there still. */
function placesOfModules(pathOf: (id: string) => string): Plugin {
  return {
    name: "places-of-modules",
    transform: (code, id) =>
      // For packages, one place is as good as another.
      code.replaceAll(/(?<!createRequire\()import\.meta\.url/g, `urlOf("${pathOf(id).replace(/ts$/, "js")}")`),
    // A bundler that makes CommonJS of this has no URL here. And one that sees `new URL(…, import.meta.url)` looks for the file.
    renderChunk: (code, { fileName }) =>
      code.replaceAll(/\burlOf\("(.+?)"\)/g, (_, path: string) => {
        const from = posix.relative(posix.dirname(fileName), path);
        return `((url) => url && new URL("${from}", url).href)(import.meta.url)`;
      }),
  };
}

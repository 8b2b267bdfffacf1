import { basename, isAbsolute, join, posix, relative, sep } from "node:path";
import { type Plugin, rolldown } from "rolldown";
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

/**
 * Bundles the modules of a repository into a tenth as many files. What the same entries and lazy imports need becomes one file, so that each of them
 * loads what it needs and nothing else, and no files import one another in a circle.
 */
export async function bundleModules(root: string, into: string): Promise<void> {
  const pathOf = (id: string) => relative(root, id).replaceAll(sep, "/");
  const isOwn = (id: string) => isAbsolute(id);
  const isOfCompiler = (id: string) => pathOf(id).startsWith("compiler/");
  const bundle = await rolldown({
    input: Object.fromEntries(entries.map((name) => [name, join(root, `${name}.ts`)])),
    // Packages, and `#host`, of which who loads it chooses one.
    external: (id) => !id.startsWith(".") && !isAbsolute(id),
    platform: "neutral",
    preserveEntrySignatures: "allow-extension",
    resolve: { extensionAlias: { ".js": [".ts"] } },
    transform: { target: "es2022" },
    plugins: [placesOfModules(pathOf), { name: "mark-pure", renderChunk: markPure }],
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

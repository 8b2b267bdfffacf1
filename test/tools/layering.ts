/**
 * Checks that imports go one way, src ← compiler ← runtime ← examples and tests, and within each of these from level to
 * level, and never in a circle; and that what is to run anywhere uses nothing of Node's.
 *
 *     npm run layers
 *
 * Prints what breaks a rule, and exits with 1 if there are any.
 */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Project } from "ts-morph";
import {
  circles,
  type FolderRule,
  importsOf,
  type Layers,
  withoutLevel,
  wrongGlobals,
  wrongImports,
} from "./imports.js";

const root = resolve(import.meta.dirname, "../..");
const { name, exports, imports: own, dependencies } = JSON.parse(readFileSync(`${root}/package.json`, "utf8"));

const isTfjs = (name: string) => name.startsWith("@tensorflow/");
const isDependency = (name: string) => name in dependencies;

/** What runs anywhere: neither Node's modules nor tfjs, and only what users install with the package. */
const portable = {
  node: false,
  allowsPackage: (name: string) => isDependency(name) && !isTfjs(name),
  packagesInWords: "packages among package.json's dependencies, and neither tfjs nor Node's modules",
};
const onNode = {
  node: true,
  allowsPackage: isDependency,
  packagesInWords: "packages among package.json's dependencies",
};
/** Packages that only Node can load. */
const ofNode = [
  "@hono/node-server",
  "cli-progress",
  "commander",
  "esbuild",
  "hono",
  "open",
  "prom-client",
  "ts-morph",
  "tsx",
  "vscode-languageserver",
  "vscode-languageserver-textdocument",
];
const inBrowsers = {
  node: false,
  allowsPackage: (name: string) => isDependency(name) && !ofNode.includes(name),
  packagesInWords: "packages among package.json's dependencies that browsers can load, and none of Node's modules",
};
const free = { node: true, allowsPackage: () => true, packagesInWords: "installed packages" };

const rules: Record<string, FolderRule> = {
  src: { folders: ["src"], ...portable },
  compiler: { folders: ["src", "compiler"], ...portable },
  // A browser can import all of the runtime that is not said here to be Node's.
  runtime: { folders: ["src", "compiler", "runtime"], ...inBrowsers },
  ...Object.fromEntries(
    [
      "runtime/backends/tensorflow.ts",
      "runtime/build",
      "runtime/check",
      "runtime/cli",
      "runtime/files",
      "runtime/host/barReporter.ts",
      "runtime/host/interruption.ts",
      "runtime/host/node.ts",
      "runtime/host/withoutListeners.ts",
      "runtime/lsp",
      "runtime/native",
      "runtime/profile/stepLogs.ts",
      "runtime/profile/take-steps.ts",
      "runtime/serve",
      "runtime/server",
      "runtime/watch/server",
    ].map((path) => [path, { folders: ["src", "compiler", "runtime"], ...onNode }]),
  ),
  // The extension is bundled, with what it imports, and asks VS Code for the rest.
  "runtime/lsp/vscode": { folders: ["runtime"], ...free },
  examples: { folders: ["src", "compiler", "runtime", "examples"], ...free },
  test: { folders: ["src", "compiler", "runtime", "examples", "test", "test-d"], ...free },
  "test-d": { folders: ["src", "compiler", "runtime", "test-d"], ...free },
};

/**
 * What comes before what within the sources, the compiler and the runtime; each of their files stands on a level. That no files
 * import each other in a circle holds within a level too.
 */
const levels = [
  // The sources: what is known of sizes alone, then all else.
  ["src/types"],
  ["src"],
  // The compiler: graphs are analysed, changed, differentiated and judged; written as TensorFlow's graphs; compiled as the pipeline
  // says; then shown.
  [
    "compiler/units.ts",
    "compiler/target.ts",
    "compiler/bindDims.ts",
    "compiler/askAgain.ts",
    "compiler/checkSizes.ts",
    "compiler/initialValue.ts",
  ],
  [
    "compiler/by-hand.ts",
    "compiler/losses.ts",
    "compiler/means.ts",
    "compiler/weighting.ts",
    "compiler/counted.ts",
    "compiler/class-weights.ts",
    "compiler/reports.ts",
    "compiler/lossReporter.ts",
    "compiler/penalty.ts",
    "compiler/judge.ts",
    "compiler/predictionGraph.ts",
    "compiler/verify.ts",
  ],
  ["compiler/analysis"],
  ["compiler/passes"],
  [
    "compiler/autodiff",
    "compiler/evaluatedAs.ts",
    "compiler/warnings",
    "compiler/specializeTraining.ts",
    "compiler/freezeVariables.ts",
  ],
  ["compiler/program.ts", "compiler/memory.ts", "compiler/updatesOf.ts"],
  ["compiler/kindOf.ts", "compiler/checkKind.ts", "compiler/checkBatch.ts", "compiler/trained.ts"],
  ["compiler/lower/saved-model/generated"],
  ["compiler/lower/graph-def", "compiler/lower/graph-def.ts"],
  ["compiler/lower/saved-model"],
  ["compiler/lower"],
  ["compiler/pipeline.ts"],
  [
    "compiler/reported.ts",
    "compiler/statisticsOf.ts",
    "compiler/compilePrediction.ts",
    "compiler/compileFunction.ts",
    "compiler/freezeComputation.ts",
  ],
  ["compiler/trainingProgram.ts"],
  ["compiler/compile.ts", "compiler/compileLoss.ts", "compiler/trace.ts", "compiler/saved-program"],
  ["compiler/emit"],
  ["compiler/index.ts", "compiler/language.ts"],
  // The runtime: what runs a graph; sessions; the command line, which uses what explains and what builds.
  [
    "runtime/kernels",
    "runtime/files",
    "runtime/server",
    "runtime/data",
    "runtime/gate.ts",
    "runtime/heldOff.ts",
    "runtime/muteTfjs.ts",
    "runtime/signal.ts",
  ],
  ["runtime/native"],
  ["runtime/backends"],
  ["runtime/watch", "runtime/profile"],
  ["runtime/host"],
  ["runtime/profile/profileProgram.ts"],
  ["runtime/weights"],
  ["runtime/model-file"],
  ["runtime/fit", "runtime/callbacks"],
  ["runtime/datasets"],
  ["runtime/load.ts", "runtime/initialize.ts"],
  [
    "runtime/session.ts",
    "runtime/session-options.ts",
    "runtime/session-work.ts",
    "runtime/session-weights.ts",
    "runtime/training-hands.ts",
    "runtime/backupIn.ts",
    "runtime/exportSavedModel.ts",
  ],
  ["runtime/open.ts", "runtime/loadModel.ts", "runtime/openFunction.ts", "runtime/eager"],
  ["runtime/openTogether.ts", "runtime/profile/take-steps.ts"],
  ["runtime/build", "runtime/check", "runtime/serve"],
  ["runtime/lsp"],
  ["runtime/index.ts"],
  ["runtime/cli"],
];

const entries = Object.fromEntries(
  Object.entries<{ "shapewright-source"?: string }>(exports).flatMap(([path, { "shapewright-source": source }]) =>
    source ? [[name + path.slice(1), source.slice("./".length)]] : [],
  ),
);
// What the package imports under names of its own: of a choice, the part for Node.js, which imports the most.
for (const [path, { "shapewright-source": source }] of Object.entries<Record<string, { node: string }>>(own)) {
  entries[path] = source!.node.slice("./".length);
}
const layers: Layers = { root, packageName: name, entries, rules, levels };

const project = new Project({
  skipAddingFilesFromTsConfig: true,
  skipFileDependencyResolution: true,
  skipLoadingLibFiles: true,
});
project.addSourceFilesAtPaths([
  ...Object.keys(rules).map((folder) => `${root}/${folder}/**/*.ts`),
  // What `shapewright init` makes a project of is none of ours: a user's project imports what it likes.
  `!${root}/runtime/cli/init/template/**`,
]);
const imports = importsOf(project, layers);
const problems = [
  ...withoutLevel(project, layers),
  ...wrongImports(imports, layers),
  ...wrongGlobals(project, layers),
  ...circles(imports),
];

for (const problem of problems) console.error(problem);
if (problems.length > 0) {
  console.error(`\n${problems.length} wrong among ${imports.length} imports.`);
  process.exitCode = 1;
} else {
  console.log(`${imports.length} imports of ${project.getSourceFiles().length} files: all one way, none in a circle.`);
}

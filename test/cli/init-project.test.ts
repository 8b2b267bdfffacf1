import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { transformSync } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testedBackends } from "../support/backends.js";
import { filesWithoutType } from "../support/modelFiles.js";
import { compilers } from "../tools/compilers.js";
import { prelude } from "../tools/doc-prelude.js";
import { docPrograms } from "../tools/docPrograms.js";

// npm installs packages here, for minutes on a slow network.
const minutes = 60_000;
const repository = join(import.meta.dirname, "..", "..");

/** Runs a command line as CI does. */
function run(command: string, cwd: string, env: NodeJS.ProcessEnv = {}): SpawnSyncReturns<string> {
  return spawnSync(command, { cwd, shell: true, encoding: "utf8", env: { ...process.env, ...env } });
}

/** What a command printed; throws when it failed. */
function succeed(command: string, cwd: string): string {
  const { status, stdout, stderr } = run(command, cwd);
  if (status !== 0) throw new Error(`${command} ended with ${status}:\n${stdout}\n${stderr}`);
  return stdout;
}

/** A new project needs packages from npm's registry. SHAPEWRIGHT_REGISTRY=required makes it an error when there is none. */
function hasRegistry(): boolean {
  if (run("npm view tsd version --fetch-retries=0", repository).status === 0) return true;
  if (process.env.SHAPEWRIGHT_REGISTRY === "required") throw new Error("npm's registry does not answer");
  console.warn("Skipped: npm's registry does not answer, so that a new project cannot be installed");
  return false;
}

/** The package managers that README is tried with; `npm run test:managers` names all of them, which have to be there. */
const managers = (process.env.SHAPEWRIGHT_PACKAGE_MANAGERS ?? "npm").split(",");

describe.skipIf(!hasRegistry())("a project made by shapewright init, with the package as it is published", () => {
  let folder: string;
  let packed: string;
  let project: string;
  let modelFile: string;
  let modelText: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "shapewright-"));
    project = join(folder, "net");
    const [{ filename }] = JSON.parse(succeed(`npm pack --json --pack-destination "${folder}"`, repository));
    packed = join(folder, filename);
    const main = join(repository, "dist", "runtime", "cli", "main.js");
    succeed(`node "${main}" init net --shapewright "file:${packed}"`, folder);
    modelFile = join(project, "src", "model.ts");
    modelText = readFileSync(modelFile, "utf8");
  }, 5 * minutes);
  afterAll(() => rmSync(folder, { recursive: true, force: true }), minutes);

  test(
    "passes its own CI as made: every step of its workflow, literally",
    () => {
      const workflow = readFileSync(join(project, ".github", "workflows", "ci.yml"), "utf8");
      const steps = [...workflow.matchAll(/^ *- run: (.*)$/gm)].map(([, command]) => command!);
      expect(steps).toEqual([
        "npm ci",
        "npm run check -- --format github",
        "npm run build -- --check",
        "npm run test:types",
      ]);
      for (const step of steps) succeed(step, project);
    },
    5 * minutes,
  );

  test.each(compilers)(
    "its declarations hold by themselves under %s: without skipLibCheck, without @types/node, with and without dom",
    {
      timeout: 4 * minutes,
    },
    (compiler) => {
      const text = `
      import { isOp, type Node } from "shapewright/compiler";
      import { dataset } from "shapewright/data";
      import { open, openFunction } from "shapewright/runtime";
      import { program } from "./src/model.js";
      export * as kernels from "shapewright/kernels";
      export * as generated from "./generated.js";
      export const isAffine = (node: Node) => isOp(node, "affine");
      export async function run() {
        using session = await open(program);
        using f = await openFunction({}, () => ({}));
        return [session.backend, f.backend, dataset];
      }`;
      copyFileSync(join(repository, "test/emit/generated/mnist.train.ts"), join(project, "generated.ts"));
      const tsc = join(repository, "node_modules", compiler, "bin", "tsc");
      const holds = (source: string, options: object) => {
        writeFileSync(join(project, "tool.ts"), source);
        const strict = {
          noEmit: true,
          strict: true,
          skipLibCheck: false,
          types: [],
          module: "nodenext",
          target: "es2022",
        };
        const config = { compilerOptions: { ...strict, ...options }, files: ["tool.ts"] };
        writeFileSync(join(project, "tsconfig.tool.json"), JSON.stringify(config));
        succeed(`node "${tsc}" --project tsconfig.tool.json`, project);
      };
      holds(text, { lib: ["es2022"] });
      holds(text, { lib: ["es2022", "dom"], module: "esnext", moduleResolution: "bundler" });
      // Each part alone, under the fastest of them.
      for (const part of compiler === "typescript" ? ["compiler", "data", "kernels", "runtime"] : []) {
        holds(`export * from "shapewright/${part}";`, { lib: ["es2022"] });
      }
      for (const name of ["tool.ts", "generated.ts", "tsconfig.tool.json"]) rmSync(join(project, name));
    },
  );

  test.each(managers)(
    "README's first model runs in an empty folder, as README says for %s, and its commands look at it",
    {
      timeout: 3 * minutes,
    },
    (manager) => {
      const readme = readFileSync(join(repository, "README.md"), "utf8");
      const [model] = /(?<=\n## A model\n\n```ts\n).*?(?=```)/s.exec(readme)!;
      const home = join(folder, `first-${manager}`);
      mkdirSync(home);
      writeFileSync(join(home, "digits.ts"), model);
      symlinkSync(packed, join(home, "shapewright-0.1.0.tgz"));
      const [start] = /(?<=\n## Start\n).*?(?=\n## )/s.exec(readme)!;
      const blocks = [...start.matchAll(/```sh\n(.*?)```/gs)].map(([, lines]) => lines!.trim().split("\n"));
      const inline = [...start.matchAll(/`([^`\n]+)`/g)]
        .map(([, code]) => code!)
        .filter((code) => code.startsWith(`${manager} `) || code.startsWith(`${manager}x `));
      const [type, ...npmSteps] = blocks[1]!;
      const steps = { npm: npmSteps, yarn: blocks[2]! }[manager] ?? inline;
      for (const step of [type!, ...steps]) succeed(step, home);
      expect(steps.length).toBeGreaterThan(1);
      const execute = { npm: "npx", pnpm: "pnpm", yarn: "yarn", bun: "bunx" }[manager]!;
      expect(succeed(`${execute} shapewright summary digits.ts`, home)).toContain("digits.ts#program, batch = 1\n");
      succeed(`${execute} shapewright check digits.ts`, home);
      // Its page is bundled by the command, from the package's files.
      succeed(`${execute} shapewright graph digits.ts`, home);
      // A whole project, called by the manager.
      if (manager === "npm") return;
      const [command] = blocks[0]!.filter((line) => line.startsWith(manager));
      // Not in that folder, of whose project it would be a part.
      const around = join(folder, `around-${manager}`);
      mkdirSync(around);
      symlinkSync(packed, join(around, "shapewright-0.1.0.tgz"));
      succeed(command!, around);
      expect(succeed(`${manager} run train`, join(around, "my-model"))).toContain("Right on");
    },
  );

  test("README's and the docs' programs print in it what their pages say", { timeout: 2 * minutes }, async () => {
    const programs = await docPrograms(repository);
    // What those install who read such files.
    const { peerDependencies } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));
    for (const name of Object.keys(peerDependencies)) {
      const link = join(project, "node_modules", name);
      mkdirSync(dirname(link), { recursive: true });
      if (!existsSync(link)) symlinkSync(join(repository, "node_modules", name), link);
    }
    const home = join(project, "docs");
    mkdirSync(home);
    const write = (file: string, text: string) =>
      writeFileSync(join(home, file), transformSync(text, { loader: "ts", format: "esm", target: "es2022" }).code);
    write("prelude.mjs", prelude);
    for (const [i, { code }] of programs.entries()) write(`program-${i}.mjs`, code);
    const all = programs.map(
      ({ place }, i) => `console.log(${JSON.stringify(place)}); await import("./program-${i}.mjs").catch(told);`,
    );
    const told = "const told = ({ code, message }) => console.log([code, message].join(': '));";
    // What progress lines say, they say by console.info.
    write("all.mjs", ["console.info = () => {};", told, ...all].join("\n"));
    const printed = programs.flatMap(({ place, prints }) => [place, ...prints]);
    expect(succeed("node all.mjs", home)).toBe(`${printed.join("\n")}\n`);
    rmSync(home, { recursive: true });
  });

  test("trains, and has learnt it", { timeout: 2 * minutes }, () => {
    const [, percent] = /Right on ([\d.]+) % of 600 points/.exec(succeed("npm run train", project))!;
    expect(Number(percent)).toBeGreaterThan(95);
  });

  test("CI fails when the model has changed and was not built, until it is", { timeout: 2 * minutes }, () => {
    writeFileSync(modelFile, modelText.replaceAll("units: 64", "units: 32"));
    expect(run("npm run build -- --check", project).status).toBe(1);
    succeed("npm run build", project);
    // All that CI asks, as one asks it oneself.
    succeed("npm test", project);
    writeFileSync(modelFile, modelText);
  });

  test("CI fails on a mistake in a shape, and on a model that is not what its type test says", {
    timeout: 2 * minutes,
  }, () => {
    writeFileSync(modelFile, modelText.replace("dense(g, { units: 3 })", "dense(g, { units: 4 })"));
    const types = run("npm run test:types", project);
    expect(types.status).toBe(1);
    expect(types.stderr).toContain(`Tensor<["batch", 4], "float32">`);
    writeFileSync(modelFile, modelText.replace('input(["batch", 2])', 'input(["batch", "axes"])'));
    const { status, stdout } = run("npm run check -- --format github", project);
    expect(status).toBe(1);
    expect(stdout).toContain("::error file=src/model.ts,line=5");
    writeFileSync(modelFile, modelText);
  });

  test("backends are opened one after another without a word of tfjs, which is there twice", {
    timeout: minutes,
  }, () => {
    const program = `
      import { compile, dense, input, meanSquaredError, model, sgd } from "shapewright";
      import { eager, open } from "shapewright/runtime";
      await eager();
      const line = model({ x: input(["batch", 2]) }, ({ x }) => dense(x, { units: 1 }));
      for (const backend of ${JSON.stringify(testedBackends)}) {
        const session = await open(compile(line, { optimizer: sgd(), loss: meanSquaredError() }), { backend });
        console.log((await session.predict({ x: [[1, 2]] })).shape.join());
        session.dispose();
      }`;
    writeFileSync(join(project, "backends.mjs"), program);
    // This process has loaded TensorFlow, and set for itself what keeps it silent: who sets that is told all before it.
    const { stdout, stderr } = run("node backends.mjs", project, { TF_CPP_MIN_LOG_LEVEL: undefined });
    expect({ stdout, stderr }).toEqual({ stdout: "1,1\n".repeat(testedBackends.length), stderr: "" });
  });

  test("the command line takes models in a package without a type, too", { timeout: 2 * minutes }, () => {
    const inner = join(project, "commonjs");
    mkdirSync(inner);
    for (const [name, text] of Object.entries(filesWithoutType)) writeFileSync(join(inner, name), text);
    for (const name of ["model.ts", "model.js"]) {
      expect(succeed(`npx shapewright summary commonjs/${name}`, project)).toContain(`${name}#program, batch = 1`);
      succeed(`npx shapewright build commonjs/${name} --out commonjs/generated-${name}`, project);
    }
  });
});

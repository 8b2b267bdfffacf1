import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type BuildOptions, build } from "../../runtime/cli/build.js";
import { shapewright } from "../support/shapewright.js";

const repository = join(import.meta.dirname, "..", "..");

let folder: string;
let out: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "shapewright-"));
  out = join(folder, "generated");
  writeFileSync(join(folder, "package.json"), `{ "type": "module" }`);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Writes a source file; its first line imports what the language has that it names. */
function source(name: string, text: string): string {
  const path = join(folder, name);
  const language = join(repository, "compiler", "language.ts");
  writeFileSync(path, `import * as sw from ${JSON.stringify(language)};\n${text}`);
  return path;
}

const net = (units: number) =>
  `sw.model({ x: sw.input(["batch", 3]) }, ({ x }) => sw.dense(x, { units: ${units}, activation: sw.relu }))`;
const compiled = (model: string) =>
  `sw.compile(${model}, { optimizer: sw.adam(), loss: sw.sparseCategoricalCrossentropy({ fromLogits: true }), metrics: [sw.accuracy()] })`;

/** Runs the command. A file is loaded once a process, so that each text needs a name of its own. */
async function run(file: string, options: Partial<BuildOptions> = {}) {
  const lines: string[] = [];
  const terminal = {
    out: (text: string) => lines.push(text),
    err: (text: string) => lines.push(`stderr: ${text}`),
    style: (_: unknown, text: string) => text,
    columns: 80,
    styleError: (_: unknown, text: string) => text,
  };
  const code = await build(file, { out, ...options }, terminal);
  return { code, lines: lines.map((line) => line.replaceAll(folder, "~")) };
}

/** Every file of the output folder with its content. */
function contents(): Record<string, string> {
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(paths.map((path) => [path.slice(out.length + 1), readFileSync(path, "latin1")]));
}

const manifest = (name: string) => JSON.parse(readFileSync(join(out, `${name}.manifest.json`), "utf8"));

describe("a model and a program", () => {
  test("are written; a second build finds all unchanged and touches nothing", async () => {
    const file = source("a.ts", `export const net = ${net(4)};\nexport const program = ${compiled("net")};`);
    expect(await run(file)).toEqual({
      code: 0,
      lines: [
        "written      ~/generated/net.manifest.json",
        "written      ~/generated/net.predict.ts",
        "written      ~/generated/net/saved_model.pb",
        "written      ~/generated/program.manifest.json",
        "written      ~/generated/program.train.ts",
        "written      ~/generated/program.predict.ts",
        "written      ~/generated/program/saved_model.pb",
      ],
    });
    const before = contents();
    const long = new Date("2001-02-03");
    for (const path of Object.keys(before)) utimesSync(join(out, path), long, long);
    expect(await run(file)).toEqual({ code: 0, lines: ["unchanged    7 files in ~/generated"] });
    expect(await run(file, { check: true })).toEqual({ code: 0, lines: ["unchanged    7 files in ~/generated"] });
    for (const path of Object.keys(before)) expect(statSync(join(out, path)).mtime).toEqual(long);

    out = join(folder, "again");
    await run(file);
    expect(contents()).toEqual(before);
    const head = (name: string) => before[name]!.split("\n")[1];
    expect(head("program.train.ts")).toBe(" * The training of `program` in ../a.ts: one step as straight-line code.");
    expect(head("net.predict.ts")).toBe(" * The prediction of `net` in ../a.ts: the model as straight-line code.");
  });

  test("the manifest says what they are", async () => {
    const model = `sw.model({ x: sw.input(["batch", 3]) }, ({ x }) => {
      const scale = sw.variable("scale", [2], sw.ones(), { trainable: false });
      return sw.multiply(sw.dense(x, { units: 2 }), scale);
    })`;
    await run(source("b.ts", `export const net = ${model};\nexport const program = ${compiled("net")};`));
    const [lone, whole] = [manifest("net"), manifest("program")];
    expect(whole).toMatchObject({
      version: 1,
      name: "program",
      kind: "program",
      source: "../b.ts",
      inputs: [{ name: "x", shape: ["batch", 3], dtype: "float32" }],
      outputs: [{ name: "output", shape: ["batch", 2], dtype: "float32" }],
      training: {
        targets: [{ name: "target", shape: ["batch"], dtype: "int32", classes: 2 }],
        losses: { output: "sparseCategoricalCrossentropy" },
        metrics: ["accuracy"],
        optimizer: { name: "adam", learningRate: 0.001 },
        state: [
          { name: "optimizer/dense/bias/firstMoment", shape: [2], dtype: "float32", count: 2 },
          { name: "optimizer/dense/bias/secondMoment", shape: [2], dtype: "float32", count: 2 },
          { name: "optimizer/dense/kernel/firstMoment", shape: [3, 2], dtype: "float32", count: 6 },
          { name: "optimizer/dense/kernel/secondMoment", shape: [3, 2], dtype: "float32", count: 6 },
          { name: "optimizer/learningRate", shape: [], dtype: "float32", count: 1 },
          { name: "optimizer/steps", shape: [], dtype: "int32", count: 1 },
        ],
      },
      parameters: [
        {
          name: "dense/kernel",
          shape: [3, 2],
          dtype: "float32",
          count: 6,
          trainable: true,
          initializer: "glorotUniform",
        },
        { name: "dense/bias", shape: [2], dtype: "float32", count: 2, trainable: true, initializer: "constant(0)" },
        { name: "scale", shape: [2], dtype: "float32", count: 2, trainable: false, initializer: "constant(1)" },
      ],
      totals: { parameters: 10, trainable: 8, nonTrainable: 2 },
    });
    expect(Object.keys(whole.graphs)).toEqual(["train", "evaluate", "predict"]);
    expect(lone).toMatchObject({ name: "net", kind: "model", parameters: whole.parameters, totals: whole.totals });
    expect(lone.training).toBeUndefined();
    expect(lone.graphs).toEqual({ predict: whole.graphs.predict });
    for (const { path, sha256 } of whole.files) {
      expect(sha256).toBe(
        createHash("sha256")
          .update(readFileSync(join(out, path)))
          .digest("hex"),
      );
    }
  });
});

test("a probable mistake in a model is told, once, whether it is compiled or not", async () => {
  const chain = `sw.model({ x: sw.input(["batch", 3]) }, ({ x }) => sw.dense(sw.dense(x, { units: 9 }), { units: 2 }))`;
  const message =
    "dense → dense_1 without an activation between them is one affine map, [3, 9] · [9, 2] = [3, 2]: " +
    "give dense an activation, { units: 9, activation: relu }, or leave it out";
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  try {
    const { lines } = await run(source("w.ts", `export const net = ${chain};`));
    expect(lines[0]).toBe(`stderr: shapewright: ${message}`);
    expect(warn).not.toHaveBeenCalled();
    const both = await run(source("w2.ts", `export const one = ${chain};\nexport const two = ${compiled("one")};`));
    expect(both.lines.filter((line) => line.startsWith("stderr"))).toEqual([]);
    expect(warn.mock.calls).toEqual([[`shapewright: ${message}`]]);
  } finally {
    warn.mockRestore();
  }
});

describe("--check", () => {
  test("names what is missing, stale and superfluous, writes nothing, and exits with 1", async () => {
    const first = source("c.ts", `export const net = ${net(4)};\nexport const old = ${net(5)};`);
    expect((await run(first)).code).toBe(0);
    // The same file a day later: `net` has grown, `old` is gone, `more` is new.
    rmSync(first);
    const second = source("c2.ts", `export const net = ${net(6)};\nexport const more = ${net(7)};`);
    for (const name of ["net", "old"]) {
      const path = join(out, `${name}.manifest.json`);
      writeFileSync(path, readFileSync(path, "utf8").replace("../c.ts", "../c2.ts"));
    }
    const before = contents();
    const files = [
      { path: "more.manifest.json", state: "missing" },
      { path: "more.predict.ts", state: "missing" },
      { path: "more/saved_model.pb", state: "missing" },
      { path: "net.manifest.json", state: "stale" },
      { path: "net.predict.ts", state: "stale" },
      { path: "net/saved_model.pb", state: "stale" },
      { path: "old.predict.ts", state: "superfluous" },
      { path: "old/saved_model.pb", state: "superfluous" },
      { path: "old.manifest.json", state: "superfluous" },
    ];
    expect(await run(second, { check: true })).toEqual({
      code: 1,
      lines: [
        ...files.map(({ path, state }) => `${state.padEnd(11)}  ~/generated/${path}`),
        "Run: npx shapewright build ~/c2.ts --out ~/generated",
      ],
    });
    const { code, lines } = await run(second, { check: true, json: true });
    expect(code).toBe(1);
    expect(JSON.parse(lines.at(-1)!)).toEqual({ source: "~/c2.ts", out: "~/generated", upToDate: false, files });
    expect(contents()).toEqual(before);

    const written = await run(second, { json: true });
    const outcomes = files.map(({ path, state }) => ({ path, state: state === "superfluous" ? "removed" : "written" }));
    expect(JSON.parse(written.lines.at(-1)!).files).toEqual(outcomes);
    expect(Object.keys(contents())).toEqual([
      "more.manifest.json",
      "more.predict.ts",
      "more/saved_model.pb",
      "net.manifest.json",
      "net.predict.ts",
      "net/saved_model.pb",
    ]);
    expect(existsSync(join(out, "old"))).toBe(false);
    expect((await run(second, { check: true })).code).toBe(0);
  });
});

describe("FILE#NAME", () => {
  test("builds that export alone, and leaves what was built of others", async () => {
    const file = source("n.ts", `export const net = ${net(4)};\nexport const other = ${net(5)};`);
    await run(`${file}#net`);
    expect(Object.keys(contents())).toEqual(["net.manifest.json", "net.predict.ts", "net/saved_model.pb"]);
    await run(`${file}#other`);
    const both = contents();
    expect(await run(file, { check: true })).toMatchObject({ code: 0 });
    rmSync(join(out, "net.predict.ts"));
    expect(await run(`${file}#other`, { check: true })).toMatchObject({ code: 0 });
    expect(await run(`${file}#net`, { check: true })).toEqual({
      code: 1,
      lines: [
        "missing      ~/generated/net.predict.ts",
        "unchanged    2 files in ~/generated",
        "Run: npx shapewright build '~/n.ts#net' --out ~/generated",
      ],
    });
    await run(`${file}#net`);
    expect(contents()).toEqual(both);
  });

  test("tells of what compile has told already only once", async () => {
    const linear = (units: number) =>
      `sw.model({ x: sw.input(["batch", 3]) }, ({ x }) => sw.dense(sw.dense(x, { units: ${units} }), { units: 2 }))`;
    const text = `const told = { onWarning: () => {} };
export const net = ${linear(4)};
export const program = sw.compile(net, { optimizer: sw.adam(), loss: sw.meanSquaredError(), ...told });
export const alone = ${linear(5)};`;
    const file = source("o.ts", text);
    const warnings = async (target: string) =>
      (await run(target)).lines.filter((line) => line.startsWith("stderr:")).length;
    expect([await warnings(`${file}#net`), await warnings(`${file}#alone`)]).toEqual([0, 1]);
  });

  test("a file with # in its name is that file", () => {
    const file = source("p#net.ts", `export const net = ${net(4)};`);
    expect(shapewright("build", file, "--out", out)).toMatchObject({ status: 0, stderr: "" });
  });
});

test.each([["build", "--out", "generated"], ["summary"], ["explain"], ["graph", "--dot"]])(
  "%s takes FILE#NAME, and says which names there are",
  (command, ...options) => {
    const file = source("q.ts", `export const net = ${net(4)};\nexport const other = ${net(5)};`);
    const rest = options.map((option) => (option === "generated" ? out : option));
    expect(shapewright(command, `${file}#nett`, ...rest)).toEqual({
      status: 2,
      stdout: "",
      stderr: `shapewright: ${file} exports no model or program named "nett"; there are net, other. Did you mean "net"?\n`,
    });
    expect(shapewright(command, `${file}#net`, ...rest)).toMatchObject({ status: 0, stderr: "" });
  },
);

describe("is refused, with the folder left as it is", () => {
  const refusal = async (file: string, options: Partial<BuildOptions> = {}) => {
    const before = existsSync(out) && statSync(out).isDirectory() ? contents() : undefined;
    const error = await run(file, options).then(
      () => undefined,
      (thrown: Error & { exitCode: number }) => thrown,
    );
    if (before) expect(contents()).toEqual(before);
    else expect(existsSync(join(out, "net.manifest.json"))).toBe(false);
    return [error?.exitCode, error?.message.replaceAll(folder, "~")];
  };

  test("one export that fails: nothing of the others is written", async () => {
    await run(source("d.ts", `export const net = ${net(4)};`));
    renameSync(join(folder, "d.ts"), join(folder, "d0.ts"));
    const own = `{ name: "mine", sample: (shape) => new Float32Array(shape[0]).fill(1) }`;
    const wrong = `sw.model({ x: sw.input(["n", 3]) }, ({ x }) => sw.dense(x, { units: 2, kernelInitializer: ${own} }))`;
    expect(await refusal(source("d2.ts", `export const net = ${net(5)};\nexport const wrong = ${wrong};`))).toEqual([
      1,
      '~/d2.ts#wrong: variable "dense/kernel": its initializer "mine" gave 3 values for [3, 2], which holds 6',
    ]);
  });

  test("an initializer that gives other values each time", async () => {
    const own = `{ name: "mine", sample: (shape) => Float32Array.from({ length: 6 }, () => Math.random()) }`;
    const wrong = `sw.model({ x: sw.input(["n", 3]) }, ({ x }) => sw.dense(x, { units: 2, kernelInitializer: ${own} }))`;
    expect(await refusal(source("e.ts", `export const net = ${wrong};`))).toEqual([
      1,
      '~/e.ts#net: variable "dense/kernel": its initializer "mine" gives other values each time, so that no build would ' +
        "be like the one before; draw from the generator that sample() is given",
    ]);
  });

  test("names that differ in case alone, and names that no file can have", async () => {
    expect(await refusal(source("f.ts", `export const net = ${net(4)};\nexport const Net = ${net(5)};`))).toEqual([
      1,
      '~/f.ts: the exports "Net" and "net" differ in case alone, which many file systems do not tell apart; rename one',
    ]);
    expect(await refusal(source("g.ts", `const net = ${net(4)};\nexport { net as "../net" };`))).toEqual([
      1,
      '~/g.ts: no file can be named after the export "../net"; rename it',
    ]);
    expect(await refusal(source("l.ts", `export const Con = ${net(4)};`))).toEqual([
      1,
      '~/l.ts: Windows has no files that are named after the export "Con"; rename it',
    ]);
  });

  test("files that something else has written, or that were built from another file", async () => {
    const file = source("h.ts", `export const net = ${net(4)};`);
    mkdirSync(join(out, "net"), { recursive: true });
    writeFileSync(join(out, "net", "saved_model.pb"), "trained");
    expect(await refusal(file)).toEqual([
      1,
      "~/generated/net/saved_model.pb was not written by shapewright build; choose another folder, or take it away",
    ]);
    rmSync(join(out, "net"), { recursive: true });
    await run(file);
    expect(await refusal(source("i.ts", `export const net = ${net(5)};`))).toEqual([
      1,
      "~/generated/net.manifest.json was built from ~/h.ts; choose another folder, or another name for the export",
    ]);
  });

  test.each([
    ["null"],
    ['{"version":1,"name":"net"}'],
    ['{"version":1,"name":"net","source":5,"files":[]}'],
    ['{"version":1,"name":"net","source":"../m.ts","files":[null]}'],
    ['{"version":1,"name":"net","source":"../m.ts","files":[{"path":'],
  ])("a manifest that is none: %s", async (content) => {
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, "net.manifest.json"), content);
    expect(await refusal(source("m.ts", `export const net = ${net(4)};`))).toEqual([
      1,
      "~/generated/net.manifest.json was not written by shapewright build; choose another folder, or take it away",
    ]);
  });

  test("an output folder that is a file, or stands in one", async () => {
    const file = source("j.ts", `export const net = ${net(4)};`);
    writeFileSync(out, "");
    expect(await refusal(file)).toEqual([2, "--out: ~/generated is a file, not a folder"]);
    out = join(out, "deeper");
    expect(await refusal(file)).toEqual([1, "~/generated/deeper cannot be used: ENOTDIR: not a directory"]);
    out = "";
    expect(await refusal(file)).toEqual([2, '--out: "" is not the path of a folder; write one, such as generated']);
  });

  test("a source file that is not there", async () => {
    source("model.ts", "");
    expect(await refusal(join(folder, "modle.ts"))).toEqual([
      2,
      'There is no file ~/modle.ts. Did you mean "model.ts"?',
    ]);
  });
});

test("as a process: what the file prints goes to stderr, and the report is the last line", () => {
  const file = source("k.ts", `console.log("loading");\nexport const net = ${net(4)};`);
  expect(shapewright("build", file, "--out", out)).toEqual({
    status: 0,
    stdout: ["net.manifest.json", "net.predict.ts", "net/saved_model.pb"]
      .map((path) => `written      ${out}/${path}\n`)
      .join(""),
    stderr: "loading\n",
  });
  rmSync(join(out, "net", "saved_model.pb"));
  expect(shapewright("build", file, "--out", out, "--check", "--json")).toEqual({
    status: 1,
    stdout: `${JSON.stringify({
      source: file,
      out,
      upToDate: false,
      files: [
        { path: "net.manifest.json", state: "unchanged" },
        { path: "net.predict.ts", state: "unchanged" },
        { path: "net/saved_model.pb", state: "missing" },
      ],
    })}\n`,
    stderr: "loading\n",
  });
}, 120_000);

test("what stands behind the check for the main module does not run", () => {
  const file = source(
    "r.ts",
    `import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
export const net = ${net(4)};
console.error("loaded");
if (realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) console.error("trained");`,
  );
  expect(shapewright("build", file, "--out", out)).toMatchObject({ status: 0, stderr: "loaded\n" });
  const tsx = ["--import", "tsx", file];
  expect(spawnSync(process.execPath, tsx, { cwd: repository, encoding: "utf8" }).stderr).toBe("loaded\ntrained\n");
});

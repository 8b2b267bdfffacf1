import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { Log } from "sarif";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Finding } from "../../runtime/check/finding.js";
import { formatGithub } from "../../runtime/check/format/github.js";
import { sarifLog } from "../../runtime/check/format/sarif.js";
import { formatText } from "../../runtime/check/format/text.js";
import { sourceFiles } from "../../runtime/check/source-files.js";
import { check } from "../../runtime/cli/check.js";
import { CommandError } from "../../runtime/files/command-error.js";
import { installPackage } from "../support/installPackage.js";

const repository = resolve(import.meta.dirname, "../..");
const root = realpathSync(mkdtempSync(join(tmpdir(), "shapewright-check-")));
afterAll(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): string {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  return join(root, path);
}

/** Runs the command without colours, and gives what it prints. */
async function run(paths: readonly string[], format: "text" | "github" | "sarif" | "json" = "text") {
  const lines: string[] = [];
  const plain = (_: unknown, text: string) => text;
  const terminal = {
    out: (line: string) => void lines.push(line),
    err: () => expect.fail("nothing goes to stderr"),
    style: plain,
    columns: 80,
    styleError: plain,
  };
  const code = await check(paths, { format }, { terminal, root, version: "1.2.3" });
  return { code, text: lines.join("\n") };
}

const imports = `import { array, compile, conv2d, dense, dot, flatten, input, maxPooling2d, meanSquaredError, model, relu, sequential, sgd, variable, zeros } from "shapewright";
import { open } from "shapewright/runtime";
`;

let good = "";
let plain = "";
let wrong = "";
beforeAll(async () => {
  // As in a user's project: Shapewright among the dependencies, and no path mapping.
  await installPackage(root);
  symlinkSync(join(repository, "node_modules/@types"), join(root, "node_modules/@types"));
  write("package.json", JSON.stringify({ type: "module" }));
  const compilerOptions = { module: "nodenext", target: "es2022", strict: true, skipLibCheck: true, types: ["node"] };
  write("tsconfig.json", JSON.stringify({ compilerOptions, include: ["src"] }));
  good = write(
    "src/good.ts",
    `import { dense, input } from "shapewright";\nexport const y = dense(input(["batch", 4]), { units: 2 });\n`,
  );
  plain = write("src/plain.ts", `export const count: number = "three";\nconsole.log(import.meta.url, count);\n`);
  wrong = write(
    "src/wrong.ts",
    `import { dot, input, variable, zeros } from "shapewright";\nexport const y = dot(input(["batch", 784]), variable("W", [100, 10], zeros()));\n`,
  );
});

describe("the command", { timeout: 60_000 }, () => {
  test("ends with 0 and one line when nothing is wrong", async () => {
    expect(await run([good])).toEqual({ code: 0, text: "1 file: no mistakes" });
  });

  test("ends with 1 when something is, and counts", async () => {
    const { code, text } = await run([good, plain, wrong]);
    expect(code).toBe(1);
    expect(text.split("\n").at(-1)).toBe("2 mistakes in 2 of 3 files");
  });

  test("reports what is no mistake of shape as TypeScript says it, in the order of the files", async () => {
    const { text } = await run([wrong, plain], "json");
    const { mistakes } = JSON.parse(text) as { mistakes: { rule: string; line: number; message: string }[] };
    expect(mistakes).toMatchObject([
      { rule: "dot-axes", file: "src/wrong.ts", line: 2, column: 45 },
      {
        rule: "TS2322",
        file: "src/plain.ts",
        line: 1,
        column: 14,
        message: "Type 'string' is not assignable to type 'number'.",
      },
    ]);
  });

  test("prints nothing in GitHub's format when nothing is wrong", async () => {
    expect(await run([good], "github")).toEqual({ code: 0, text: "" });
  });

  test("checks a file above which there is no tsconfig.json under strict defaults", async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "shapewright-bare-")));
    try {
      writeFileSync(join(folder, "bare.ts"), "export function f(x) { console.log([x].at(-1)); }\n");
      const { code, text } = await run([join(folder, "bare.ts")], "json");
      expect(code).toBe(1);
      expect(JSON.parse(text).mistakes).toMatchObject([{ rule: "TS7006" }]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("reports a broken tsconfig.json", async () => {
    write("broken/tsconfig.json", JSON.stringify({ compilerOptions: { strikt: true } }));
    const { code, text } = await run([write("broken/a.ts", "export {};\n")]);
    expect(code).toBe(1);
    expect(text).toContain("Unknown compiler option 'strikt'");
  });

  test("leaves alone what tsconfig.json lists and is not there", async () => {
    write("listed/tsconfig.json", JSON.stringify({ files: ["a.ts", "generated.ts"] }));
    expect(await run([write("listed/a.ts", "export const one = 1;\n")])).toMatchObject({ code: 0 });
  });

  test("takes options that are older than its compiler", async () => {
    const compilerOptions = {
      baseUrl: ".",
      module: "esnext",
      moduleResolution: "node10",
      target: "es2022",
      strict: true,
    };
    write("older/tsconfig.json", JSON.stringify({ compilerOptions }));
    expect(await run([write("older/a.ts", "export const one = 1;\n")])).toMatchObject({ code: 0 });
  });

  test("reports a syntax error", async () => {
    const { text } = await run([write("src/syntax.ts", "export const x = ;\n")]);
    expect(text).toContain("Expression expected.");
  });
});

test("texts in TypeScript's messages may hold what JSON has not", { timeout: 60_000 }, async () => {
  const file = write(
    "src/escapes.ts",
    'declare function takes(text: "\\0" | "\\v"): void;\ntakes("b" as string);\nexport {};\n',
  );
  const { code, text } = await run([file]);
  expect(code).toBe(1);
  expect(text).toContain(`Argument of type 'string' is not assignable to parameter of type '"\\0" |\n  "\\v"'.`);
});

test("a line that ends as only TypeScript has it does not move the frame", { timeout: 60_000 }, async () => {
  const lines = ["export const text = 'a\u2028b';", "const n: number = {", ...Array(8).fill("  // more"), "};"];
  const { text } = await run([write("src/separator.ts", lines.join("\n"))]);
  expect(text).toContain("> 3 | const n: number = {");
});

test("a tsconfig.json that is no JSON is a mistake, and one of the options alone has no file", {
  timeout: 60_000,
}, async () => {
  write("torn/tsconfig.json", '{ "compilerOptions": { "strict": true ');
  write("typed/tsconfig.json", JSON.stringify({ compilerOptions: { types: ["none-such"] } }));
  const files = ["torn", "typed"].map((folder) => write(`${folder}/empty.ts`, "export {};\n"));
  const { code, text } = await run(files, "json");
  expect(code).toBe(1);
  const { mistakes } = JSON.parse(text) as { mistakes: { file: string; message: string }[] };
  expect(mistakes.map(({ file, message }) => [file, message.split("\n")[0]])).toEqual([
    ["", "Cannot find type definition file for 'none-such'."],
    ["torn/tsconfig.json", "'}' expected."],
  ]);
});

describe("the files", () => {
  test("of a folder are its TypeScript, without dependencies, declarations and what is hidden", () => {
    for (const path of ["a.ts", "b.tsx", "c/d.mts", "e.d.ts", "f.js", ".hidden/g.ts", "node_modules/h.ts"]) {
      write(`tree/${path}`, "export {};\n");
    }
    // What leads nowhere, and what would be waited for.
    symlinkSync(join(root, "nowhere.ts"), join(root, "tree/gone.ts"));
    if (process.platform !== "win32") spawnSync("mkfifo", [join(root, "tree/pipe.ts")]);
    const found = sourceFiles([join(root, "tree"), join(root, "tree/a.ts")]);
    expect(found).toEqual(["a.ts", "b.tsx", "c/d.mts"].map((path) => join(root, "tree", path)));
  });

  test.each([
    ["src/god.ts", 'There is no file src/god.ts. Did you mean "good.ts"?'],
    ["sources/good.ts", "There is no folder"],
    ["package.json", "is no TypeScript file (.ts, .tsx, .mts, .cts)"],
  ])("%s is refused with exit code 2", (path, message) => {
    const error = (() => {
      try {
        return sourceFiles([join(root, path)]);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(CommandError);
    expect((error as CommandError).exitCode).toBe(2);
    expect((error as CommandError).message.replaceAll(`${root}/`, "")).toContain(message);
  });

  test("an empty folder is refused", () => {
    mkdirSync(join(root, "empty"));
    expect(() => sourceFiles([join(root, "empty")])).toThrow("There are no TypeScript files in");
  });
});

// Each file with the chains of its only mistake that has some.
const chained: Readonly<Record<string, { code: string; chains: string[][]; what?: string }>> = {
  "a sequential within a sequential": {
    code: `export const y = sequential(
      sequential(input(["batch", 20, 20, 3]), conv2d({ filters: 8, kernelSize: 5 }), maxPooling2d()),
      flatten(),
      maxPooling2d(),
      dense({ units: 1 }),
    );`,
    chains: [
      [
        'input(["batch", 20, 20, 3]): [batch, 20, 20, 3]',
        "conv2d(filters: 8, kernelSize: 5): [batch, 16, 16, 8]",
        "maxPooling2d(): [batch, 8, 8, 8]",
        "flatten(): [batch, 512]",
        "maxPooling2d()",
      ],
    ],
  },
  "variables and other files": {
    code: `import { hidden } from "./block.js";
const W = variable("W", [9, 2], zeros());
export const y = dot(relu(hidden), W);`,
    chains: [
      [
        'features = input(["batch", 12]): [batch, 12]',
        "hidden = dense(units: 8, activation: relu): [batch, 8]",
        "relu(): [batch, 8]",
      ],
      ['W = variable("W", [9, 2], zeros()): [9, 2]'],
    ],
  },
  "a session to its model's output": {
    code: `const line = model({ x: input(["batch", 3]) }, (inputs) => {
  const h = dense(inputs.x, { units: 4 });
  return dense(h, { units: 2 });
});
const session = await open(compile(line, { optimizer: sgd(), loss: meanSquaredError() }));
const wanted = array(new Float32Array(10), [5, 1, 2]);
await session.fit({ x: array(new Float32Array(15), [5, 3]) }, wanted);`,
    chains: [
      [
        "the model's output",
        'input(["batch", 3]): [batch, 3]',
        "h = dense(units: 4): [batch, 4]",
        "dense(units: 2): [batch, 2]",
      ],
      ["the targets", "wanted = array(new Float32Array(10), [5, 1, 2]): [5, 1, 2]"],
    ],
  },
  "a namespace of functions": {
    code: `import * as sw from "shapewright";
export const y = sw.conv2d(sw.dense(sw.input(["batch", 28]), { units: 9 }), { filters: 1, kernelSize: 3 });`,
    chains: [['input(["batch", 28]): [batch, 28]', "dense(units: 9): [batch, 9]"]],
  },
  "where they would go in a circle": {
    code: `const a = relu(a);
let again = dense(input(["batch", 4]), { units: 3 });
again = dense(again, { units: 3 });
export const y = [conv2d(again, { filters: 1, kernelSize: 3 }), conv2d(a, { filters: 1, kernelSize: 3 })];`,
    chains: [["again: [batch, 3]"]],
  },
  "what a generic function calculates of its type parameters": {
    code: `import { concat, type Dim, type Tensor, upSampling2d } from "shapewright";
export function level<B extends Dim, H extends Dim, W extends Dim>(x: Tensor<[B, H, W, 3]>) {
  const up = upSampling2d(maxPooling2d(x));
  return concat([x, up], -1);
}`,
    chains: [
      ["x: [B, H, W, 3]"],
      [
        "x: [B, H, W, 3]",
        "maxPooling2d(): [B, Floor<H, 2>, Floor<W, 2>, 3]",
        "up = upSampling2d(): [B, Times<Floor<H, 2>, 2>, Times<Floor<W, 2>, 2>, 3]",
      ],
    ],
    what: "concat: [B, H, W, 3] and [B, Times<Floor<H, 2>, 2>, Times<Floor<W, 2>, 2>, 3] need not fit for every size that the type parameters may stand for.",
  },
  "a shape of which the rank is a type parameter's": {
    code: `import { add, type Shape, type Tensor } from "shapewright";
export const wide = <B extends Shape, N extends number>(x: Tensor<[...B, N]>) => add(x, dense(x, { units: 64 }));`,
    chains: [["x: [...B, N]"], ["x: [...B, N]", "dense(units: 64): [...B, 64]"]],
    what: "add: [...B, N] and [...B, 64] need not fit for every size that the type parameters may stand for: N need not be 64.",
  },
  "sizes of a generic function that are broadcast": {
    code: `import { type Dim, mean, subtract, type Tensor } from "shapewright";
export const centred = <B extends Dim, T extends Dim, C extends number>(x: Tensor<[B, T, C]>) => subtract(x, mean(x, { axis: -1 }));`,
    chains: [["x: [B, T, C]"], ["x: [B, T, C]", "mean(axis: -1): [B, T]"]],
    what: "subtract: [B, T, C] and [B, T] need not fit for every size that the type parameters may stand for: C need not be T.",
  },
  "sizes of a generic function that are summed over": {
    code: `import { type Dim, matmul, type Tensor } from "shapewright";
export const own = <B extends Dim, T extends Dim, C extends number>(x: Tensor<[B, T, C]>) => matmul(x, x);`,
    chains: [["x: [B, T, C]"]],
    what: "matmul: [B, T, C] and [B, T, C] need not fit for every size that the type parameters may stand for: C need not be T.",
  },
  "a shape in a generic function that is another": {
    code: `import { type Dim, reshape, type Tensor } from "shapewright";
export const spread = <B extends Dim, C extends number>(x: Tensor<[B, C]>) => reshape(x, [x.shape[0], x.shape[1], 2]);`,
    chains: [["x: [B, C]"]],
    what: "reshape: [B, C] need not be taken for every size that the type parameters may stand for.",
  },
  "what a layer of a generic function is given": {
    code: `import { type Dim, maxPooling1d, type Tensor } from "shapewright";
export const pooled = <T extends Dim>(x: Tensor<["batch", T, 4]>) => sequential(x, maxPooling1d(), conv2d({ filters: 3, kernelSize: 3 }));`,
    chains: [["x: [batch, T, 4]", "maxPooling1d(): [batch, Floor<T, 2>, 4]", "conv2d(filters: 3, kernelSize: 3)"]],
    what: "conv2d takes images as [batch, height, width, channels], but this is [batch, Floor<T, 2>, 4].",
  },
  "a function's parameter, where they end": {
    code: `import type { Tensor } from "shapewright";
export const head = (x: Tensor<["batch", 7]>) => dot(x, variable("W", [6, 1], zeros()));`,
    chains: [["x: [batch, 7]"], ['variable("W", [6, 1], zeros()): [6, 1]']],
  },
};

describe("the shapes that led there go back to", () => {
  type Mistake = {
    file: string;
    what?: string;
    chains?: { label?: string; steps: { name: string; shape?: string }[] }[];
  };
  const fileOf = (name: string) => `src/${name.replaceAll(/\W+/g, "-")}.ts`;
  let mistakes: Mistake[] = [];
  beforeAll(async () => {
    write(
      "src/block.ts",
      `import { dense, input, relu } from "shapewright";
export const features = input(["batch", 12]);
export const hidden = dense(features, { units: 8, activation: relu });
`,
    );
    const files = Object.entries(chained).map(([name, { code }]) => write(fileOf(name), imports + code));
    mistakes = JSON.parse((await run(files, "json")).text).mistakes;
  }, 60_000);

  test.each(Object.entries(chained))("%s", (name, { chains, what }) => {
    const [mistake] = mistakes.filter((mistake) => mistake.file === fileOf(name) && mistake.chains);
    const told = mistake!.chains!.map(({ label, steps }) => [
      ...(label === undefined ? [] : [label]),
      ...steps.map(({ name, shape }) => (shape === undefined ? name : `${name}: ${shape}`)),
    ]);
    expect(told).toEqual(chains);
    if (what !== undefined) expect(mistake!.what).toBe(what);
  });
});

const finding: Finding = {
  rule: "dot-axes",
  place: { file: join(root, "src/a,b.ts"), start: 0, end: 3, line: 3, column: 5, endLine: 3, endColumn: 8 },
  message: "m",
  explained: { title: "50 %: a, b", what: "one\r\ntwo", chains: [], fix: { words: "use { units: 1 }.", edits: [] } },
};

test("GitHub's format escapes what would end a property or a line", () => {
  const report = { findings: [finding], files: [finding.place.file], root };
  expect(formatGithub(report)).toBe(
    "::error file=src/a%2Cb.ts,line=3,endLine=3,col=5,endColumn=8,title=50 %25%3A a%2C b::one%0D%0Atwo%0AFix: use { units: 1 }.",
  );
  const long = { ...finding, place: { ...finding.place, endLine: 4 } };
  expect(formatGithub({ ...report, findings: [long] })).toContain("line=3,endLine=4,title=");
});

test("SARIF is of version 2.1.0 and hangs together", { timeout: 60_000 }, async () => {
  const { text } = await run([wrong, plain], "sarif");
  const log = JSON.parse(text) as Log;
  expect(log.version).toBe("2.1.0");
  const [run_] = log.runs;
  const { driver } = run_!.tool;
  expect(driver).toMatchObject({ name: "shapewright check", version: "1.2.3" });
  const ids = driver.rules!.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const rule of driver.rules!) expect(rule.shortDescription!.text).not.toBe("");
  expect(run_!.results!.map(({ ruleId }) => ruleId)).toEqual(["dot-axes", "TS2322"]);
  for (const { ruleId, ruleIndex, level, message, locations } of run_!.results!) {
    expect(ids[ruleIndex!]).toBe(ruleId);
    expect(level).toBe("error");
    expect(message.text).not.toBe("");
    const { artifactLocation, region } = locations![0]!.physicalLocation!;
    expect(artifactLocation!.uri).toMatch(/^src\/\w+\.ts$/);
    expect(region!.startLine).toBeGreaterThan(0);
    expect(region!.startColumn).toBeGreaterThan(0);
    expect(region!.endColumn! > region!.startColumn! || region!.endLine! > region!.startLine!).toBe(true);
  }
  const [change] = run_!.results![0]!.fixes![0]!.artifactChanges;
  expect(change!.replacements).toEqual([
    {
      deletedRegion: { charOffset: readFileSync(wrong, "utf8").indexOf("100"), charLength: 3 },
      insertedContent: { text: "784" },
    },
  ]);
});

test("SARIF's braces are doubled, and its types are those of the standard", () => {
  const log: Log = sarifLog({ findings: [finding], files: [finding.place.file], root }, "1.2.3");
  expect(log.runs[0]!.results![0]!.message.text).toBe("one\r\ntwo\nFix: use {{ units: 1 }}.");
});

test("text is cut to the columns there are, around the mistake", () => {
  const path = write("src/long.ts", `const a = 1; ${"/* far */ ".repeat(12)}const there = a;\n`);
  const place = { file: path, start: 133, end: 144, line: 1, column: 134, endLine: 1, endColumn: 145 };
  const report = { findings: [{ rule: "TS1", place, message: `${"word ".repeat(30)}` }], files: [path], root };
  const text = formatText(report, { style: (_, text) => text, colored: false, width: 60 });
  for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(60);
  const [code, marks] = text.split("\n").slice(2);
  const from = marks!.indexOf("^");
  expect(code!.slice(from, marks!.lastIndexOf("^") + 1)).toBe(
    "const there".slice(0, marks!.lastIndexOf("^") + 1 - from),
  );
});

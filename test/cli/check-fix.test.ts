import { mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findingsOf } from "../../runtime/check/diagnose.js";
import type { Finding, Fix } from "../../runtime/check/finding.js";
import { openPrograms } from "../../runtime/check/open-program.js";
import { withResults } from "../../runtime/check/withResults.js";
import { writeMended } from "../../runtime/check/writeMended.js";
import { check } from "../../runtime/cli/check.js";
import { installPackage } from "../support/installPackage.js";
import { recordingTerminal } from "../support/recordingTerminal.js";

// What --fix makes of files: written by hand beside what was there.

const repository = resolve(import.meta.dirname, "../..");
const root = realpathSync(mkdtempSync(join(tmpdir(), "shapewright-check-fix-")));
afterAll(() => rmSync(root, { recursive: true }));

/** Of each file what stands in it, and what is to become of that. */
const files: Readonly<Record<string, readonly [before: string, after: string]>> = {
  // Two mistakes, of which both need an import, and one name of them is the same.
  "habits.ts": [
    `import { dense, input } from "shapewright";
export const h = dense(input(["batch", 8]), { units: 4, activation: "relu" });
export const y = dense(h, { unit: 4, activation: "relu" });
`,
    `import { dense, input, relu } from "shapewright";
export const h = dense(input(["batch", 8]), { units: 4, activation: relu });
export const y = dense(h, { units: 4, activation: relu });
`,
  ],
  // Behind the missing axis is a mistake that comes to light when that is mended. The file begins with a byte order mark.
  "behind.ts": [
    `\uFEFFimport { conv2d, dot, flatten, input, sequential, variable, zeros } from "shapewright";
const rows = flatten(sequential(input(["batch", 8, 8]), conv2d({ filters: 1, kernelSize: 3 })));
export const y = dot(rows, variable("W", [30, 4], zeros()));
`,
    `\uFEFFimport { conv2d, dot, flatten, input, sequential, variable, zeros } from "shapewright";
const rows = flatten(sequential(input(["batch", 8, 8, 1]), conv2d({ filters: 1, kernelSize: 3 })));
export const y = dot(rows, variable("W", [36, 4], zeros()));
`,
  ],
  // Behind this one is a mistake that nobody but the author can mend: so it is left.
  "unclear.ts": [
    `import { conv2d, input, sequential, type Tensor } from "shapewright";
const head = (x: Tensor<["batch", 64, 3]>) => x;
export const y = head(sequential(input(["batch", 8, 8]), conv2d({ filters: 1, kernelSize: 3 })));
`,
    `import { conv2d, input, sequential, type Tensor } from "shapewright";
const head = (x: Tensor<["batch", 64, 3]>) => x;
export const y = head(sequential(input(["batch", 8, 8]), conv2d({ filters: 1, kernelSize: 3 })));
`,
  ],
};
const paths = Object.keys(files).map((name) => join(root, name));
const texts = () => paths.map((path) => readFileSync(path, "utf8"));

async function run(
  options: { readonly fix?: boolean; readonly dryRun?: boolean; readonly json?: boolean },
  checked = paths,
) {
  const terminal = { ...recordingTerminal(), piped: true };
  const code = await check(checked, { format: "text", ...options }, { terminal, root, version: "1.2.3" });
  return { code, text: terminal.results.join("\n") };
}

beforeAll(async () => {
  await installPackage(root);
  symlinkSync(join(repository, "node_modules/@types"), join(root, "node_modules/@types"));
  writeFileSync(join(root, "package.json"), JSON.stringify({ type: "module" }));
  const compilerOptions = { module: "nodenext", target: "es2023", strict: true, skipLibCheck: true, types: ["node"] };
  writeFileSync(join(root, "tsconfig.json"), JSON.stringify({ compilerOptions }));
  for (const [name, [before]] of Object.entries(files)) writeFileSync(join(root, name), before);
});

describe("check --fix", { timeout: 120_000 }, () => {
  test("shows the changes in a dry run, and writes nothing", async () => {
    const { code, text } = await run({ fix: true, dryRun: true });
    expect(code).toBe(1);
    expect(text).toContain("5 mistakes in 2 files would be mended; nothing is written");
    expect(text).toContain(`  -   3 | export const y = dot(rows, variable("W", [30, 4], zeros()));
  +   3 | export const y = dot(rows, variable("W", [36, 4], zeros()));`);
    expect(texts()).toEqual(Object.values(files).map(([before]) => before));
  });

  test("makes them, and says what it changed and what is left", async () => {
    const { code, text } = await run({ fix: true });
    expect(texts()).toEqual(Object.values(files).map(([, after]) => after));
    expect(code).toBe(1);
    expect(text).toContain("5 mistakes in 2 files mended");
    // In a pipe no line is cut.
    expect(text).toContain(
      `  +   2 | const rows = flatten(sequential(input(["batch", 8, 8, 1]), conv2d({ filters: 1, kernelSize: 3 })));`,
    );
    expect(text).toMatch(/unclear\.ts:3:58.*\(image-rank\)/s);
    expect(text.split("\n").at(-1)).toBe("1 mistake in 1 of 3 files");
  });

  test("mends those that are the same as one that it cannot mend, wherever that is", async () => {
    // Where a parameter hides what would be imported, nothing is gained.
    const head = 'import { dense, input } from "shapewright";\nconst x = input(["batch", 8]);\n';
    const hidden = 'export const block = (relu: number) => [relu, dense(x, { units: 4, activation: "relu" })];\n';
    const plain = 'export const a = dense(x, { units: 4, activation: "relu" });\n';
    const path = join(root, "hidden.ts");
    writeFileSync(path, head + plain + hidden + plain.replace("a =", "b ="));
    expect((await run({ fix: true }, [path])).text).toContain("2 mistakes in 1 file mended");
    const imports = head.replace("input }", "input, relu }");
    const mended = plain.replace('"relu"', "relu");
    expect(readFileSync(path, "utf8")).toBe(imports + mended + hidden + mended.replace("a =", "b ="));
  });

  test("leaves names that are only like what stands there, and proposes them", async () => {
    const path = join(root, "guesses.ts");
    const text = `import { bidirectional, dense, input, lstm } from "shapewright";
export const a = dense(input(["batch", 8]), { units: 4, activation: "crelu" });
export const b = bidirectional(lstm({ units: 4 }), { mergeMode: "sub" });
`;
    writeFileSync(path, text);
    const { code, text: said } = await run({ fix: true }, [path]);
    expect(readFileSync(path, "utf8")).toBe(text);
    expect(code).toBe(1);
    expect(said).toContain("activation: prelu");
    expect(said).toContain('mergeMode: "sum"');
  });

  test("leaves what several fixes mend, which mean different things, and says so", async () => {
    const path = join(root, "choices.ts");
    // Beside it is one that is mended, and one of which the types tell which of the fixes is meant.
    const text = `import { conv2d, input, type Tensor } from "shapewright";
export const a = conv2d(input(["batch", 3, 3, 8]), { filters: 4, kernelSize: 5 });
const head = (x: Tensor<["batch", 1, 1, 4]>) => x;
export const b = head(conv2d(input(["batch", 3, 3, 8]), { filters: 4, kernelSize: 6 }));
export const c = conv2d(input(["batch", 3, 3]), { filters: 4, kernelSize: 1 });
`;
    writeFileSync(path, text);
    const { code, text: said } = await run({ fix: true }, [path]);
    expect(readFileSync(path, "utf8")).toBe(
      text.replace("kernelSize: 6", "kernelSize: 3").replace("3, 3])", "3, 3, 1])"),
    );
    expect(code).toBe(1);
    expect(said).toContain("2 mistakes in 1 file mended");
    expect(said).toContain("  → [batch, 3, 3, 4]\n");
    expect(said).toContain("  → [batch, 1, 1, 4]\n");
    expect(said.split("\n\n").slice(-2)).toEqual([
      "1 mistake in 1 file",
      "1 mistake has several fixes, which mean different things: --fix leaves the choice to you",
    ]);
  });

  test("tells programs in a dry run of the mistakes, and their changes, in files as they are", async () => {
    const path = join(root, "dry.ts");
    writeFileSync(path, files["habits.ts"]![0]);
    const dry = await run({ fix: true, dryRun: true, json: true }, [path]);
    expect(dry).toEqual(await run({ json: true }, [path]));
    expect(JSON.parse(dry.text).mistakes).toHaveLength(2);
  });

  test("replaces no file that is not UTF-8, or that was changed meanwhile; then none", () => {
    const [first, second] = [join(root, "first.ts"), join(root, "second.ts")];
    const latin = Buffer.from('export const name = "M\xFCller";\n', "latin1");
    const cases = [
      [latin, latin.toString("utf8"), "is not UTF-8: save it as UTF-8 first"],
      [Buffer.from("\uFEFFconst a = 1;\n", "utf16le"), "const a = 1;\n", "is not UTF-8: save it as UTF-8 first"],
      [Buffer.from("const a = 1;\n// new\n"), "const a = 1;\n", "was changed while it was checked: run it again"],
    ] as const;
    for (const [bytes, former, reason] of cases) {
      writeFileSync(first, "as it was\n");
      writeFileSync(second, bytes);
      const mended = {
        texts: new Map([first, second].map((path) => [path, "mended\n"])),
        former: new Map([
          [first, "as it was\n"],
          [second, former],
        ]),
      };
      expect(() => writeMended(mended)).toThrow(`${second} ${reason}; nothing was written`);
      expect(readFileSync(first, "utf8")).toBe("as it was\n");
      expect(readFileSync(second)).toEqual(bytes);
    }
  });

  test("of several fixes that may be meant, says what each leads to", async () => {
    const path = join(root, "several.ts");
    writeFileSync(
      path,
      `import { adam, compile, conv2d, dense, dot, input, matmul, maxPooling2d, model, reshape, sequential, sparseCategoricalCrossentropy, variable, zeros } from "shapewright";
import { open } from "shapewright/runtime";
export const a = reshape(input(["batch", 28, 28]), ["batch", 14, 14]);
export const b = dot(input(["batch", 784]), variable("W", [10, 784], zeros()));
export const c = matmul(input([8, 64]), input([8, 64]));
export const d = sequential(input(["batch", 8, 8, 1]), conv2d({ filters: 4, kernelSize: 9 }));
const net = model({ image: input(["batch", 16, 16, 3]) }, ({ image }) =>
  sequential(image, conv2d({ filters: 8, kernelSize: 3 }), maxPooling2d(), dense({ units: 10 })),
);
const session = await open(compile(net, { optimizer: adam(), loss: sparseCategoricalCrossentropy({ fromLogits: true }) }));
await session.fit({ image: new Float32Array(0) as never }, new Int32Array(100));
`,
    );
    const { mistakes } = JSON.parse((await run({ json: true }, [path])).text);
    type Proposed = { readonly edits: readonly { readonly text: string }[]; readonly gives: string };
    const fixes = mistakes.map(({ fix, others }: { fix: Proposed; others: Proposed[] }) =>
      [fix, ...others].map(({ edits, gives }) => [edits[0]!.text, gives]),
    );
    expect(fixes).toEqual([
      [
        ['["batch", 14, -1]', "[batch, 14, 56]"],
        ['["batch", -1, 14]', "[batch, 56, 14]"],
      ],
      [
        ["transpose(", "[batch, 10]"],
        ["784", "[batch, 784]"],
      ],
      [
        [", { transposeB: true }", "[8, 8]"],
        [", { transposeA: true }", "[64, 64]"],
      ],
      [
        [', padding: "same"', "[batch, 8, 8, 4]"],
        ["8", "[batch, 1, 1, 4]"],
      ],
      [
        ["flatten(), ", "[batch, 10]"],
        ["globalAveragePooling2d(), ", "[batch, 10]"],
      ],
    ]);
    type Steps = readonly { readonly arithmetic?: string }[];
    const how = (steps: Steps) => steps.flatMap(({ arithmetic }) => arithmetic ?? []);
    expect(how(mistakes[4].chains[0].steps)).toEqual(["(16 − 3)/1 + 1 = 14", "(14 − 2)/2 + 1 = 7"]);
    expect(how(mistakes[3].chains[0].steps)).toEqual(["(8 − 9)/1 + 1 = 0"]);
    const { text } = await run({}, [path]);
    expect(text).toContain('  Or: Let the axis before the last hold what is left: ["batch", -1, 14].\n\n');
    expect(text).toContain("  → [batch, 56, 14]\n");
  });

  test("takes the first fix that mends for the likeliest, and drops none that was not tried", () => {
    const path = join(root, "tried.ts");
    const line = "conv2d(input([2, 3, 3, 8]), { filters: 4, kernelSize: 5 });\n";
    const lines = Array.from({ length: 13 }, (_, i) => `export const y${i} = ${line}`);
    writeFileSync(path, `import { conv2d, input } from "shapewright";\n${lines.join("")}`);
    const opened = openPrograms([path]);
    const findings = findingsOf(opened, [path]);
    const [finding] = findings as [Finding];
    const { explained } = finding;
    const smaller = explained!.others![0]!;
    const size = (text: string) => ({ ...smaller, edits: smaller.edits.map((edit) => ({ ...edit, text })) });
    const words = { words: "Take larger images.", edits: [] };
    const results = ([fix, ...others]: Fix[]) => {
      const [found] = withResults(opened, [{ ...finding, explained: { ...explained!, fix: fix!, others } }]);
      return [found!.explained!.fix, ...(found!.explained!.others ?? [])].map(({ words, edits, gives }) => [
        edits[0]?.text ?? words,
        gives,
      ]);
    };
    expect(results([size("4"), size("3"), words, size("5"), size("2")])).toEqual([
      ["3", "[2, 1, 1, 4]"],
      ["Take larger images.", undefined],
      ["2", "[2, 2, 2, 4]"],
    ]);
    expect(results([size("4"), size("3")])).toEqual([["3", "[2, 1, 1, 4]"]]);
    expect(results([size("5"), size("4")])).toEqual([
      ["5", undefined],
      ["4", undefined],
    ]);
    // Each has two fixes, and 24 are tried.
    const given = withResults(opened, findings).map(({ explained }) => explained!.others!.map(({ gives }) => gives));
    expect(given).toEqual([...Array.from({ length: 12 }, () => ["[2, 1, 1, 4]"]), [undefined]]);
  });

  test("--dry-run is nothing without it", async () => {
    await expect(run({ dryRun: true })).rejects.toThrow("--dry-run is for --fix: check alone writes nothing");
  });
});

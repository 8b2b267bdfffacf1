import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";

const repository = resolve(import.meta.dirname, "../..");
const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
const root = realpathSync(mkdtempSync(join(tmpdir(), "shapewright-watch-")));
afterAll(() => rmSync(root, { recursive: true }));

test("check --watch checks again what is saved, what that imports and what comes, and ends by Ctrl-C", async () => {
  mkdirSync(join(root, "node_modules"));
  symlinkSync(repository, join(root, "node_modules/shapewright"));
  symlinkSync(join(repository, "node_modules/@types"), join(root, "node_modules/@types"));
  writeFileSync(join(root, "package.json"), JSON.stringify({ type: "module" }));
  const strict = { module: "nodenext", target: "es2023", strict: true, skipLibCheck: true, types: ["node"] };
  const compilerOptions = { ...strict, customConditions: ["shapewright-source"] };
  writeFileSync(join(root, "tsconfig.json"), JSON.stringify({ compilerOptions }));
  mkdirSync(join(root, "src"));
  const model = (units: number) => `import { dot, input, variable, zeros } from "shapewright";
import { width } from "../width.js";
export const y = dot(input(["batch", width]), variable("W", [${units}, 2], zeros()));
`;
  writeFileSync(join(root, "width.ts"), "export const width = 8;\n");
  writeFileSync(join(root, "src/model.ts"), model(9));
  const main = join(repository, "runtime/cli/main.ts");
  const child = spawn(process.execPath, ["--import", tsx, main, "check", "src", "--watch"], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: "--conditions=shapewright-source", GITHUB_WORKSPACE: root },
  });
  const ended = new Promise((done) => child.on("exit", (code, signal) => done([code, signal])));
  let said = "";
  child.stderr.on("data", (data) => {
    said += data;
  });
  /** What is printed of the next check. */
  const next = () =>
    new Promise<string>((done, fail) => {
      let text = "";
      const take = (data: Buffer) => {
        text += data;
        if (!/, watching; Ctrl-C ends\n$/.test(text)) return;
        child.stdout.off("data", take);
        done(text);
      };
      child.stdout.on("data", take);
      child.on("exit", () => fail(new Error(`ended: ${text}${said}`)));
    });
  try {
    expect(await next()).toContain("dot sums over the last axis of [batch, 8]");
    let then = next();
    writeFileSync(join(root, "src/model.ts"), model(8));
    expect(await then).toMatch(/^1 file: no mistakes {2}[^\n]+, watching; Ctrl-C ends\n$/);
    then = next();
    writeFileSync(join(root, "width.ts"), "export const width = 7;\n");
    expect(await then).toContain("dot sums over the last axis of [batch, 7] and the first axis of [8, 2]");
    then = next();
    writeFileSync(join(root, "src/other.ts"), "export const n: number = true;\n");
    expect(await then).toContain("2 mistakes in 2 files\n");
    child.kill("SIGINT");
    expect(await ended).toEqual([null, "SIGINT"]);
    expect(said).toBe("");
  } finally {
    child.kill("SIGKILL");
  }
}, 240_000);

import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { type OpenedProgram, openPrograms, withTexts } from "../../runtime/check/open-program.js";
import { collectGarbage } from "../support/collectGarbage.js";
import { installPackage } from "../support/installPackage.js";
import { commandLine } from "../support/shapewright.js";

const repository = resolve(import.meta.dirname, "../..");
const root = realpathSync(mkdtempSync(join(tmpdir(), "shapewright-watch-")));
afterAll(() => rmSync(root, { recursive: true }));

test("check --watch checks again what is saved, what that imports and what comes, and ends by Ctrl-C", async () => {
  await installPackage(root);
  symlinkSync(join(repository, "node_modules/@types"), join(root, "node_modules/@types"));
  writeFileSync(join(root, "package.json"), JSON.stringify({ type: "module" }));
  const compilerOptions = { module: "nodenext", target: "es2023", strict: true, skipLibCheck: true, types: ["node"] };
  writeFileSync(join(root, "tsconfig.json"), JSON.stringify({ compilerOptions }));
  mkdirSync(join(root, "src"));
  const model = (units: number) => `import { dot, input, variable, zeros } from "shapewright";
import { width } from "../width.js";
export const y = dot(input(["batch", width]), variable("W", [${units}, 2], zeros()));
`;
  writeFileSync(join(root, "width.ts"), "export const width = 8;\n");
  writeFileSync(join(root, "src/model.ts"), model(9));
  const child = spawn(process.execPath, [commandLine, "check", "src", "--watch"], {
    cwd: root,
    env: { ...process.env, GITHUB_WORKSPACE: root },
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

test("a program with other texts holds none of those before it", async () => {
  const [first, second] = [join(root, "texts/first.ts"), join(root, "texts/second.ts")];
  mkdirSync(join(root, "texts"));
  writeFileSync(first, "export const a = 1;\n");
  writeFileSync(second, 'import { a } from "./first.js";\nexport const b: string = a;\n');
  const messages = ({ program }: OpenedProgram) =>
    program.getSemanticDiagnostics(program.getSourceFile(second)).map(({ messageText }) => messageText);
  const wrong = (type: string) => [`Type '${type}' is not assignable to type 'string'.`];
  let opened = openPrograms([first, second])[0]!;
  const former: WeakRef<object>[] = [];
  const change = (path: string, text: string) => {
    opened = withTexts(opened, new Map([[path, text]]));
    former.push(new WeakRef(opened.program), new WeakRef(opened.program.getTypeChecker()));
    return messages(opened);
  };
  expect(messages(opened)).toEqual(wrong("number"));
  expect(change(first, "export const a = true;\n")).toEqual(wrong("boolean"));
  // What was changed before stays so.
  const text = 'import { a } from "./first.js";\n\nexport const b: string = a;\n';
  expect(change(second, text)).toEqual(wrong("boolean"));
  expect(opened.program.getSourceFile(second)!.text).toBe(text);
  expect(change(first, "export const a = 1;\n")).toEqual(wrong("number"));
  expect(change(first, 'export const a = "";\n')).toEqual([]);
  // A weak reference holds what it gave until the end of a turn.
  await new Promise(setImmediate);
  collectGarbage();
  // What was last asked of the one before may still be on the stack of an optimised function.
  const held = former.slice(0, -4).map((one) => one.deref() !== undefined);
  expect(held).toEqual([false, false, false, false]);
}, 60_000);

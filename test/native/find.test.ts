import { mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cacheFolder, cacheRoot, cacheState } from "../../runtime/native/cache.js";
import { findAddon } from "../../runtime/native/find.js";
import { inspectAddon } from "../../runtime/native/inspect.js";
import { load } from "../../runtime/native/load.js";
import { findNpm } from "../../runtime/native/npm.js";
import { restoreNodeUtil } from "../../runtime/native/polyfill.js";
import { addonPath, libraryFolder } from "../../runtime/native/tfjs-node.js";
import { fakeMachine, giveAddon, installPackage } from "./fake-machine.js";

test("nothing anywhere", () => {
  expect(load(fakeMachine())).toEqual({
    code: "SW_NATIVE_NO_ADDON",
    problem: 'no "@tensorflow/tfjs-node" with a compiled addon was found, neither in the project nor in the cache',
    mend: "Run: npx shapewright doctor --fix",
  });
});

test("the project's own package has no addon", () => {
  const machine = fakeMachine();
  const own = installPackage(machine.cwd);
  expect(load(machine)).toMatchObject({
    code: "SW_NATIVE_NO_ADDON",
    problem: `"@tensorflow/tfjs-node" in ${own} has no compiled addon`,
  });
});

test("the project's own addon does not load", () => {
  const stderr =
    "node:internal\nError: libtensorflow.so.2: cannot open shared object file: No such file or directory\n";
  const machine = fakeMachine({ failures: { probe: { stderr } } });
  const own = installPackage(machine.cwd);
  giveAddon(own);
  expect(load(machine)).toEqual({
    code: "SW_NATIVE_BROKEN_ADDON",
    problem: `the addon ${addonPath(own)} does not load (libtensorflow.so.2: cannot open shared object file: No such file or directory)`,
    mend: "Run: npx shapewright doctor --fix",
  });
});

test("an addon that ends the process is broken, too", () => {
  const machine = fakeMachine({ failures: { probe: { status: null } } });
  const own = installPackage(machine.cwd);
  giveAddon(own);
  expect(inspectAddon(own, machine)).toEqual({ state: "broken", reason: "it ends the process" });
});

test("a package that cannot be loaded after all is a problem, not an exception", () => {
  const machine = fakeMachine();
  const own = installPackage(machine.cwd);
  giveAddon(own);
  expect(load(machine)).toMatchObject({ code: "SW_NATIVE_BROKEN_ADDON" });
});

test("an unfinished cache", () => {
  const machine = fakeMachine();
  mkdirSync(cacheFolder(machine), { recursive: true });
  expect(load(machine)).toEqual({
    code: "SW_NATIVE_BROKEN_CACHE",
    problem: `the cache ${cacheFolder(machine)} cannot be used (it was left unfinished)`,
    mend: "Rebuild it with: npx shapewright doctor --fix",
  });
});

test("an addon is tried once, and again when a file or Node.js has changed", () => {
  const machine = fakeMachine();
  const own = installPackage(machine.cwd);
  giveAddon(own);
  const library = join(libraryFolder(own), "libtensorflow_cc.so.2");
  const tries = (on = machine) => {
    machine.steps.length = 0;
    expect(findAddon(on)).toEqual({ found: { folder: own, from: "project", tensorflowVersion: "2.21.0" } });
    return machine.steps.length;
  };
  expect([tries(), tries()]).toEqual([1, 0]);
  utimesSync(library, 1, 1);
  expect([tries(), tries()]).toEqual([1, 0]);
  rmSync(library);
  expect([tries(), tries()]).toEqual([1, 0]);
  const newer = { ...machine, nodeVersion: "26.0.0" };
  expect([tries(newer), tries(newer), tries()]).toEqual([1, 0, 0]);
});

test("npm is found beside Node.js, not where another package manager names itself", () => {
  const machine = fakeMachine();
  const script = join(machine.root, "node", "lib", "node_modules", "npm", "bin", "npm-cli.js");
  expect(findNpm(machine)).toEqual({ script, nodeGyp: undefined });
  const underPnpm = { ...machine, env: { ...machine.env, npm_execpath: "/usr/lib/pnpm.cjs" } };
  expect(findNpm(underPnpm).script).toBe(script);
});

test("util gets back what Node 23 removed", () => {
  const util: Parameters<typeof restoreNodeUtil>[0] = {};
  restoreNodeUtil(util);
  expect([null, undefined, 0, ""].map((value) => util!.isNullOrUndefined?.(value))).toEqual([true, true, false, false]);
  expect([[], {}].map((value) => util!.isArray?.(value))).toEqual([true, false]);
});

test.each([
  ["null", () => "null"],
  ["a number", () => "5"],
  ["a list", () => "[1]"],
  ["no JSON", () => "\u0000\u0001"],
  ["nothing", () => ""],
  ["another form", (own: string) => JSON.stringify({ [own]: { "20.0.0": null, "21.0.0": "x" }, other: null })],
  ["a truncated record", (own: string) => JSON.stringify({ [own]: { "20.0.0": { fingerprint: "x" } } }).slice(0, -3)],
  ["a record without its version", (own: string) => JSON.stringify({ [own]: { "20.0.0": { fingerprint: "x" } } })],
])("a record of what has loaded that holds %s is made anew", (_, content) => {
  const machine = fakeMachine();
  const own = installPackage(machine.cwd);
  giveAddon(own);
  mkdirSync(cacheRoot(machine), { recursive: true });
  const record = join(cacheRoot(machine), "verified.json");
  writeFileSync(record, content(own));
  expect(inspectAddon(own, machine)).toEqual({ state: "works", tensorflowVersion: "2.21.0" });
  expect(machine.steps).toEqual(["probe"]);
  const versions = { "20.0.0": { fingerprint: expect.any(String), tensorflowVersion: "2.21.0" } };
  expect(JSON.parse(readFileSync(record, "utf8"))).toEqual({ [own]: versions });
  inspectAddon(own, machine);
  expect(machine.steps).toEqual(["probe"]);
});

test.each(["null", "5", "{}", "", '{"tfjsNode":'])("a cache whose marker holds %j is unfinished", (content) => {
  const machine = fakeMachine();
  mkdirSync(cacheFolder(machine), { recursive: true });
  writeFileSync(join(cacheFolder(machine), "complete.json"), content);
  expect(cacheState(machine)).toEqual({ state: "unfinished" });
});

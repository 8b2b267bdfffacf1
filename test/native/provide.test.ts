import * as fs from "node:fs";
import { lstatSync, mkdirSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect, test } from "vitest";
import { cachedPackage, cacheFolder, cacheState } from "../../runtime/native/cache.js";
import { ownAddonPath } from "../../runtime/native/ownAddon.js";
import { provide } from "../../runtime/native/provide.js";
import { addonPath } from "../../runtime/native/tfjs-node.js";
import { type FakeMachine, type FakeOptions, fakeMachine, giveAddon, installPackage } from "./fake-machine.js";

const thenFix = "then run: npx shapewright doctor --fix";

async function provideOn(machine: FakeMachine) {
  const said: string[] = [];
  const result = await provide({ machine, say: (line) => said.push(line) });
  return { result, said };
}

/** The one line that providing ends with on such a machine, with the machine's own folder written as ROOT. */
async function problemOn(options: FakeOptions): Promise<string> {
  const machine = fakeMachine(options);
  const { result } = await provideOn(machine);
  if ("found" in result) throw new Error("native TensorFlow was provided");
  expect(cacheState(machine).state).not.toBe("complete");
  expect(result.problem.message).toContain(result.problem.code);
  expect(result.problem.message).not.toContain("\n");
  return result.problem.message.replaceAll(machine.root, "ROOT");
}

test("an empty machine gets the wheel, and a second run does nothing", async () => {
  const machine = fakeMachine();
  const { result, said } = await provideOn(machine);
  expect(result).toEqual({
    found: { folder: cachedPackage(machine), from: "cache", tensorflowVersion: "2.21.0" },
    changed: true,
  });
  expect(said).toEqual([
    "Native TensorFlow is not there yet. Asking storage.googleapis.com, where tfjs-node's installer downloads from ...",
    "storage.googleapis.com does not answer.",
    `Installing @tensorflow/tfjs-node 4.22.0 into the cache ${cacheFolder(machine)} ...`,
    "Downloading the tensorflow-cpu 2.21.0 wheel with pip (some 270 MB) ...",
    "Unpacking the TensorFlow library (some 800 MB) ...",
    "Compiling the addon ...",
    "TensorFlow 2.21.0 is in place.",
  ]);
  expect(readdirSync(join(machine.root, "cache")).sort()).toEqual([
    basename(ownAddonPath(machine)),
    "tfjs-node-4.22.0-linux-x64",
    "verified.json",
  ]);
  expect(readdirSync(cacheFolder(machine)).sort()).toEqual(["complete.json", "node_modules", "package.json"]);
  expect(readdirSync(join(cachedPackage(machine), "deps", "lib")).sort()).toEqual([
    "libtensorflow.so",
    "libtensorflow.so.2.9.1",
    "libtensorflow_cc.so.2",
    "libtensorflow_framework.so",
    "libtensorflow_framework.so.2",
    "libtensorflow_framework.so.2.9.1",
  ]);

  machine.steps.length = 0;
  const second = await provideOn(machine);
  expect(second.result.changed).toBe(false);
  expect(second.said).toEqual([]);
  expect(machine.steps).toEqual([]);
});

test("tfjs-node's own installer is taken when its host answers", async () => {
  const machine = fakeMachine({ installerAnswers: true });
  const { result } = await provideOn(machine);
  expect("found" in result).toBe(true);
  expect(machine.steps).toEqual(["python", "pip", "npm", "installer", "probe", "probe", "own", "kernels"]);
  expect(cacheState(machine)).toMatchObject({ marker: { source: "installer", tensorflow: "2.21.0" } });
});

test("the wheel is taken when tfjs-node's own installer fails", async () => {
  const machine = fakeMachine({ installerAnswers: true, failures: { installer: { stderr: "Error: 404 Not Found" } } });
  const { said } = await provideOn(machine);
  expect(said).toContain(
    'It failed: the installer of "@tensorflow/tfjs-node" failed on linux x64 (Error: 404 Not Found).',
  );
  expect(cacheState(machine)).toMatchObject({ marker: { source: "wheel" } });
});

test("a project's own tfjs-node is linked to the cache, and found first from then on", async () => {
  const machine = fakeMachine();
  const own = installPackage(machine.cwd);
  mkdirSync(join(own, "deps"));
  const { result, said } = await provideOn(machine);
  expect(result).toMatchObject({ found: { folder: own, from: "project" } });
  expect(said.at(-1)).toBe(`The cached addon is linked into ${own}.`);
  expect(realpathSync(addonPath(own))).toBe(addonPath(cachedPackage(machine)));
  expect((await provideOn(machine)).said).toEqual([]);
});

test("it is copied where the file system has no links", async () => {
  const symlinkSync: typeof fs.symlinkSync = (target, path, type) => {
    if (type === "junction") throw Object.assign(new Error("not permitted"), { code: "EPERM" });
    fs.symlinkSync(target, path, type);
  };
  const files = { ...fakeMachine().files, symlinkSync };
  const machine = fakeMachine({ overrides: { files } });
  const own = installPackage(machine.cwd);
  const { said } = await provideOn(machine);
  expect(said.at(-1)).toBe(`The cached addon is copied into ${own}.`);
  expect(lstatSync(join(own, "lib")).isSymbolicLink()).toBe(false);
});

test("a project's own tfjs-node whose addon loads is left alone", async () => {
  const machine = fakeMachine();
  const own = installPackage(machine.cwd);
  giveAddon(own);
  const { result } = await provideOn(machine);
  expect(result).toEqual({ found: { folder: own, from: "project", tensorflowVersion: "2.21.0" }, changed: false });
});

test("a project's own tfjs-node of another version is left alone, and the cached one is taken", async () => {
  const machine = fakeMachine();
  const own = installPackage(machine.cwd, "4.10.0");
  const { result } = await provideOn(machine);
  expect(result).toMatchObject({ found: { from: "cache" } });
  expect(readdirSync(own)).toEqual(["package.json"]);
});

test("an unfinished cache is rebuilt, with one line", async () => {
  const machine = fakeMachine();
  mkdirSync(cacheFolder(machine), { recursive: true });
  const { result, said } = await provideOn(machine);
  expect(said[0]).toBe(
    `SW_NATIVE_BROKEN_CACHE: the cache ${cacheFolder(machine)} cannot be used (it was left unfinished). It is rebuilt now.`,
  );
  expect(result).toMatchObject({ found: { from: "cache" } });
});

test("a finished cache that lost its addon is rebuilt, with one line", async () => {
  const machine = fakeMachine();
  await provideOn(machine);
  rmSync(addonPath(cachedPackage(machine)));
  const { result, said } = await provideOn(machine);
  expect(said[0]).toBe(
    `SW_NATIVE_BROKEN_CACHE: the cache ${cacheFolder(machine)} cannot be used (its addon is missing). It is rebuilt now.`,
  );
  expect(result).toMatchObject({ found: { from: "cache" } });
});

test("no Python", async () => {
  expect(await problemOn({ programs: ["g++", "make"] })).toBe(
    `SW_NATIVE_NO_PYTHON: no native TensorFlow: neither python3 nor python on PATH is a Python 3, which downloads and unpacks the TensorFlow library. Install Python 3 with pip (Debian, Ubuntu: apt-get install python3 python3-pip), ${thenFix}`,
  );
});

test("a Python 2 is no Python 3", async () => {
  const failures = { python: { status: 0, stdout: "2\n" } };
  expect(await problemOn({ programs: ["python", "g++", "make"], failures })).toMatch(/^SW_NATIVE_NO_PYTHON: /);
});

test("no pip", async () => {
  expect(await problemOn({ failures: { pip: { stderr: "No module named pip" } } })).toBe(
    `SW_NATIVE_NO_PIP: no native TensorFlow: ROOT/bin/python3 has no pip, which downloads the TensorFlow library. Install pip (Debian, Ubuntu: apt-get install python3-pip; elsewhere: ROOT/bin/python3 -m ensurepip), ${thenFix}`,
  );
});

test("no compiler, no make", async () => {
  const mend = `Install a C++ compiler and make (Debian, Ubuntu: apt-get install g++ make; macOS: xcode-select --install), ${thenFix}`;
  expect(await problemOn({ programs: ["python3", "make"] })).toBe(
    `SW_NATIVE_NO_COMPILER: no native TensorFlow: a C++ compiler was not found on PATH, and the addon has to be compiled. ${mend}`,
  );
  expect(await problemOn({ programs: ["python3", "g++"] })).toBe(
    `SW_NATIVE_NO_COMPILER: no native TensorFlow: make was not found on PATH, and the addon has to be compiled. ${mend}`,
  );
});

test("no npm", async () => {
  expect(await problemOn({ npm: false })).toBe(
    `SW_NATIVE_NO_NPM: no native TensorFlow: npm was found neither beside Node.js nor on PATH. Install npm, ${thenFix}`,
  );
});

test("no network, for npm and for pip", async () => {
  const mend = `Check the connection and the proxy settings, ${thenFix}`;
  expect(await problemOn({ failures: { npm: { stderr: "npm error code ENOTFOUND\nnpm error network" } } })).toBe(
    `SW_NATIVE_NO_NETWORK: no native TensorFlow: the network failed while npm installed @tensorflow/tfjs-node (ENOTFOUND). ${mend}`,
  );
  const stderr = "WARNING: Retrying after NewConnectionError\nERROR: No matching distribution found";
  expect(await problemOn({ failures: { download: { stderr } } })).toBe(
    `SW_NATIVE_NO_NETWORK: no native TensorFlow: the network failed while pip downloaded tensorflow-cpu 2.21.0 (NewConnectionError). ${mend}`,
  );
  expect(await problemOn({ failures: { download: { status: null, timedOut: true } } })).toBe(
    `SW_NATIVE_NO_NETWORK: no native TensorFlow: the network failed while pip downloaded tensorflow-cpu 2.21.0 (it took too long). ${mend}`,
  );
});

test("npm and pip fail for reasons of their own", async () => {
  const stderr = "npm error code E404\nnpm error 404 Not Found";
  expect(await problemOn({ failures: { npm: { stderr } } })).toBe(
    `SW_NATIVE_NPM_FAILED: no native TensorFlow: npm could not install "@tensorflow/tfjs-node" (404 Not Found). Mend what npm says, ${thenFix}`,
  );
  const missing = "ERROR: No matching distribution found for tensorflow-cpu==2.21.0";
  expect(await problemOn({ failures: { download: { stderr: missing } } })).toBe(
    `SW_NATIVE_DOWNLOAD_FAILED: no native TensorFlow: pip could not download tensorflow-cpu 2.21.0 (No matching distribution found for tensorflow-cpu==2.21.0). Mend what pip says, ${thenFix}`,
  );
});

test("a damaged wheel", async () => {
  const stderr = "Traceback\nzipfile.BadZipFile: File is not a zip file\nValueError: File is not a zip file";
  const message = await problemOn({ failures: { unpack: { stderr } } });
  expect(message).toMatch(
    /^SW_NATIVE_BAD_WHEEL: .* could not be unpacked \(ValueError: File is not a zip file\)\. Clear/,
  );
});

test("the addon does not compile; the log is kept", async () => {
  const machine = fakeMachine({ failures: { build: { stderr: "a.cc:1:2: error: no such thing\nmake: *** [a.o]" } } });
  const { result } = await provideOn(machine);
  const log = join(machine.root, "cache", "build.log");
  expect("problem" in result && result.problem.message).toBe(
    `SW_NATIVE_BUILD_FAILED: no native TensorFlow: the addon could not be built (a.cc:1:2: error: no such thing). Read ${log}, mend what it says, ${thenFix}`,
  );
  expect(fs.readFileSync(log, "utf8")).toContain("no such thing");
});

test("the addon compiles, but does not load", async () => {
  const stderr = "x.js:1\nError: libtensorflow_cc.so.2: cannot open shared object file\n  at Object";
  expect(await problemOn({ failures: { probe: { stderr } } })).toContain(
    "SW_NATIVE_BUILD_FAILED: no native TensorFlow: the addon could not be built (it does not load: libtensorflow_cc.so.2: cannot open shared object file).",
  );
});

test("no headers of Node.js", async () => {
  const stderr = "gyp http GET https://example.test/node-v20.0.0-headers.tar.gz\ngyp ERR! getaddrinfo ENOTFOUND";
  const machine = fakeMachine({ failures: { build: { stderr } } });
  rmSync(join(machine.root, "node", "include"), { recursive: true });
  const files = {
    ...machine.files,
    existsSync: (path: fs.PathLike) => !String(path).startsWith("/usr") && fs.existsSync(path),
  };
  const { result } = await provideOn({ ...machine, files });
  expect("problem" in result && result.problem.message).toBe(
    `SW_NATIVE_NO_HEADERS: no native TensorFlow: the C headers of Node.js 20.0.0 are not installed, and node-gyp could not download them. Set npm_config_nodedir to a folder that holds include/node/node_api.h, ${thenFix}`,
  );
});

test("a full disk: seen before, told by a file function, told by a program", async () => {
  const message = `SW_NATIVE_NO_DISK_SPACE: no native TensorFlow: there is not enough free space in ROOT/cache: 1.6 GB are needed while it is built. Free some, or set SHAPEWRIGHT_CACHE to a folder on another disk, ${thenFix}`;
  expect(await problemOn({ freeBytes: 1e9 })).toBe(message);
  const writeFileSyncFull = () => {
    throw Object.assign(new Error("no space left on device"), { code: "ENOSPC", syscall: "write" });
  };
  const files = { ...fakeMachine().files, writeFileSync: writeFileSyncFull };
  expect(await problemOn({ overrides: { files } })).toBe(message);
  const stderr = "OSError: [Errno 28] No space left on device";
  expect(await problemOn({ failures: { unpack: { stderr } } })).toBe(message);
});

test("a cache folder that cannot be written", async () => {
  const mkdirSyncDenied = (() => {
    throw Object.assign(new Error("EACCES: permission denied, mkdir"), { code: "EACCES", syscall: "mkdir" });
  }) as unknown as typeof fs.mkdirSync;
  const files = { ...fakeMachine().files, mkdirSync: mkdirSyncDenied };
  expect(await problemOn({ overrides: { files } })).toBe(
    `SW_NATIVE_CACHE_NOT_WRITABLE: no native TensorFlow: the cache folder ROOT/cache cannot be written (EACCES: permission denied, mkdir). Set SHAPEWRIGHT_CACHE to a folder that you can write, ${thenFix}`,
  );
});

test("a file where the cache folder should be", async () => {
  const machine = fakeMachine();
  writeFileSync(join(machine.root, "cache"), "");
  const { result } = await provideOn(machine);
  expect("problem" in result && result.problem.code).toBe("SW_NATIVE_CACHE_NOT_WRITABLE");
});

test("platforms without a TensorFlow library", async () => {
  const mend = "Use Linux with glibc 2.27 or later on x64 or arm64, macOS, or Windows on x64";
  const head = "SW_NATIVE_UNSUPPORTED_PLATFORM: no native TensorFlow: there is no TensorFlow library for";
  expect(await problemOn({ overrides: { platform: "freebsd" } })).toBe(
    `${head} freebsd x64 (it is built for other systems). ${mend}`,
  );
  expect(await problemOn({ overrides: { glibcVersion: () => undefined } })).toBe(
    `${head} linux x64 (it needs glibc, and this is musl). ${mend}`,
  );
  expect(await problemOn({ overrides: { glibcVersion: () => "2.9" } })).toBe(
    `${head} linux x64 (it needs glibc 2.27, and this is 2.9). ${mend}`,
  );
});

test("a platform with no other source than an installer whose host does not answer", async () => {
  expect(await problemOn({ overrides: { platform: "darwin", arch: "arm64" } })).toBe(
    `SW_NATIVE_INSTALLER_FAILED: no native TensorFlow: the installer of "@tensorflow/tfjs-node" failed on darwin arm64 (https://storage.googleapis.com/ does not answer). Make the host reachable, or set TFJS_NODE_CDN_STORAGE to a mirror of it, ${thenFix}`,
  );
});

test("nothing is left behind when it fails", async () => {
  const machine = fakeMachine({ failures: { build: { stderr: "error: no" } } });
  await provideOn(machine);
  expect(readdirSync(join(machine.root, "cache"))).toEqual(["build.log"]);
});

test("our own addon is compiled once for its sources; where that fails, all else is there, and it is tried again", async () => {
  for (const failures of [{}, { own: { stderr: "no headers" } }]) {
    const works = !("own" in failures);
    const machine = fakeMachine({ failures });
    const { result } = await provideOn(machine);
    expect(result).toHaveProperty("found");
    expect(machine.steps).toContain("own");
    expect(fs.existsSync(ownAddonPath(machine))).toBe(works);
    expect(readdirSync(join(machine.root, "cache")).filter((name) => name.startsWith("."))).toEqual([]);
    machine.steps.length = 0;
    expect((await provideOn(machine)).result.changed).toBe(false);
    expect(machine.steps).toEqual(works ? [] : ["own"]);
  }
});

test("kernels of our own are compiled where they are missing, beside those of other sources; where that fails, there are none", async () => {
  for (const failures of [{}, { kernels: { stderr: "an old compiler" } }]) {
    const machine = fakeMachine({ failures });
    await provideOn(machine);
    const folder = dirname(addonPath(cachedPackage(machine)));
    const built = () => readdirSync(folder).filter((name) => /^kernels-.*\.node$/.test(name));
    const works = !("kernels" in failures);
    const found = built();
    expect(found).toHaveLength(works ? 1 : 0);
    for (const name of found) rmSync(join(folder, name));
    writeFileSync(join(folder, "kernels-0123456789abcdef.node"), "of other sources");
    machine.steps.length = 0;
    expect((await provideOn(machine)).result.changed).toBe(false);
    expect(machine.steps).toEqual(["kernels"]);
    expect(built().sort()).toEqual(["kernels-0123456789abcdef.node", ...found].sort());
    machine.steps.length = 0;
    await provideOn(machine);
    expect(machine.steps).toEqual(works ? [] : ["kernels"]);
  }
});

test("what of ours does not compile is said in a line, and not tried again by itself until the compiler is another one", async () => {
  const stderr = "In file included from a.h\na.cc:3:1: error: no such   thing\n";
  const machine = fakeMachine({ failures: { own: { stderr }, kernels: { status: null, timedOut: true } } });
  const { said } = await provideOn(machine);
  const lines = [
    "Shapewright's own addon could not be compiled (a.cc:3:1: error: no such thing); all works without.",
    "Shapewright's own kernels could not be compiled (it took too long); all works without.",
  ];
  expect(said.slice(-2)).toEqual(lines);
  const tried = async (on: FakeMachine, again: boolean) => {
    machine.steps.length = 0;
    const told: string[] = [];
    await provide({ machine: on, say: (line) => told.push(line), again });
    return { told, steps: [...machine.steps] };
  };
  expect(await tried(machine, false)).toEqual({ told: [], steps: [] });
  expect(await tried(machine, true)).toEqual({ told: lines, steps: ["own", "kernels"] });
  const other = { ...machine, env: { ...machine.env, CXX: "ccache clang++" } };
  machine.commands.length = 0;
  expect((await tried(other, false)).told).toEqual(lines);
  expect(machine.commands.map((words) => words.slice(0, 3))).toEqual([
    ["ccache", "clang++", "-std=c++17"],
    ["ccache", "clang++", "-std=c++17"],
  ]);
  expect(await tried(other, false)).toEqual({ told: [], steps: [] });
});

test("of what was compiled for other sources, what is older than eight others is removed", async () => {
  const machine = fakeMachine();
  await provideOn(machine);
  const folder = dirname(addonPath(cachedPackage(machine)));
  const kernels = () => readdirSync(folder).filter((name) => name.startsWith("kernels-"));
  const [current] = kernels();
  rmSync(join(folder, current!));
  const others = Array.from({ length: 11 }, (_, i) => `kernels-${i.toString(16).padStart(16, "0")}.node`);
  others.forEach((name, i) => {
    writeFileSync(join(folder, name), "");
    fs.utimesSync(join(folder, name), 1000 + i, 1000 + i);
  });
  await provideOn(machine);
  expect(kernels().sort()).toEqual([...others.slice(3), current].sort());
});

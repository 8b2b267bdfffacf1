import { expect, test } from "vitest";
import { type DoctorOptions, doctor } from "../../runtime/cli/doctor.js";
import { cachedPackage } from "../../runtime/native/cache.js";
import { ownAddonPath } from "../../runtime/native/ownAddon.js";
import { shapewright } from "../support/shapewright.js";
import { type FakeMachine, fakeMachine } from "./fake-machine.js";

async function run(options: DoctorOptions, machine: FakeMachine) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await doctor(options, { machine, out: (line) => out.push(line), err: (line) => err.push(line) });
  return { code, out, err };
}

test("without native TensorFlow: what is missing, what to do, exit code 1", async () => {
  expect(await run({}, fakeMachine())).toEqual({
    code: 1,
    out: [
      "Node.js     20.0.0, linux x64",
      "Addon       none",
      "TensorFlow  none",
      "Backend     wasm (portable, slower)",
      'Problem     SW_NATIVE_NO_ADDON: no "@tensorflow/tfjs-node" with a compiled addon was found, neither in the project nor in the cache',
      "To do       Run: npx shapewright doctor --fix",
    ],
    err: [],
  });
});

test("--fix provides it: progress on stderr, the report on stdout, exit code 0", async () => {
  const machine = fakeMachine();
  const fixed = await run({ fix: true }, machine);
  expect(fixed.code).toBe(0);
  expect(fixed.err).toHaveLength(7);
  const report = [
    "Node.js     20.0.0, linux x64",
    `Addon       ${cachedPackage(machine)} (from the cache)`,
    "TensorFlow  2.21.0",
    "Kernels     Shapewright's, compiled for this processor; TensorFlow's for the rest",
    "Backend     tensorflow (native)",
    "Sessions    called directly, by Shapewright's own addon",
  ];
  expect(fixed.out).toEqual(report);
  expect(await run({}, machine)).toEqual({ code: 0, out: report, err: [] });
});

test("where our own addon is not compiled, it says what that costs, and all is well otherwise", async () => {
  const machine = fakeMachine({ failures: { own: { stderr: "error: no" } } });
  const { code, out } = await run({ fix: true }, machine);
  expect(code).toBe(0);
  expect(out.at(-1)).toBe(
    "Sessions    called through tfjs-node, which small steps and predictions feel; a C++ compiler, Node's headers and doctor --fix mend that",
  );
  expect(JSON.parse((await run({ json: true }, machine)).out.join("\n"))).toMatchObject({ own: null, problem: null });
});

test("it says why our own kernels are not there: they did not compile, or do not load", async () => {
  const kernelsOn = async (machine: FakeMachine) => {
    const { out } = await run({ fix: true }, machine);
    const { kernels } = JSON.parse((await run({ json: true }, machine)).out.join("\n"));
    return [out.find((line) => line.startsWith("Kernels")), kernels];
  };
  expect(await kernelsOn(fakeMachine({ failures: { kernels: { stderr: "a.h:1: error: no" } } }))).toEqual([
    "Kernels     TensorFlow's; Shapewright's own could not be compiled (a.h:1: error: no)",
    "tensorflow",
  ]);
  const stderr = "node:internal/x:1\nError: kernels.node: undefined symbol: TF_NumInputs\n";
  expect(await kernelsOn(fakeMachine({ failures: { load: { stderr } } }))).toEqual([
    "Kernels     TensorFlow's; Shapewright's own do not load (Error: kernels.node: undefined symbol: TF_NumInputs)",
    "tensorflow",
  ]);
  expect(await kernelsOn(fakeMachine({ failures: { load: { status: 0, stdout: "registered false" } } }))).toEqual([
    "Kernels     TensorFlow's; Shapewright's own do not load (TensorFlow does not take them)",
    "tensorflow",
  ]);
});

test("--quiet prints nothing when all is well already", async () => {
  const machine = fakeMachine();
  const first = await run({ fix: true, quiet: true }, machine);
  expect(first.out).toEqual([]);
  expect(first.err.at(-1)).toBe("TensorFlow 2.21.0 is in place.");
  expect(await run({ fix: true, quiet: true }, machine)).toEqual({ code: 0, out: [], err: [] });
  expect(await run({ quiet: true }, machine)).toEqual({ code: 0, out: [], err: [] });
});

test("--fix that fails: one line that names the portable backend, exit code 1", async () => {
  const { code, out, err } = await run({ fix: true, quiet: true }, fakeMachine({ programs: [] }));
  expect({ code, out }).toEqual({ code: 1, out: [] });
  expect(err.at(-1)).toBe(
    "shapewright: SW_NATIVE_NO_PYTHON: no native TensorFlow: neither python3 nor python on PATH is a Python 3, which downloads and unpacks the TensorFlow library. Install Python 3 with pip (Debian, Ubuntu: apt-get install python3 python3-pip), then run: npx shapewright doctor --fix. Until then programs run on the portable backend (wasm), which is slower.",
  );
});

test("--json", async () => {
  const missing = await run({ json: true }, fakeMachine());
  expect(missing).toMatchObject({ code: 1, err: [] });
  expect(JSON.parse(missing.out.join("\n"))).toEqual({
    node: "20.0.0",
    platform: "linux",
    arch: "x64",
    addon: null,
    own: null,
    tensorflow: null,
    kernels: null,
    backend: "wasm",
    problem: {
      code: "SW_NATIVE_NO_ADDON",
      why: 'no "@tensorflow/tfjs-node" with a compiled addon was found, neither in the project nor in the cache',
      mend: "Run: npx shapewright doctor --fix",
    },
  });
  const machine = fakeMachine();
  const fixed = await run({ fix: true, json: true }, machine);
  expect(JSON.parse(fixed.out.join("\n"))).toEqual({
    node: "20.0.0",
    platform: "linux",
    arch: "x64",
    addon: { folder: cachedPackage(machine), from: "cache" },
    own: ownAddonPath(machine),
    tensorflow: "2.21.0",
    kernels: "shapewright",
    backend: "tensorflow",
    problem: null,
  });
});

test("a mistyped command or option gets the nearest right one", () => {
  expect(shapewright("docter")).toEqual({
    status: 2,
    stdout: "",
    stderr: "shapewright: unknown command 'docter'\n(Did you mean doctor?)\n(add --help for what there is)\n",
  });
  expect(shapewright("doctor", "--fxi")).toEqual({
    status: 2,
    stdout: "",
    stderr: "shapewright: unknown option '--fxi'\n(Did you mean --fix?)\n(add --help for what there is)\n",
  });
});

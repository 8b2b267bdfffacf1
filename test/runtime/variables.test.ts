import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { afterEach, describe, expect, test, vi } from "vitest";
import { adam, compile, dense, input, meanSquaredError, model } from "../../compiler/language.js";
import { computationOf } from "../../compiler/program.js";
import { open } from "../../runtime/index.js";
import { loadTfjsNode } from "../../runtime/native/index.js";
import { array, type NdArray } from "../../src/ir/array.js";
import { loadOn, testedBackends } from "../support/backends.js";
import { collectGarbage } from "../support/collectGarbage.js";

const layers = 12;
const program = compile(
  model({ x: input(["batch", 2]) }, ({ x }) => {
    let h = x;
    for (let i = 0; i < layers; i++) h = dense(h, { units: 2 });
    return h;
  }),
  { optimizer: adam(), loss: meanSquaredError(), onWarning: () => {} },
);

describe.each(testedBackends)("on %s", (backend) => {
  test("variables of several dtypes are set together, alone, and read back", async () => {
    const executable = await loadOn(backend, computationOf(program));
    const values = new Map<string, NdArray>();
    for (const [i, [name, { shape, dtype }]] of [...program.variables].entries()) {
      const size = shape.reduce<number>((product, dim) => product * (dim as number), 1);
      const data = dtype === "int32" ? new Int32Array(size).fill(i) : new Float32Array(size).fill(i + 0.5);
      values.set(name, { data, shape: shape as number[], dtype } as NdArray);
    }
    executable.setVariables(values);
    const count = array(new Int32Array([99]), []);
    const bias = array(new Float32Array([7, -7]), [2]);
    executable.setVariables(new Map([["dense_3/bias", bias]]));
    executable.setVariables(new Map([["optimizer/steps", count]]));
    values.set("dense_3/bias", bias).set("optimizer/steps", count);

    const names = [...values.keys()];
    expect(new Set(names.map((name) => values.get(name)!.dtype))).toEqual(new Set(["float32", "int32"]));
    expect(executable.getVariables(names)).toEqual(values);
    for (const name of names) expect(executable.getVariables([name])).toEqual(new Map([[name, values.get(name)]]));
    expect(executable.getVariables([])).toEqual(new Map());
    executable.setVariables(new Map());
    expect(() => executable.getVariables(["nothing"])).toThrow('internal: no variable is named "nothing"');
    executable.dispose();
  });
});

describe.runIf(testedBackends.includes("tensorflow"))("runs of TensorFlow's session", () => {
  afterEach(() => void vi.restoreAllMocks());

  // What TensorFlow still held it would free on a thread of its own, which corrupts Node's heap.
  test("no variable keeps the memory that it was set from, wherever that lies", async () => {
    const computation = computationOf(program);
    const executable = await loadOn("tensorflow", computation);
    const names = [...computation.variables.keys()].filter((name) => name.endsWith("bias")).slice(0, 4);
    // Of these four places, one is a multiple of 64 bytes: memory that tfjs-node hands over as it is.
    const valuesIn = (buffer: ArrayBuffer) =>
      names.map((name, i) => [name, array(new Float32Array(buffer, 16 * i, 2), [2])] as const);
    const set = (how: (values: ReturnType<typeof valuesIn>) => void) => {
      const buffer = new ArrayBuffer(64);
      how(valuesIn(buffer));
      return new WeakRef(buffer);
    };
    const together = () => set((values) => executable.setVariables(new Map(values)));
    const alone = () => set((values) => values.forEach((value) => void executable.setVariables(new Map([value]))));
    // Until the event loop turns, what a WeakRef was just made of stays.
    for (const way of [together, alone]) {
      const given = way();
      await setImmediate();
      collectGarbage();
      expect(given.deref()).toBe(undefined);
    }
    expect(executable.getVariables(names).size).toBe(names.length);
    executable.dispose();
  });

  test("however many variables there are: one to set all, one to read all, and one kind of run for each alone", async () => {
    const native = loadTfjsNode();
    if (!("tf" in native)) throw new Error(native.problem);
    const run = vi.spyOn(native.own!, "run");
    // TensorFlow prepares the graph for each set of names that it hasn't been run with.
    const kinds = () => new Set(run.mock.calls.map(([prepared]) => prepared)).size;
    const session = await open(program, { backend: "tensorflow" });
    expect(session.weightNames.length).toBe(3 * 2 * layers + 2);
    expect(run).toHaveBeenCalledTimes(1);

    const folder = mkdtempSync(join(tmpdir(), "shapewright-"));
    await session.exportSavedModel(join(folder, "model"));
    rmSync(folder, { recursive: true });
    expect(run).toHaveBeenCalledTimes(2);

    const weights = session.weightNames.filter((name) => name !== "optimizer/steps");
    for (const name of weights) session.getWeight(name);
    expect(kinds()).toBe(3);
    for (const name of weights) await session.setWeight(name, session.getWeight(name));
    expect(kinds()).toBe(4);
    session.dispose();
  });
});

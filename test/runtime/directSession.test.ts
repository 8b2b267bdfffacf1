import { describe, expect, test } from "vitest";
import { compileFunction } from "../../compiler/compileFunction.js";
import {
  accuracy,
  adam,
  cast,
  compile,
  dense,
  embedding,
  flatten,
  greater,
  input,
  matmul,
  model,
  relu,
  sparseCategoricalCrossentropy,
} from "../../compiler/language.js";
import { type Computation, computationOf } from "../../compiler/program.js";
import type { Executable } from "../../runtime/backends/backend.js";
import { loadTensorflow } from "../../runtime/backends/tensorflow.js";
import { initialize } from "../../runtime/initialize.js";
import { type LoadedTfjsNode, loadTfjsNode } from "../../runtime/native/index.js";
import { array, type NdArray } from "../../src/ir/array.js";
import { testedBackends } from "../support/backends.js";

const words = compile(
  model({ words: input(["batch", 3], "int32") }, ({ words }) => {
    const h = flatten(embedding(words, { inputDim: 20, outputDim: 4 }));
    return dense(dense(h, { units: 8, activation: relu }), { units: 5 });
  }),
  { optimizer: adam(), loss: sparseCategoricalCrossentropy({ fromLogits: true }), metrics: [accuracy()] },
);

/** Loads a computation both ways: called by our own addon, and through tfjs-node. */
function bothWays(computation: Computation): [direct: Executable, through: Executable] {
  const native = loadTfjsNode() as LoadedTfjsNode;
  if (!native.own) throw new Error("our own addon is not compiled: npm run setup");
  const load = (own: LoadedTfjsNode["own"]) => loadTensorflow({ ...native, own }, [computation])[0]!;
  return [load(native.own), load(undefined)];
}

/** What a call gives, or how it fails. */
function outcomeOf(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return { code, message };
  }
}

const batch = (labels: number[]) => ({
  words: array(
    Int32Array.from({ length: 3 * labels.length }, (_, i) => (7 * i) % 20),
    [labels.length, 3],
  ),
  target: array(Int32Array.from(labels), [labels.length]),
});

describe.runIf(testedBackends.includes("tensorflow"))("a session that is called directly", () => {
  test("trains, evaluates and predicts to the same bits as through tfjs-node, and fails in the same words", () => {
    const computation = computationOf(words);
    const names = [...words.variables.keys()];
    const outcomes = bothWays(computation).map((executable) => {
      initialize(computation, executable, 3);
      const data = executable.upload(batch([0, 1, 2, 3, 4, 0, 1, 2]));
      data.setOrder(Int32Array.from([7, 6, 5, 4, 3, 2, 1, 0]));
      const said = [
        executable.run("train", data, 0, 8, 2),
        executable.run("evaluate", data, 0, 8, 4),
        // The first single step loads the session anew, and copies the variables.
        executable.step("train", batch([4, 3])),
        executable.step("evaluate", batch([1])),
        executable.run("train", data, 0, 4, 4),
        executable.call({ words: batch([0, 0]).words }),
        executable.getVariables(names),
        executable.getVariables([names[0]!]),
        outcomeOf(() => executable.step("train", batch([1, 9]))),
        outcomeOf(() => executable.call({ words: array(new Int32Array([1, 2, 20]), [1, 3]) })),
        executable.getVariables(names),
      ];
      data.dispose();
      executable.dispose();
      return said;
    });
    expect(outcomes[0]).toEqual(outcomes[1]);
    const [loss] = outcomes[0] as [Record<string, NdArray>];
    expect(Object.values(loss).every(({ data }) => data.every(Number.isFinite))).toBe(true);
    expect(outcomes[0]!.slice(8, 10)).toEqual([
      { code: "SW_DATA", message: expect.stringContaining("9") },
      { code: "SW_DATA", message: expect.stringContaining("20") },
    ]);
  });

  test("takes and gives each dtype, scalars, and axes of no elements", () => {
    const inputs = { x: input(["rows", 2]), n: input(["rows"], "int32"), b: input(["rows"], "uint8"), s: input([]) };
    const program = compileFunction(inputs, ({ x, n, b, s }) => ({
      product: matmul(x, x, { transposeB: true }),
      more: greater(n, cast(b, "int32")),
      bytes: cast(n, "uint8"),
      s,
    }));
    for (const rows of [0, 1, 3]) {
      const given = {
        x: array(
          Float32Array.from({ length: 2 * rows }, (_, i) => i + 0.5),
          [rows, 2],
        ),
        n: array(
          Int32Array.from({ length: rows }, (_, i) => 2 * i),
          [rows],
        ),
        b: array(
          Uint8Array.from({ length: rows }, () => 1),
          [rows],
          "uint8",
        ),
        s: array(new Float32Array([2.5]), []),
      };
      const [direct, through] = bothWays(program).map((executable) => {
        const called = executable.call(given);
        executable.dispose();
        return called;
      });
      expect(direct).toEqual(through);
      expect(direct).toMatchObject({
        product: { dtype: "float32", shape: [rows, rows] },
        more: { dtype: "bool", data: Uint8Array.from({ length: rows }, (_, i) => Number(2 * i > 1)) },
        bytes: { dtype: "uint8", data: Uint8Array.from({ length: rows }, (_, i) => 2 * i) },
        s: { dtype: "float32", shape: [], data: new Float32Array([2.5]) },
      });
    }
  });

  test("refuses what would read beyond memory, and what has been freed", () => {
    const { own } = loadTfjsNode() as LoadedTfjsNode;
    const floats = new Float32Array([1, 2, 3]);
    expect(() => own!.hold(floats, [4], "float32")).toThrow("a typed array of another length than its shape was fed");
    // As many bytes as there are numbers to count them by, and so none; less than none, twice.
    for (const shape of [
      [2 ** 31, 2 ** 31],
      [-1, -3],
      [3, "1"],
    ] as number[][]) {
      const values = shape[0] === 2 ** 31 ? new Float32Array(0) : floats;
      expect(() => own!.hold(values, shape, "float32")).toThrow(
        "a typed array of another length than its shape was fed",
      );
    }
    expect(() => own!.hold(floats, [3], "float64")).toThrow("there is no dtype float64");
    expect(() => own!.openSession(new Uint8Array([1, 2, 3]))).toThrow("Invalid GraphDef");
    expect(() => own!.attach("/nowhere.so")).toThrow("there is no library that is loaded");
    const [direct] = bothWays(computationOf(words));
    const data = direct.upload(batch([1]));
    data.setOrder(new Int32Array(1));
    data.dispose();
    expect(() => direct.run("evaluate", data, 0, 1, 1)).toThrow("a tensor was fed that has been released");
    direct.dispose();
    expect(() => direct.call({ words: batch([1]).words })).toThrow("the session is closed");
  });
});

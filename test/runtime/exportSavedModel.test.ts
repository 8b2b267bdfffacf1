import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromBinary } from "@bufbuild/protobuf";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  array,
  compile,
  constant,
  dense,
  dot,
  input,
  meanSquaredError,
  model,
  rmsprop,
} from "../../compiler/language.js";
import { lowerForServing } from "../../compiler/lower/lowerForServing.js";
import { DataType, SavedModelSchema } from "../../compiler/lower/saved-model/generated/tensorflow_pb.js";
import { retarget } from "../../compiler/pipeline.js";
import { computationOf, predictionOf } from "../../compiler/program.js";
import { open } from "../../runtime/index.js";
import { generate } from "../../src/ir/array.js";
import { Body } from "../../src/ir/body.js";
import { makeGraph } from "../../src/ir/graph.js";
import { builder as b } from "../../src/ops/builder.js";
import { testedBackends } from "../support/backends.js";

const line = compile(
  model({ x: input(["batch", 2]) }, ({ x }) => dense(x, { units: 1 })),
  { optimizer: rmsprop(), loss: meanSquaredError() },
);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "shapewright-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The graph of a SavedModel: its signatures' names, its nodes' ops, and the floats of each of its constants. */
function read(place: string) {
  const savedModel = fromBinary(SavedModelSchema, readFileSync(join(place, "saved_model.pb")));
  const { graphDef, signatureDef } = savedModel.metaGraphs[0]!;
  const floats = graphDef!.node.flatMap(({ attr }) => {
    if (attr.value?.value.case !== "tensor" || attr.value.value.value.dtype !== DataType.DT_FLOAT) return [];
    return [[...new Float32Array(Uint8Array.from(attr.value.value.value.tensorContent).buffer)]];
  });
  return { signatures: Object.keys(signatureDef), ops: graphDef!.node.map(({ op }) => op), floats };
}

describe("large constants of the user's", () => {
  const table = constant(array(new Float32Array(2048).fill(0.5), [2, 1024] as [number, number]));
  const wide = compile(
    model({ x: input(["batch", 2]) }, ({ x }) => dense(dot(x, table), { units: 1 })),
    { optimizer: rmsprop(), loss: meanSquaredError() },
  );

  test("are written once, for prediction, evaluation and training", () => {
    const values = [...wide.variables].map(([name, { attributes }]) => {
      const shape = attributes.shape as number[];
      return [name, generate(shape, attributes.dtype, () => 0)] as const;
    });
    const bytes = Buffer.concat(lowerForServing(retarget(computationOf(wide), "tensorflow"), new Map(values)));
    const { graphDef, signatureDef } = fromBinary(SavedModelSchema, bytes).metaGraphs[0]!;
    expect(Object.keys(signatureDef)).toEqual(expect.arrayContaining(["serving_default", "evaluate", "train"]));
    const large = graphDef!.node.filter(
      ({ attr }) => attr.value?.value.case === "tensor" && attr.value.value.value.tensorContent.length > 4096,
    );
    expect(large.length).toBe(1);
  });

  test("count in the bodies of loops, too, where a file grows too large", () => {
    const data = new Float32Array(2 ** 29);
    const body = new Body([], [b.constant({ shape: [2 ** 29], dtype: "float32", data })]);
    const loop = b.op("scan", [], { body, carries: 0, sequences: 0, length: 1, reverse: false });
    const call = makeGraph("call", { y: b.results(loop)[0]! }, [], new Map());
    expect(() => lowerForServing({ inputs: new Map(), variables: new Map(), call })).toThrow(
      "SavedModel: weights and constants take 2.00 GiB",
    );
  });
});

describe.each([...testedBackends, "reference" as const])("on %s", (backend) => {
  test("the weights are those that the session has now, and the optimizer's are left out", async () => {
    const session = await open(line, { backend });
    const place = join(folder, backend, "1");
    await session.exportSavedModel(place);
    await session.setWeight("dense/kernel", [[1.5], [-2]]);
    await session.exportSavedModel(place);
    session.dispose();
    expect(readdirSync(place)).toEqual(["saved_model.pb"]);
    const { signatures, ops, floats } = read(place);
    expect(signatures).toEqual(["serving_default"]);
    expect(floats).toContainEqual([1.5, -2]);
    expect(ops.filter((op) => /Variable|VarHandle|RmsProp/.test(op))).toEqual([]);
  });
});

test("what is one affine map is exported as one", async () => {
  const chain = model({ x: input(["batch", 2]) }, ({ x }) => dense(dense(x, { units: 8 }), { units: 1 }));
  const program = compile(chain, { optimizer: rmsprop(), loss: meanSquaredError(), onWarning: () => {} });
  const session = await open(program, { backend: "reference" });
  // (x · K + b) · L + c, with all of K 2, of b 1, of L 3 and c 5: x · (8 · 2 · 3) + (8 · 1 · 3 + 5).
  await session.setWeight("dense/kernel", array(new Float32Array(16).fill(2), [2, 8]));
  await session.setWeight("dense/bias", new Float32Array(8).fill(1));
  await session.setWeight("dense_1/kernel", array(new Float32Array(8).fill(3), [8, 1]));
  await session.setWeight("dense_1/bias", [5]);
  await session.exportSavedModel(join(folder, "chain"));
  session.dispose();
  const { ops, floats } = read(join(folder, "chain"));
  expect(floats).toEqual([[48, 48], [29]]);
  expect(ops.filter((op) => op.includes("MatMul"))).toHaveLength(1);
});

describe("is refused, and nothing is changed", () => {
  const attempt = async (place: string) => {
    const session = await open(line, { backend: "reference" });
    await session.exportSavedModel(place);
  };

  test("where the folder is a file", async () => {
    const place = join(folder, "file");
    writeFileSync(place, "mine");
    await expect(attempt(place)).rejects.toThrow(`exportSavedModel: ${place} is a file; a SavedModel is a folder`);
    await expect(attempt(join(place, "1"))).rejects.toThrow(
      `exportSavedModel: ${join(place, "1")} cannot be written: ENOTDIR: not a directory`,
    );
    expect(readFileSync(place, "utf8")).toBe("mine");
  });

  test("where the folder holds another program's SavedModel", async () => {
    const place = join(folder, "keras");
    mkdirSync(join(place, "variables"), { recursive: true });
    writeFileSync(join(place, "saved_model.pb"), "theirs");
    await expect(attempt(place)).rejects.toThrow(
      `exportSavedModel: ${place} holds variables, which is no part of this model; choose a folder of its own`,
    );
    expect(readFileSync(join(place, "saved_model.pb"), "utf8")).toBe("theirs");
  });

  test("where nobody can make folders", async () => {
    await expect(attempt("/proc/nobody/model")).rejects.toThrow(
      /^exportSavedModel: \/proc\/nobody\/model cannot be written: E[A-Z]+: /,
    );
  });

  test("where the weights are more than TensorFlow reads", () => {
    const prediction = predictionOf(line);
    const data = new Float32Array(2 ** 29);
    data[0] = 1; // not all of one value, which would be written as one number
    const values = new Map(
      [...prediction.variables.keys()].map((name) => [name, { shape: [2 ** 29], dtype: "float32", data }]),
    );
    expect(() => lowerForServing(prediction, values as any)).toThrow(
      "SavedModel: weights and constants take 4.00 GiB, but TensorFlow reads no graph of 2 GiB or more. " +
        "Take the weights out of the session one by one with getWeight(), and keep them in files of your own",
    );
  });
});

test.each([
  ["", '""'],
  ["  ", '"  "'],
  ["a\0b", '"a\\u0000b"'],
  [undefined, "undefined"],
  [null, "null"],
])("the folder %j is refused", async (given, shown) => {
  const session = await open(line, { backend: "reference" });
  await expect(session.exportSavedModel(given as string)).rejects.toThrow(
    expect.objectContaining({
      code: "SW_FILE",
      message: `exportSavedModel: ${shown} is not the path of a folder; write one, such as "models/digits/1"`,
    }),
  );
  session.dispose();
});

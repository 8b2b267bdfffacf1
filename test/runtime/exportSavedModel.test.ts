import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromBinary } from "@bufbuild/protobuf";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SavedModelSchema } from "../../compiler/emit/saved-model/generated/tensorflow_pb.js";
import { compile, dense, input, meanSquaredError, model, rmsprop } from "../../compiler/language.js";
import { lowerForServing } from "../../compiler/lower/lowerForServing.js";
import { predictionOf } from "../../compiler/program.js";
import { open } from "../../runtime/index.js";
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

/** The graph of a SavedModel: its signatures' names, its nodes' ops, and the floats of a constant. */
function read(place: string) {
  const { graphDef, signatureDef } = fromBinary(SavedModelSchema, readFileSync(join(place, "saved_model.pb")))
    .metaGraphs[0]!;
  return {
    signatures: Object.keys(signatureDef),
    ops: graphDef!.node.map(({ name, op }) => `${name}: ${op}`),
    floats(name: string): number[] {
      const value = graphDef!.node.find((node) => node.name === name)!.attr.value!.value;
      if (value.case !== "tensor") throw new Error(`${name} is not a constant`);
      return [...new Float32Array(Uint8Array.from(value.value.tensorContent).buffer)];
    },
  };
}

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
    expect(signatures).toEqual(["serving_default", "__saved_model_init_op"]);
    expect(floats("initial/dense/kernel")).toEqual([1.5, -2]);
    expect(ops.filter((line) => line.endsWith(": VarHandleOp"))).toEqual([
      "dense/kernel: VarHandleOp",
      "dense/bias: VarHandleOp",
    ]);
  });
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

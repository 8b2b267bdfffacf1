import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  adam,
  add,
  array,
  compile,
  cosineDecay,
  dense,
  dropout,
  input,
  meanSquaredError,
  model,
  relu,
  sgd,
  tanh,
  variable,
  zeros,
} from "../../compiler/language.js";
import { open, type Session } from "../../runtime/index.js";
import { random } from "../../src/ir/random.js";
import { testedBackends } from "../support/backends.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "shapewright-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const place = (name: string) => join(folder, name);

/** A network whose training has state of every kind: moments, a step's number, keys of random numbers. */
const network = (units = 8) =>
  compile(
    model({ x: input(["batch", 3]) }, ({ x }) =>
      dense(dropout(dense(x, { units, activation: relu, name: "hidden" }), 0.5), { units: 1, name: "head" }),
    ),
    { optimizer: adam({ learningRate: cosineDecay(0.05, { decaySteps: 60 }) }), loss: meanSquaredError() },
  );

const draw = random(7, "session-files");
const numbers = (count: number) => Float32Array.from({ length: count }, () => draw.normal());
const x = array(numbers(40 * 3), [40, 3]);
const y = array(numbers(40), [40, 1]);
const quiet = { epochs: 2, batchSize: 16, verbose: "silent" } as const;

/** All variables of a session. */
const variablesOf = (session: Pick<Session<any, any, any>, "weightNames" | "getWeight">) =>
  Object.fromEntries(session.weightNames.map((name) => [name, session.getWeight(name)]));

describe.each(testedBackends)("on %s", (backend) => {
  test("training goes on from a checkpoint as if nothing had been between", async () => {
    const file = place(`${backend}.safetensors`);
    using straight = await open(network(), { backend });
    await straight.fit({ x }, y, quiet);
    await straight.saveCheckpoint(file);
    await straight.fit({ x }, y, quiet);

    using resumed = await open(network(), { backend, seed: 99 });
    await resumed.restoreCheckpoint(file);
    expect(resumed.epochs).toBe(2);
    await resumed.fit({ x }, y, quiet);
    expect(variablesOf(resumed)).toEqual(variablesOf(straight));
    expect(resumed.epochs).toBe(4);
  });

  test("weights alone leave what the optimizer keeps as it is", async () => {
    const file = place(`${backend}-weights.safetensors`);
    using trained = await open(network(), { backend });
    await trained.fit({ x }, y, quiet);
    await trained.saveWeights(file);
    const predicted = await trained.predict({ x });

    using other = await open(network(), { backend, seed: 99 });
    const before = variablesOf(other);
    const loaded = await other.loadWeights(file);
    expect(loaded).toEqual(trained.weightNames.filter((name) => !name.startsWith("optimizer/")).sort());
    expect(await other.predict({ x })).toEqual(predicted);
    const own = other.weightNames.filter((name) => name.startsWith("optimizer/"));
    expect(own.length).toBeGreaterThan(4);
    for (const name of own) expect(other.getWeight(name)).toEqual(before[name]);
  });
});

test("weights are written as they are when it is called", async () => {
  using session = await open(network(), { backend: "reference" });
  const file = place("now.safetensors");
  const before = session.getWeight("head/bias");
  const saved = session.saveWeights(file);
  await session.setWeight("head/bias", new Float32Array([5]));
  await saved;
  await session.loadWeights(file);
  expect(session.getWeight("head/bias")).toEqual(before);
});

test("a variable that is named as what callbacks remember is loaded, one named as the metadata is refused", async () => {
  const named = (name: string) =>
    compile(
      model({ x: input(["batch", 1]) }, ({ x }) => add(x, variable(name, [1], zeros()))),
      { optimizer: sgd(), loss: meanSquaredError() },
    );
  using session = await open(named("callbacks/w"), { backend: "reference" });
  await session.saveWeights(place("named.safetensors"));
  expect(await session.loadWeights(place("named.safetensors"))).toEqual(["callbacks/w"]);
  using other = await open(named("__metadata__"), { backend: "reference" });
  await expect(other.saveWeights(place("metadata.safetensors"))).rejects.toMatchObject({
    code: "SW_FILE",
    message: 'saveWeights: no file holds a variable that is named "__metadata__"',
  });
});

test("what rename throws is the caller's own", async () => {
  using session = await open(network(), { backend: "reference" });
  await session.saveWeights(place("renamed.safetensors"));
  const rename = () => {
    throw new RangeError("mine");
  };
  await expect(session.loadWeights(place("renamed.safetensors"), { rename })).rejects.toThrow(RangeError);
});

describe("files that do not fit", () => {
  const backend = "reference";
  let weights: string;
  let checkpoint: string;
  beforeAll(async () => {
    [weights, checkpoint] = [place("w.safetensors"), place("c.safetensors")];
    using session = await open(network(), { backend });
    await session.saveWeights(weights);
    await session.saveCheckpoint(checkpoint);
  });

  test("weights of another architecture are told from the model's by names and shapes, and none is loaded", async () => {
    const other = compile(
      model({ x: input(["batch", 3]) }, ({ x }) => dense(tanh(dense(x, { units: 9, name: "hidden" })), { units: 1 })),
      { optimizer: sgd(), loss: meanSquaredError() },
    );
    using session = await open(other, { backend });
    const before = variablesOf(session);
    await expect(session.loadWeights(weights)).rejects.toMatchObject({
      code: "SW_FILE",
      message:
        `loadWeights: ${weights} holds other weights than the model: "head/bias" [1] is not in the model; "head/kernel" [8, 1] is not in ` +
        'the model; "hidden/bias" is [8] in the file and [9] in the model; "hidden/kernel" is [3, 8] in the file and [3, 9] in the model; ' +
        '"dense/kernel" [9, 1] is not in the file; "dense/bias" [1] is not in the file; nothing is loaded; ' +
        "{ skipMismatch: true } loads what fits",
    });
    expect(variablesOf(session)).toEqual(before);
    const rename = (name: string) => name.replace("head/", "dense/");
    expect(await session.loadWeights(weights, { skipMismatch: true, rename })).toEqual(["dense/bias"]);
    const late = async (name: string) => name;
    await expect(session.loadWeights(weights, { skipMismatch: true, rename: late as never })).rejects.toMatchObject({
      code: "SW_VALUE",
      message: 'loadWeights: rename returns a Promise for "head/bias", but must return a name, or nothing',
    });
    await expect(session.loadWeights(weights, { skipMismatch: true, rename: () => "nowhere" })).rejects.toMatchObject({
      code: "SW_FILE",
      message: expect.stringMatching(
        /: "head\/bias" as "nowhere" \[1\] is not in the model; "head\/kernel" as "nowhere" is more than once in the file; .*; none fits$/,
      ),
    });
  });

  test("a checkpoint of another optimizer says what differs", async () => {
    const other = compile(
      model({ x: input(["batch", 3]) }, ({ x }) =>
        dense(dropout(dense(x, { units: 8, activation: relu, name: "hidden" }), 0.5), { units: 1, name: "head" }),
      ),
      { optimizer: sgd(), loss: meanSquaredError() },
    );
    using session = await open(other, { backend });
    await expect(session.restoreCheckpoint(checkpoint)).rejects.toMatchObject({
      code: "SW_FILE",
      message: expect.stringMatching(
        /^restoreCheckpoint: .*c\.safetensors is of another program: "optimizer\/[^;]* is not in the model; .*; loadWeights takes its weights alone$/,
      ),
    });
    expect(await session.loadWeights(checkpoint)).toHaveLength(4);
  });

  test("weights alone are no checkpoint", async () => {
    using session = await open(network(), { backend });
    await expect(session.restoreCheckpoint(weights)).rejects.toMatchObject({
      code: "SW_FILE",
      message: `restoreCheckpoint: ${weights} is no checkpoint; saveCheckpoint writes them, and loadWeights reads weights alone`,
    });
  });

  test("a file that was cut off anywhere changes nothing", async () => {
    using session = await open(network(), { backend, seed: 3 });
    const before = variablesOf(session);
    const { length } = readFileSync(checkpoint);
    for (const size of [0, 7, 8, 100, length >> 1, length - 1]) {
      const cut = place("cut.safetensors");
      writeFileSync(cut, readFileSync(checkpoint));
      truncateSync(cut, size);
      for (const load of ["loadWeights", "restoreCheckpoint"] as const) {
        await expect(session[load](cut)).rejects.toMatchObject({
          code: "SW_FILE",
          message: expect.stringContaining(`${load}: ${cut} cannot be read: it `),
        });
      }
    }
    expect(variablesOf(session)).toEqual(before);
  });

  test("a file of a newer version is refused", async () => {
    const newer = place("newer.safetensors");
    const bytes = readFileSync(weights, "latin1").replace('"version":"1"', '"version":"2"');
    writeFileSync(newer, bytes, "latin1");
    using session = await open(network(), { backend });
    await expect(session.loadWeights(newer)).rejects.toMatchObject({
      code: "SW_FILE",
      message: `loadWeights: ${newer} is of version "2", this Shapewright reads version 1: update it`,
    });
  });

  test("what cannot be read or written says why", async () => {
    using session = await open(network(), { backend });
    await expect(session.loadWeights(place("none"))).rejects.toMatchObject({
      code: "SW_FILE",
      message: `loadWeights: ${place("none")} cannot be read: ENOENT: no such file or directory`,
    });
    await expect(session.loadWeights(folder)).rejects.toMatchObject({ code: "SW_FILE" });
    await expect(session.saveWeights(join(weights, "inside"))).rejects.toMatchObject({ code: "SW_FILE" });
    for (const path of [undefined, "", 3, "a\0b"]) {
      await expect(session.saveCheckpoint(path as string)).rejects.toMatchObject({
        code: "SW_FILE",
        message: expect.stringMatching(
          /^saveCheckpoint: .* is not the path of a file; write one, such as "models\/digits.safetensors"$/,
        ),
      });
    }
    await expect(session.saveWeights("digits.h5")).rejects.toMatchObject({
      code: "SW_FILE",
      message:
        "saveWeights: digits.h5 says of itself that it is .h5, but what is written is a safetensors file; write digits.safetensors",
    });
    writeFileSync(place("net.ckpt.index"), "PK");
    await expect(session.loadWeights(place("net.ckpt.index"))).rejects.toMatchObject({
      code: "SW_FILE",
      message: `loadWeights: ${place("net.ckpt.index")} cannot be read: it is no safetensors file: it has 2 bytes; a .ckpt file is written as safetensors by the framework that reads it: see the guide to saving, "Weights of Keras and PyTorch"`,
    });
    expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([]);
  });

  test("options that there are not are refused", async () => {
    using session = await open(network(), { backend });
    await expect(session.loadWeights(weights, { skipMismatches: true } as never)).rejects.toMatchObject({
      code: "SW_VALUE",
      message: 'loadWeights: no option is named "skipMismatches"; did you mean "skipMismatch"?',
    });
  });

  test("nothing is restored while training is under way", async () => {
    using session = await open(network(), { backend });
    const training = session.fit({ x }, y, quiet);
    await expect(session.restoreCheckpoint(checkpoint)).rejects.toMatchObject({ code: "SW_SESSION" });
    await training;
  });
});

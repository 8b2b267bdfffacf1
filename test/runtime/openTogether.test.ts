import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import {
  adam,
  add,
  type CompileWarning,
  compile,
  compileFunction,
  compileLoss,
  dense,
  dot,
  gradients,
  input,
  mean,
  meanSquaredError,
  model,
  multiply,
  neg,
  norm,
  sequential,
  sgd,
  sqrt,
  square,
  subtract,
  sum,
  tanh,
  trainableVariables,
  variable,
  zeros,
} from "../../compiler/language.js";
import type { Program } from "../../compiler/program.js";
import { open, openTogether } from "../../runtime/index.js";
import { loadTfjsNode } from "../../runtime/native/index.js";
import { generate } from "../../src/ir/array.js";
import { testedBackends } from "../support/backends.js";

type Rows = number[][];
interface Fixture {
  readonly begin: Readonly<Record<"generator" | "critic", readonly (Rows | number[])[]>>;
  readonly end: Fixture["begin"];
  readonly steps: readonly {
    readonly critic?: Readonly<Record<"real" | "noise" | "share", Rows>>;
    readonly generator?: { readonly noise: Rows };
    readonly reports: Readonly<Record<string, number>>;
  }[];
}
const fixture: Fixture = JSON.parse(readFileSync(new URL("../fixtures/gan.json", import.meta.url), "utf8"));

const generator = model({ noise: input(["batch", 4]) }, ({ noise }) =>
  sequential(noise, dense({ units: 8, activation: tanh }), dense({ units: 2 })),
);
const critic = model({ x: input(["batch", 2]) }, ({ x }) =>
  sequential(x, dense({ units: 8, activation: tanh }), dense({ units: 1 })),
);
const optimizer = (learningRate: number) => adam({ learningRate, beta1: 0.5, beta2: 0.9, epsilon: 1e-12 });
const judging = compileLoss(
  model(
    { real: input(["batch", 2]), noise: input(["batch", 4]), share: input(["batch", 1]) },
    ({ real, noise, share }) => {
      const fake = generator.apply({ noise });
      const between = add(multiply(share, real), multiply(subtract(1, share), fake));
      const { between: slope } = gradients(sum(critic.apply({ x: between })), { between });
      const penalty = mean(square(subtract(norm(slope, { axis: 1 }), 1)));
      const distance = subtract(mean(critic.apply({ x: real })), mean(critic.apply({ x: fake })));
      const loss = subtract(multiply(10, penalty), distance);
      const slopes = Object.values(gradients(loss, trainableVariables(critic)));
      const squares = slopes.map((gradient) => sum(square(gradient)));
      return { loss, penalty, distance, norm: sqrt(squares.reduce((a, b) => add(a, b))) };
    },
  ),
  { optimizer: optimizer(0.01), trainable: critic },
);
const generating = compileLoss(
  model({ noise: input(["batch", 4]) }, ({ noise }) => neg(mean(critic.apply({ x: generator.apply({ noise }) })))),
  { optimizer: optimizer(0.02), trainable: generator },
);

const layer = dense({ units: 1 });
const line = model({ x: input(["batch", 1]) }, ({ x }) => layer(x));
const twice = model({ x: input(["batch", 1]) }, ({ x }) => add(layer(x), dense(x, { units: 1 })));
const squared = { optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError() };
const batch = { inputs: { x: [[1], [2]] }, target: [[3], [5]] };

describe.each([...testedBackends, "reference" as const])("on %s", (backend) => {
  test("a GAN with gradient penalty takes PyTorch's steps", async () => {
    const [forCritic, forGenerator] = await openTogether([judging, generating], { backend });
    expect(forCritic.backend).toBe(backend);
    const names = { generator: [...generator.variables.keys()], critic: [...critic.variables.keys()] };
    // In the generator's program, the critic's layers come second.
    const inGenerating = {
      generator: names.generator,
      critic: names.critic.map((name) => name.replace(/^dense(_1)?/, (_, second) => (second ? "dense_3" : "dense_2"))),
    };
    const kinds = ["generator", "critic"] as const;
    for (const kind of kinds)
      for (const [i, name] of inGenerating[kind].entries())
        await forGenerator.setWeight(name, fixture.begin[kind][i]! as number[]);
    for (const { critic: judged, generator: made, reports } of fixture.steps) {
      const got = judged
        ? await forCritic.trainStep({ inputs: judged })
        : await forGenerator.trainStep({ inputs: made! });
      for (const [name, value] of Object.entries(reports))
        expect((got as unknown as Record<string, number>)[name], name).toBeCloseTo(value, 4);
    }
    for (const kind of kinds)
      for (const [i, name] of inGenerating[kind].entries()) {
        const [found, wanted] = [forGenerator.getWeight(name).data, fixture.end[kind][i]!.flat()];
        expect(found).toHaveLength(wanted.length);
        for (const [k, value] of wanted.entries()) expect(found[k], name).toBeCloseTo(value, 4);
      }
    forCritic.dispose();
    forGenerator.dispose();
  });

  test("each sees what the other changes, and keeps what is its optimizer's; a checkpoint holds both", async () => {
    const folder = mkdtempSync(join(tmpdir(), "shapewright-"));
    const [first, second] = await openTogether(
      [compile(line, { ...squared, optimizer: adam() }), compile(twice, { ...squared, optimizer: adam() })],
      { backend },
    );
    const alone = await open(compile(line, { ...squared, optimizer: adam() }), { backend });
    // It begins as the first has it.
    expect(first.getWeight("dense/kernel")).toEqual(alone.getWeight("dense/kernel"));
    for (const session of [first, alone]) await session.trainStep(batch);
    expect(first.getWeight("dense/kernel")).toEqual(alone.getWeight("dense/kernel"));
    expect(second.getWeight("dense/kernel")).toEqual(alone.getWeight("dense/kernel"));
    expect(second.getWeight("optimizer/steps").data[0]).toBe(0);
    const file = join(folder, "second.safetensors");
    await second.saveCheckpoint(file);
    await second.fit({ x: [[1], [2]] }, [[3], [5]], { epochs: 2, verbose: "silent" });
    expect(first.getWeight("dense/kernel")).toEqual(second.getWeight("dense/kernel"));
    expect(first.getWeight("dense/kernel")).not.toEqual(alone.getWeight("dense/kernel"));
    expect([first, second].map((session) => session.getWeight("optimizer/steps").data[0])).toEqual([1, 2]);
    await second.restoreCheckpoint(file);
    expect(first.getWeight("dense/kernel")).toEqual(alone.getWeight("dense/kernel"));
    expect(second.getWeight("optimizer/steps").data[0]).toBe(0);
    rmSync(folder, { recursive: true });
    alone.dispose();
    first.dispose();
    // What is shared stays until the last has gone.
    expect((await second.predict({ x: [[1]] })).shape).toEqual([1, 1]);
    second.dispose();
  });

  test("a loss and its gradients by variable are numbers of a function beside the session", async () => {
    const slopes = compileFunction({ x: input(["batch", 1]), t: input(["batch", 1]) }, ({ x, t }) => {
      const loss = mean(square(subtract(line.apply({ x }), t)));
      return { loss, ...gradients(loss, trainableVariables(line)) };
    });
    const [session, slopesOf] = await openTogether([compile(line, squared), slopes], { backend });
    await session.setWeight("dense/kernel", [[1]]);
    // w = 1, b = 0: errors -2 and -3; dw = mean(2 · e · x) = -8, db = mean(2 · e) = -5.
    const data = { x: [[1], [2]], t: [[3], [5]] };
    const found = await slopesOf(data);
    expect(Object.keys(found)).toEqual(["loss", "dense/kernel", "dense/bias"]);
    for (const [i, wanted] of [6.5, -8, -5].entries()) expect(Object.values(found)[i]!.data[0]).toBeCloseTo(wanted, 5);
    // One's own rule: against the signs.
    for (const [name, slope] of Object.entries(found).slice(1))
      await session.setWeight(
        name,
        generate(
          slope.shape as number[],
          "float32",
          (k) => (session.getWeight(name).data[k] as number) - 0.1 * Math.sign(slope.data[k] as number),
        ),
      );
    expect(session.getWeight("dense/kernel").data[0]).toBeCloseTo(1.1, 5);
    // What the session does, the function sees.
    await session.trainStep(batch);
    expect((await slopesOf(data)).loss.data[0]).toBeCloseTo((await session.evaluateStep(batch)).loss, 5);
    const step = session.trainStep(batch);
    await expect(slopesOf(data)).rejects.toMatchObject({
      message:
        "the function: trainStep is under way on a session that shares its variables; await it before you call the function",
    });
    await step;
    session.dispose();
    slopesOf.dispose();
  });

  test("one thing at a time changes what is shared", async () => {
    const [first, second] = await openTogether([compile(line, squared), compile(twice, squared)], { backend });
    const step = first.trainStep(batch);
    await expect(second.trainStep(batch)).rejects.toMatchObject({
      code: "SW_SESSION",
      message:
        "trainStep: trainStep is under way on a session that shares its variables; await it before you call trainStep",
    });
    await step;
    // A callback may ask the other.
    const seen: number[] = [];
    await first.fit({ x: [[1]] }, [[2]], {
      epochs: 2,
      verbose: "silent",
      callbacks: [{ onEpochEnd: async () => void seen.push((await second.evaluateStep(batch)).loss) }],
    });
    expect(new Set(seen).size).toBe(2);
    const running = second.fit({ x: [[1]] }, [[2]], { epochs: 50, verbose: "silent" });
    first.dispose();
    await expect(first.trainStep(batch)).rejects.toMatchObject({
      message: "the session has been disposed; open() another",
    });
    expect((await running).epoch).toHaveLength(50);
    second.dispose();
  });
});

test("layers of one given name that are not one layer are told, once each, and trained apart", async () => {
  const shared = dense({ units: 2, name: "shared", activation: tanh });
  const x = input(["batch", 2]);
  const given = (units: number, name?: string) => ({ units, ...(name !== undefined && { name }) });
  const program = (units: number, name?: string) =>
    compile(
      model({ x }, ({ x }) => dense(shared(x), given(units, name))),
      squared,
    );
  const told = async (programs: [unknown, unknown]) => {
    const warnings: CompileWarning[] = [];
    const opened = await openTogether(programs as [Program, Program], {
      backend: "reference",
      onWarning: (warning) => warnings.push(warning),
    });
    for (const session of opened) session.dispose();
    return warnings;
  };
  const message =
    'openTogether: two layers are named "head", one of program 1 and one of program 2: each has weights of its own, and what one learns, the ' +
    "other does not. Names share nothing: call one layer in both, or give each its own name";
  expect(await told([program(1, "head"), program(1, "head")])).toEqual([{ code: "SW_WARN_SAME_NAME", message }]);
  // Of other sizes they cannot be meant as one; without a name of the user's, names meet of themselves.
  for (const others of [[program(1, "head"), program(2, "head")] as const, [program(1), program(1)] as const])
    expect(await told([...others])).toEqual([]);
  const own = (name: string) =>
    compileFunction({ x }, ({ x }) => ({ y: dot(shared(x), variable(name, [2, 2], zeros())) }));
  expect((await told([own("W"), own("W")])).map(({ message }) => message)).toEqual([
    message.replace('two layers are named "head"', 'two variables are named "W"'),
  ]);
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  for (const one of await openTogether([program(1, "head"), program(1, "head")], { backend: "reference" }))
    one.dispose();
  expect(warn.mock.calls).toEqual([[`shapewright: ${message}`]]);
  warn.mockRestore();
});

test("programs that share nothing, or are none, are refused", async () => {
  const one = compile(line, squared);
  const other = compile(
    model({ x: input(["batch", 1]) }, ({ x }) => dense(x, { units: 1 })),
    squared,
  );
  const untyped = (value: unknown) => openTogether(value as never, { backend: "reference" });
  for (const [given, message] of [
    [
      [one, compile(twice, squared), other],
      "openTogether: program 3 of 3 shares no variable with the others; build both from one model, by its apply(), or of the same layers, or open() it by itself",
    ],
    [[], "openTogether: programs is [], but must be a list of two programs at least"],
    [[one], "openTogether: programs is an array, but must be a list of two programs at least"],
    [one, "openTogether: programs is an object, but must be a list of two programs at least"],
    [[one, line], "openTogether: takes what compile() makes, but this is a model: compile it first"],
    [[one, one], "openTogether: a program is given twice; open it once"],
  ] as const)
    await expect(untyped(given), message).rejects.toMatchObject({ code: "SW_VALUE", message });
});

test.runIf(testedBackends.includes("tensorflow"))(
  "on native TensorFlow they are one graph, freed by the last",
  async () => {
    const native = loadTfjsNode();
    if (!("tf" in native)) throw new Error(native.problem);
    const freed = vi.spyOn(native.own!, "closeSession");
    const ran = vi.spyOn(native.own!, "run");
    const prepared = vi.spyOn(native.own!, "prepare");
    /** The session that each run was of. */
    const graphs = () => {
      const kinds = prepared.mock.results.map(({ value }, i) => [value.handle, prepared.mock.calls[i]![0]] as const);
      return ran.mock.calls.map(([kind]) => new Map(kinds).get(kind)!);
    };
    const [first, second] = await openTogether([compile(line, squared), compile(twice, squared)], {
      backend: "tensorflow",
    });
    ran.mockClear();
    await first.evaluateBatches([batch]);
    await second.evaluateBatches([batch]);
    await first.trainStep(batch);
    await second.trainStep(batch);
    // With the first single step, all is loaded anew: the variables are read in one graph and set in the other.
    const [graph, , , withSteps] = graphs();
    const isThe = (one: unknown) => (other: unknown) => Object.is(one, other);
    expect(graphs().map(isThe(withSteps))).toEqual([false, false, false, true, true, true]);
    expect(graphs().map(isThe(graph))).toEqual([true, true, true, false, false, false]);
    expect(freed.mock.calls.flat().map(isThe(graph))).toEqual([true]);
    freed.mockClear();
    first.dispose();
    first.dispose();
    expect(freed).not.toHaveBeenCalled();
    second.dispose();
    expect(freed.mock.calls.flat().map(isThe(withSteps))).toEqual([true]);
    for (const spy of [freed, ran, prepared]) spy.mockRestore();
  },
);

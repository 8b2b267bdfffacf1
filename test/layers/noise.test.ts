import { describe, expect, test } from "vitest";
import { emitTraining } from "../../compiler/emit/typescript/emitTraining.js";
import {
  add,
  alphaDropout,
  broadcastTo,
  compile,
  concat,
  constant,
  dense,
  dropout,
  gaussianDropout,
  gaussianNoise,
  input,
  type Loss,
  meanSquaredError,
  model,
  scan,
  sequential,
  sgd,
  slice,
  spatialDropout1d,
  spatialDropout2d,
  spatialDropout3d,
  subtract,
  type Tensor,
  tanh,
} from "../../compiler/language.js";
import type { Program } from "../../compiler/program.js";
import { eager } from "../../runtime/index.js";
import { array, generate } from "../../src/ir/array.js";
import type { Model } from "../../src/model.js";
import { testedBackends } from "../support/backends.js";
import { importGenerated, type TrainingModule } from "../support/generated.js";
import { inTraining } from "../support/in-training.js";
import { type Batch, generatedReports, sessionReports } from "../support/training.js";

/** What a model of one input gives in training for zeros, in one of the steps. */
async function trained(
  net: Model<any, any>,
  shape: number[],
  step = 0,
  seed = 0,
  backend?: (typeof testedBackends)[0],
) {
  const zeros = generate(shape, "float32", () => 0);
  return [...(await inTraining(net, zeros, { step, seed, backend })).data] as number[];
}

const noisy = model({ x: input(["batch", 4]) }, ({ x }) => gaussianNoise(x, 0.5));

test("noise has the standard deviation that it is given, and is other noise in each step, for each seed and each layer", async () => {
  const first = await trained(noisy, [500, 4]);
  const squares = first.reduce((sum, value) => sum + value * value, 0) / first.length;
  expect(Math.abs(squares - 0.25)).toBeLessThan(0.25 * 4 * Math.sqrt(2 / 2000));
  expect(await trained(noisy, [500, 4])).toEqual(first);
  const named = model({ x: input(["batch", 4]) }, ({ x }) => gaussianNoise(x, 0.5, { name: "other" }));
  const others = [
    await trained(noisy, [500, 4], 1),
    await trained(noisy, [500, 4], 0, 1),
    await trained(named, [500, 4]),
  ];
  expect(new Set([first, ...others].flat()).size).toBeGreaterThan(7990);
});

describe.each([undefined, ...testedBackends])("on %s", (backend) => {
  test("gaussianDropout multiplies by numbers around 1 that vary as much as dropout's", async () => {
    const net = model({ x: input(["batch", 4]) }, ({ x }) => gaussianDropout(add(x, 3), 0.2));
    const factors = (await trained(net, [500, 4], 0, 0, backend)).map((value) => value / 3);
    const mean = factors.reduce((sum, value) => sum + value, 0) / factors.length;
    const variance = factors.reduce((sum, value) => sum + (value - mean) ** 2, 0) / factors.length;
    expect(Math.abs(mean - 1)).toBeLessThan(4 * Math.sqrt(0.25 / 2000));
    expect(Math.abs(variance - 0.25)).toBeLessThan(0.25 * 4 * Math.sqrt(2 / 2000));
  });

  test("alphaDropout gives what Keras's formula does, and keeps mean 0 and variance 1", async () => {
    const rate = 0.3;
    const least = -1.6732632423543772 * 1.0507009873554805;
    const a = ((1 - rate) * (1 + rate * least ** 2)) ** -0.5;
    const [kept, dropped] = [-a * least * rate, a * least - a * least * rate];
    const zeros = model({ x: input(["batch", 4]) }, ({ x }) => alphaDropout(x, rate));
    const values = await trained(zeros, [500, 4], 0, 0, backend);
    const isDropped = (value: number) => Math.abs(value - dropped) < 1e-6;
    expect(values.every((value) => isDropped(value) || Math.abs(value - kept) < 1e-6)).toBe(true);
    expect(Math.abs(values.filter(isDropped).length - 600)).toBeLessThan(4 * Math.sqrt(2000 * rate * (1 - rate)));
    const noise = model({ x: input(["batch", 4]) }, ({ x }) => alphaDropout(gaussianNoise(x, 1), rate));
    const found = await trained(noise, [2000, 4], 0, 0, backend);
    const mean = found.reduce((sum, value) => sum + value, 0) / found.length;
    const variance = found.reduce((sum, value) => sum + (value - mean) ** 2, 0) / found.length;
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(8000));
    expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(3 / 8000));
  });

  test.each([
    [1, [50, 6, 4], spatialDropout1d(0.25)],
    [2, [50, 2, 3, 4], spatialDropout2d(0.25)],
    [3, [50, 2, 1, 3, 4], spatialDropout3d(0.25)],
  ] as const)("spatialDropout%id keeps or drops whole channels of samples", async (_, shape, layer) => {
    const net = model({ x: input(["batch", ...shape.slice(1)] as any) as Tensor<any> }, ({ x }) =>
      layer(add(x as Tensor<["batch", 6, 4]>, 3) as never),
    );
    const values = await trained(net as never, [...shape], 0, 0, backend);
    const [places, channels] = [6, 4];
    const at = (sample: number, place: number, channel: number) =>
      values[(sample * places + place) * channels + channel]!;
    let dropped = 0;
    for (let sample = 0; sample < 50; sample++) {
      for (let channel = 0; channel < channels; channel++) {
        const first = at(sample, 0, channel);
        expect([0, 4]).toContain(first);
        if (first === 0) dropped++;
        for (let place = 1; place < places; place++) expect(at(sample, place, channel)).toBe(first);
      }
    }
    expect(Math.abs(dropped - 50)).toBeLessThan(4 * Math.sqrt(200 * 0.25 * 0.75));
  });
});

test("a rate that is none is refused, and one of 0 draws nothing", async () => {
  const x = input(["batch", 4]);
  for (const rate of [-0.1, 1, Number.NaN, null, "0.5"]) {
    for (const layer of [gaussianDropout, alphaDropout]) {
      expect(() => layer(x as never, rate as never)).toThrow(/Dropout: rate is .*, but must be a number in \[0, 1\)/);
    }
    expect(() => spatialDropout1d(input(["batch", 2, 4]), rate as number)).toThrow(
      /spatialDropout1d: rate is .*, but must be a number in \[0, 1\)/,
    );
  }
  const net = model({ x }, (inputs) => alphaDropout(gaussianDropout(inputs.x, 0), 0));
  expect(new Set(await trained(net, [5, 4]))).toEqual(new Set([0]));
});

test("a layer that is called twice draws twice", async () => {
  const twice = model({ x: input(["batch", 4]) }, ({ x }) => {
    const noise = gaussianNoise(1);
    return subtract(noise(x), noise(x));
  });
  expect((await trained(twice, [5, 4])).every((difference) => difference !== 0)).toBe(true);
});

test("nothing happens outside of training", () => {
  const program = compile(
    model({ x: input(["batch", 4]) }, ({ x }) => dense(gaussianNoise(x, 0.5), { units: 1 })),
    { optimizer: sgd(), loss: meanSquaredError() },
  );
  const draws = (graph: Program["train"]) => graph.nodes.filter(({ op }) => op === "randomNormal").length;
  expect([program.train, program.evaluate, program.predict].map(draws)).toEqual([1, 0, 0]);
});

/** What each step is given, with noise and dropout, and what is carried, with noise. */
const looped = model({ x: input(["batch", 6, 2]) }, ({ x }) => {
  const start: Tensor<["batch", 2]> = broadcastTo(constant(0), ["batch", 2]);
  const { outputs } = scan(x, start, (sum, now) => {
    const next = add(gaussianNoise(sum, 1), now);
    return { carry: next, output: dropout(gaussianNoise(add(next, constant(1)), 1), 0.5) };
  });
  return outputs;
});

describe("in a loop", () => {
  test("no two rounds draw the same, nor do two steps", async () => {
    const outputs = await trained(looped, [2, 6, 2]);
    const kept = outputs.filter((value) => value !== 0);
    expect(kept.length).toBeGreaterThan(4);
    expect(kept.length).toBeLessThan(20);
    const later = (await trained(looped, [2, 6, 2], 1)).filter((value) => value !== 0);
    expect(new Set([...kept, ...later]).size).toBe(kept.length + later.length);
    expect(await trained(looped, [2, 6, 2])).toEqual(outputs);
  });

  test.each(testedBackends)("%s draws what the reference kernels do", async (backend) => {
    const [wanted, found] = [await trained(looped, [3, 6, 2], 4), await trained(looped, [3, 6, 2], 4, 0, backend)];
    for (const [i, value] of found.entries()) expect(value).toBeCloseTo(wanted[i]!, 4);
  });
});

describe("training with noise", () => {
  const program = () =>
    compile(
      model({ x: input(["batch", 6, 2]) }, ({ x }) => {
        const start: Tensor<["batch", 4]> = broadcastTo(constant(0), ["batch", 4]);
        const layer = dense({ units: 4, activation: tanh });
        const h = scan(x, start, (before, now) => {
          const next = layer(concat([gaussianNoise(before, 0.1), now], 1));
          return { carry: next, output: dropout(next, 0.2) };
        });
        return sequential(slice(h.outputs, [0, 5, 0], ["batch", 1, 4]), gaussianNoise(0.2), dense({ units: 1 }));
      }),
      { optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError() as Loss<any> },
    ) as Program;
  const batches = Array.from({ length: 8 }, (_, i): Batch => {
    const x = generate([5, 6, 2], "float32", (j) => Math.sin(j * 1.7 + i));
    return { inputs: { x }, target: generate([5, 1, 1], "float32", (j) => Math.cos(j + i)) };
  });

  test.each(testedBackends)("on %s goes as on the first backend, and so does generated code", async (backend) => {
    const wanted = await sessionReports(testedBackends[0]!, program(), batches, 3);
    const module = await importGenerated<TrainingModule>(emitTraining(program(), { name: "program", source: "test" }));
    const { reports, left } = await generatedReports(backend, module, batches, 3);
    const found = await sessionReports(backend, program(), batches, 3);
    for (const [i, { loss }] of wanted.entries()) {
      expect(found[i]!.loss).toBeCloseTo(loss!, 4);
      expect(reports[i]!.loss).toBeCloseTo(loss!, 4);
    }
    expect(left).toBe(0);
  });
});

test("eager models draw other noise in each call in training, and none outside of it", async () => {
  const session = await eager({ backend: "reference" });
  try {
    const net = session.model(noisy);
    const x = constant(array(new Float32Array(40), [10, 4]) as never) as Tensor<[10, 4]>;
    const [first, second] = [net({ x }, { training: true }), net({ x }, { training: true })].map((y) => [
      ...session.value(y as never).data,
    ]);
    expect(new Set([...first!, ...second!]).size).toBe(80);
    expect([...session.value(net({ x }) as never).data].every((value) => value === 0)).toBe(true);
  } finally {
    session.dispose();
  }
});

test("a standard deviation below 0 is refused", () => {
  expect(() => gaussianNoise(-1 as number)).toThrow(
    "gaussianNoise: stddev is -1, but must be a number in [0, Infinity)",
  );
});

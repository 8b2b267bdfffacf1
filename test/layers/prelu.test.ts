import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { emitTraining } from "../../compiler/emit/typescript/emitTraining.js";
import {
  compile,
  dense,
  gradients,
  type Initializer,
  input,
  type Loss,
  layerConfigs,
  mean,
  meanSquaredError,
  model,
  prelu,
  sequential,
  sgd,
  squaredDifference,
  type Tensor,
} from "../../compiler/language.js";
import type { Program } from "../../compiler/program.js";
import { open, openFunction } from "../../runtime/index.js";
import { array, type NdArray } from "../../src/ir/array.js";
import { testedBackends } from "../support/backends.js";
import { importGenerated, type TrainingModule } from "../support/generated.js";
import { tensorOf as tfjsTensorOf } from "../support/training.js";

/** A layer of Keras, and what it gives: test/fixtures/prelu.py. */
type Case = Readonly<Record<"shape" | "sharedAxes" | "alphaShape", number[]>> &
  Readonly<Record<"x" | "target" | "alpha" | "y" | "dx" | "trained" | "predicted", number[]>>;

const cases: Case[] = JSON.parse(readFileSync(new URL("../fixtures/prelu.json", import.meta.url), "utf8"));
const all = [...testedBackends, "reference"] as const;
const steps = 3;

const given = (values: number[]): Initializer => ({ name: "given", sample: () => new Float32Array(values) });
const arrayOf = (numbers: number[], shape: number[]) => array(Float32Array.from(numbers), shape) as NdArray;

const netOf = ({ shape, sharedAxes, alpha }: Case) =>
  model({ x: input(["batch", ...shape.slice(1)] as any) as Tensor<any> }, ({ x }) =>
    prelu(x, { sharedAxes, alphaInitializer: given(alpha) }),
  );

const programOf = (of: Case): Program =>
  compile(netOf(of), {
    optimizer: sgd({ learningRate: 0.1 }),
    loss: meanSquaredError() as Loss<any>,
  }) as unknown as Program;

function expectNumbers(actual: ArrayLike<number>, wanted: readonly number[], name: string): void {
  expect(actual.length, name).toBe(wanted.length);
  for (const [i, value] of wanted.entries()) expect(actual[i]!, `${name}[${i}]`).toBeCloseTo(value, 5);
}

describe.each(cases)("prelu of $shape, shared along $sharedAxes, is Keras's", (of) => {
  const [x, target] = [arrayOf(of.x, of.shape), arrayOf(of.target, of.shape)];

  test.each(all)("in value and gradient on %s", async (backend) => {
    const shape = ["batch", ...of.shape.slice(1)] as any;
    const inputs = { x: input(shape) as Tensor<any>, target: input(shape) as Tensor<any> };
    const net = netOf(of);
    const f = await openFunction(
      inputs,
      ({ x, target }) => {
        const y = net.apply({ x }) as Tensor<any>;
        const loss = mean(squaredDifference(y, target)) as Tensor<[]>;
        return { y, dx: gradients(loss, { x }).x };
      },
      { backend },
    );
    const found = (await f({ x, target } as any)) as unknown as Record<string, NdArray>;
    expectNumbers(found.y!.data as Float32Array, of.y, "y");
    expectNumbers(found.dx!.data as Float32Array, of.dx, "dx");
    f.dispose();
  });

  test.each(all)("after three steps of training on %s", async (backend) => {
    const session = await open(programOf(of), { backend });
    const options = { batchSize: of.shape[0]!, epochs: steps, shuffle: false, verbose: "silent" } as const;
    await session.fit({ x } as any, target as any, options);
    expectNumbers(session.getWeight("prelu/alpha").data as Float32Array, of.trained, "alpha");
    const predicted = (await session.predict({ x } as any)) as NdArray;
    expectNumbers(predicted.data as Float32Array, of.predicted, "predicted");
    session.dispose();
  });

  test.each(testedBackends)("after three steps of generated code on %s", async (backend) => {
    const text = emitTraining(programOf(of), { name: "program", source: "test" });
    const module = await importGenerated<TrainingModule>(text);
    await tf.setBackend(backend);
    const state = module.createState({ weights: { "prelu/alpha": tfjsTensorOf(arrayOf(of.alpha, of.alphaShape)) } });
    const [xs, targets] = [tfjsTensorOf(x), tfjsTensorOf(target)];
    for (let step = 0; step < steps; step++) module.trainStep(state, xs, targets);
    expectNumbers((await state["prelu/alpha"]!.data()) as Float32Array, of.trained, "alpha");
    tf.dispose([xs, targets, state] as any);
  });
});

test("prelu in sequential, by its options, and called twice", () => {
  const net = model({ x: input(["batch", 4]) }, ({ x }) =>
    sequential(x, dense({ units: 3 }), prelu({ name: "bend" }), dense({ units: 1 })),
  );
  expect(net.variables.get("bend/alpha")!.shape).toEqual([3]);
  expect(layerConfigs(net)[1]).toEqual({ kind: "prelu", name: "bend", options: { name: "bend" } });
  const shared = prelu({ sharedAxes: [1] });
  const twice = model({ x: input(["batch", "time", 3]) }, ({ x }) => shared(shared(x)));
  expect([...twice.variables.keys()]).toEqual(["prelu/alpha"]);
});

test("axes that are none are refused", () => {
  const x = input(["batch", "time", 3]);
  for (const axis of [0, 3, -1, 1.5, Number.NaN]) {
    const message = `prelu: sharedAxes has ${axis}, which is no axis of [batch, time, 3] behind the first: they count from 1`;
    expect(() => prelu(x, { sharedAxes: [1, axis] })).toThrow(expect.objectContaining({ code: "SW_SHAPE", message }));
  }
  for (const sharedAxes of [1, null, "1", ["1"], {}]) {
    expect(() => prelu(x as Tensor<any>, { sharedAxes } as never)).toThrow(
      expect.objectContaining({ code: "SW_VALUE" }),
    );
  }
});

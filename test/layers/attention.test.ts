import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { emitTraining } from "../../compiler/emit/typescript/emitTraining.js";
import {
  additiveAttention,
  attention,
  compile,
  groupQueryAttention,
  input,
  type Model,
  meanSquaredError,
  model,
  multiHeadAttention,
  sequential,
  sgd,
  type Tensor,
} from "../../compiler/language.js";
import type { Program } from "../../compiler/program.js";
import { open } from "../../runtime/index.js";
import { generate, type NdArray } from "../../src/ir/array.js";
import { testedBackends } from "../support/backends.js";
import { importGenerated, type TrainingModule } from "../support/generated.js";
import { tensorOf as tfjsTensorOf } from "../support/training.js";

interface Packed {
  readonly shape: number[];
  readonly dtype: "float32" | "bool";
  readonly data: readonly (number | boolean)[];
}

/** A layer of Keras, and what it gives: test/fixtures/attention.py. */
interface Case {
  readonly kind: keyof typeof layers;
  readonly options: Readonly<Record<string, number | boolean | string>>;
  readonly query: Packed;
  readonly given: Readonly<Record<string, Packed>>;
  readonly target: Packed;
  readonly start: Readonly<Record<string, Packed>>;
  readonly y: Packed;
  readonly trained: Readonly<Record<string, Packed>>;
  readonly predicted: Packed;
}

const cases: Case[] = JSON.parse(readFileSync(new URL("../fixtures/attention.json", import.meta.url), "utf8"));
const steps = 3;
const arrayOf = ({ shape, dtype, data }: Packed): NdArray => generate(shape, dtype, (i) => Number(data[i]));
const layers = { additiveAttention, attention, groupQueryAttention, multiHeadAttention };

/** The layer of a case on inputs of its shapes, whose batch axis has a name. */
function modelOf({ kind, options, query, given }: Case): Model<any, any> {
  const shapes = { query, ...given };
  const inputs = Object.fromEntries(
    Object.entries(shapes).map(([name, { shape, dtype }]) => [name, input(["batch", ...shape.slice(1)] as any, dtype)]),
  );
  return model(inputs as Record<string, Tensor<any>>, ({ query: x, ...attended }) =>
    (layers[kind] as typeof multiHeadAttention)(x as Tensor<["batch", 4, 3]>, { ...options, ...attended } as never),
  );
}

const programOf = (of: Case): Program =>
  compile(modelOf(of), { optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError() }) as unknown as Program;
const dataOf = ({ query, given }: Case) =>
  Object.fromEntries(Object.entries({ query, ...given }).map(([name, packed]) => [name, arrayOf(packed)]));

function expectNumbers(actual: ArrayLike<number>, { data }: Packed, name: string): void {
  expect(actual.length, name).toBe(data.length);
  for (const [i, value] of data.entries()) expect(actual[i], `${name}[${i}]`).toBeCloseTo(value as number, 4);
}

describe.each(cases)("$kind with $options is Keras's", (of) => {
  test.each([...testedBackends, "reference"] as const)("before and after three steps on %s", async (backend) => {
    using session = await open(programOf(of), { backend });
    for (const [name, start] of Object.entries(of.start)) await session.setWeight(`${of.kind}/${name}`, arrayOf(start));
    const data = dataOf(of) as never;
    expectNumbers(((await session.predict(data)) as NdArray).data as Float32Array, of.y, "y");
    const batchSize = of.query.shape[0]!;
    const target = arrayOf(of.target) as never;
    await session.fit(data, target, { batchSize, epochs: steps, shuffle: false, verbose: "silent" });
    for (const [name, trained] of Object.entries(of.trained)) {
      expectNumbers(session.getWeight(`${of.kind}/${name}`).data as Float32Array, trained, name);
    }
    expectNumbers(((await session.predict(data)) as NdArray).data as Float32Array, of.predicted, "predicted");
  });

  test.each(testedBackends)("after three steps of generated code on %s", async (backend) => {
    const module = await importGenerated<TrainingModule>(
      emitTraining(programOf(of), { name: "program", source: "test" }),
    );
    await tf.setBackend(backend);
    const weights = Object.fromEntries(
      Object.entries(of.start).map(([name, start]) => [`${of.kind}/${name}`, tfjsTensorOf(arrayOf(start))]),
    );
    const state = module.createState({ weights });
    const inputs = Object.values(dataOf(of)).map(tfjsTensorOf);
    const target = tfjsTensorOf(arrayOf(of.target));
    for (let step = 0; step < steps; step++) module.trainStep(state, ...([...inputs, target] as [any, any]));
    for (const [name, trained] of Object.entries(of.trained)) {
      expectNumbers((await state[`${of.kind}/${name}`]!.data()) as Float32Array, trained, name);
    }
    tf.dispose([inputs, target, state, weights] as any);
  });
});

test("a layer of its own has its weights once, and options that it could be made with again", () => {
  const net = model({ a: input(["batch", 4, 6]), b: input(["batch", 4, 6]) }, ({ a, b }) => {
    const look = multiHeadAttention({ numHeads: 2, keyDim: 3, useBias: false, name: "look" });
    return { a: look(a), b: sequential(b, look) };
  });
  expect([...net.variables.keys()]).toEqual(["query", "key", "value", "output"].map((name) => `look/${name}_kernel`));
});

test("no tensor is among a layer's options", () => {
  const net = model({ x: input(["batch", 4, 6]), y: input(["batch", 3, 2]) }, ({ x, y }) =>
    multiHeadAttention(x, { numHeads: 2, keyDim: 3, value: y }),
  );
  const [layer] = [...net.names.keys()].filter((key) => "kind" in key);
  expect(layer).toEqual({ kind: "multiHeadAttention", options: { numHeads: 2, keyDim: 3 } });
});

const words = input(["batch", 4, 6]);
test.each([
  [{ keyDim: 3 }, "numHeads is undefined, but must be a positive integer"],
  [{ numHeads: 0, keyDim: 3 }, "numHeads is 0, but must be a positive integer"],
  [{ numHeads: 2, keyDim: 1.5 }, "keyDim is 1.5, but must be a positive integer"],
  [{ numHeads: 2, keyDim: 3, dropout: 1 }, "dropout is 1, but must be a number in [0, 1)"],
  [{ numHeads: 2, keyDim: 3, value: [1] }, "value is [1], but must be a tensor"],
  [{ numHeads: 2, keyDim: 3, attentionMask: true }, "attentionMask is true, but must be a tensor"],
  [null, "options are given as a record, got null"],
])("%o is refused", (options, fault) => {
  expect(() => multiHeadAttention(words, options as never)).toThrow(
    expect.objectContaining({ code: "SW_VALUE", message: `multiHeadAttention: ${fault}` }),
  );
});

test.each([
  [attention, { scoreMode: "" }, 'scoreMode is "", but must be "dot" or "concat"'],
  [attention, { useScale: null }, "useScale is null, but must be true or false"],
  [additiveAttention, { dropout: Number.NaN }, "dropout is NaN, but must be a number in [0, 1)"],
  [additiveAttention, { key: "key" }, 'key is "key", but must be a tensor'],
])("%o with %o is refused", (layer, options, fault) => {
  expect(() => (layer as typeof attention)(words, options as never)).toThrow(
    expect.objectContaining({ code: "SW_VALUE", message: `${layer.name}: ${fault}` }),
  );
});

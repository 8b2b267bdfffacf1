import { readFileSync } from "node:fs";
import { compile, type Model, meanSquaredError, sgd } from "shapewright";
import { open } from "shapewright/runtime";
import { describe, expect, test } from "vitest";
import { cyclegan } from "../../examples/models/cyclegan.js";
import { demucs } from "../../examples/models/demucs.js";
import { llamaBlock } from "../../examples/models/llama.js";
import { mobilenetV2 } from "../../examples/models/mobilenetV2.js";
import { nanoGpt } from "../../examples/models/nanoGpt.js";
import { resnet50 } from "../../examples/models/resnet50BatchNormalized.js";
import { swin } from "../../examples/models/swin.js";
import { tacotron2 } from "../../examples/models/tacotron2.js";
import { transformer } from "../../examples/models/transformer.js";
import { wavenet } from "../../examples/models/wavenet.js";
import { xception } from "../../examples/models/xception.js";
import { array, type NdArray } from "../../src/ir/array.js";
import { testedBackends } from "../support/backends.js";
import { drawn, drawnWeight, drawnWhole, product } from "../support/drawn.js";

/** What another implementation makes of inputs and weights that are drawn alike: test/fixtures/models/outputs.py. */
interface Found {
  readonly inputs: Readonly<Record<string, { readonly shape: readonly number[]; readonly below?: number }>>;
  readonly variables: number;
  readonly shape: readonly number[];
  /** `values` are every so-manieth number of the output. */
  readonly every: number;
  readonly values: readonly number[];
  /** Of several outputs, the one that is compared. */
  readonly output?: string;
  /** The same numbers after a step of gradient descent on the mean of (y - target)². */
  readonly trained?: { readonly rate: number; readonly values: readonly number[] };
}

const found: Record<string, Found> = JSON.parse(
  readFileSync(new URL("../fixtures/models/outputs.json", import.meta.url), "utf8"),
);
const models: Record<string, Model<any, any>> = {
  cyclegan,
  demucs,
  llamaBlock,
  mobilenetV2,
  nanoGpt,
  resnet50,
  swin,
  tacotron2,
  transformer,
  wavenet,
  xception,
};

/** What a step makes of rounding: of this model, PyTorch's own numbers after it differ by 1.2e-4 from one processor to another. */
const afterStep: Readonly<Record<string, number>> = { cyclegan: 5e-4 };

test("each model that is compared is there, and each that is there is compared", () => {
  expect(Object.keys(found).sort()).toEqual(Object.keys(models).sort());
});

describe.runIf(testedBackends.includes("tensorflow"))("with the same weights as an independent implementation", () => {
  test.each(Object.entries(models))(
    "%s gives the same numbers",
    async (name, model) => {
      const { inputs, variables, shape, every, values, output, trained } = found[name]!;
      expect(model.variables.size).toBe(variables);
      const program = compile(model, {
        optimizer: sgd({ learningRate: trained?.rate ?? 0 }),
        loss: (output ? { [output]: meanSquaredError() } : meanSquaredError()) as never,
      });
      using session = await open(program, { backend: "tensorflow" });
      for (const [of, variable] of model.variables) {
        const sizes = variable.shape as number[];
        await session.setWeight(of, array(drawnWeight(of, sizes), sizes));
      }
      const given = Object.entries(inputs).map(([of, { shape, below }]) => {
        const numbers = below ? drawnWhole(of, below, product(shape)) : drawn(of, product(shape));
        return [of, array(numbers, shape as number[])];
      });
      const data = Object.fromEntries(given) as never;
      const differing = async (wanted: readonly number[], tolerance = 2e-5) => {
        const predicted: unknown = await session.predict(data);
        const y = (output ? (predicted as Record<string, NdArray>)[output] : predicted) as NdArray;
        expect(y.shape).toEqual(shape);
        const largest = Math.max(...wanted.map(Math.abs));
        return wanted.flatMap((right, i) => {
          const got = y.data[i * every]!;
          return Math.abs(got - right) <= tolerance * largest ? [] : [{ at: i * every, got, right }];
        });
      };
      expect(await differing(values)).toEqual([]);
      if (!trained) return;
      const target = array(drawn("target", product(shape)), shape as number[]);
      await session.fit(data, target as never, { batchSize: shape[0]!, verbose: "silent" });
      expect(await differing(trained.values, afterStep[name])).toEqual([]);
    },
    120_000,
  );
});

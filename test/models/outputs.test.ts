import { readFileSync } from "node:fs";
import { compile, type Model, meanSquaredError, sgd } from "shapewright";
import { open } from "shapewright/runtime";
import { describe, expect, test } from "vitest";
import { llamaBlock } from "../../examples/models/llama.js";
import { mobilenetV2 } from "../../examples/models/mobilenetV2.js";
import { nanoGpt } from "../../examples/models/nanoGpt.js";
import { resnet50 } from "../../examples/models/resnet50BatchNormalized.js";
import { transformer } from "../../examples/models/transformer.js";
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
}

const found: Record<string, Found> = JSON.parse(
  readFileSync(new URL("../fixtures/models/outputs.json", import.meta.url), "utf8"),
);
const models: Record<string, Model<any, any>> = { llamaBlock, mobilenetV2, nanoGpt, resnet50, transformer };

test("each model that is compared is there, and each that is there is compared", () => {
  expect(Object.keys(found).sort()).toEqual(Object.keys(models).sort());
});

describe.runIf(testedBackends.includes("tensorflow"))("with the same weights as an independent implementation", () => {
  test.each(Object.entries(models))(
    "%s gives the same numbers",
    async (name, model) => {
      const { inputs, variables, shape, every, values } = found[name]!;
      expect(model.variables.size).toBe(variables);
      const program = compile(model, { optimizer: sgd(), loss: meanSquaredError() as never });
      using session = await open(program, { backend: "tensorflow" });
      for (const [of, variable] of model.variables) {
        const sizes = variable.shape as number[];
        await session.setWeight(of, array(drawnWeight(of, sizes), sizes));
      }
      const data = Object.entries(inputs).map(([of, { shape, below }]) => {
        const numbers = below ? drawnWhole(of, below, product(shape)) : drawn(of, product(shape));
        return [of, array(numbers, shape as number[])];
      });
      const given = (await session.predict(Object.fromEntries(data) as never)) as NdArray;
      expect(given.shape).toEqual(shape);
      const largest = Math.max(...values.map(Math.abs));
      const wrong = values.flatMap((right, i) => {
        const got = given.data[i * every]!;
        return Math.abs(got - right) <= 2e-5 * largest ? [] : [{ at: i * every, got, right }];
      });
      expect(wrong).toEqual([]);
    },
    60_000,
  );
});

import { describe, expect, test } from "vitest";
import {
  array,
  compile,
  dense,
  type Initializer,
  identity,
  input,
  model,
  rescaling,
  reversibleEmbedding,
  sequential,
  sgd,
  sparseCategoricalCrossentropy,
} from "../../compiler/language.js";
import { open, openFunction } from "../../runtime/index.js";
import { testedBackends } from "../support/backends.js";

const table = [1, -2, 0.5, 3, -1, 2];
const given: Initializer = { name: "given", sample: () => new Float32Array(table) };
const words = { inputDim: 3, outputDim: 2, embeddingsInitializer: given };
const backends = [...testedBackends, "reference"] as const;

function expectClose(found: ArrayLike<number>, wanted: readonly number[]): void {
  expect(found.length).toBe(wanted.length);
  for (const [i, value] of wanted.entries()) expect(found[i]).toBeCloseTo(value, 5);
}

describe.each(backends)("on %s", (backend) => {
  test("vectors go back by the table that they come from, or by one of their own", async () => {
    using f = await openFunction(
      { ids: input(["n"], "int32"), x: input(["n", 2]) },
      ({ ids, x }) => {
        const tied = reversibleEmbedding(words);
        const capped = reversibleEmbedding({ ...words, logitSoftCap: 2 });
        const untied = reversibleEmbedding({ ...words, tieWeights: false });
        return { row: tied(ids), back: tied.reverse(x), capped: capped.reverse(x), own: untied.reverse(x) };
      },
      { backend },
    );
    const { row, back, capped, own } = await f({
      ids: array(new Int32Array([2, 0]), [2]),
      x: array(new Float32Array([1, 0, 2, -1]), [2, 2]),
    });
    expectClose(row.data, [-1, 2, 1, -2]);
    // [1, 0] and [2, -1] by the columns (1, -2), (0.5, 3), (-1, 2).
    const scores = [1, 0.5, -1, 4, -2, -4];
    expectClose(back.data, scores);
    expectClose(
      capped.data,
      scores.map((score) => 2 * Math.tanh(score / 2)),
    );
    // Its own table is [2, 3] of the same numbers.
    expectClose(own.data, [1, -2, 0.5, 2 - 3, -4 + 1, 1 - 2]);
  });

  test("one table learns from both ways", async () => {
    const net = model({ ids: input(["batch"], "int32") }, ({ ids }) => {
      const both = reversibleEmbedding(words);
      return both.reverse(both(ids));
    });
    expect([...net.variables.keys()]).toEqual(["reversibleEmbedding/embeddings"]);
    const loss = sparseCategoricalCrossentropy({ fromLogits: true });
    using session = await open(compile(net, { optimizer: sgd({ learningRate: 0.1 }), loss }), { backend });
    const data = { ids: array(new Int32Array([1]), [1]) };
    await session.fit(data, array(new Int32Array([2]), [1]), { epochs: 1, batchSize: 1, verbose: "silent" });
    // Scores s = E·e with e = E[1]: ∂/∂E = (p − y)·eᵀ, and Eᵀ·(p − y) more in row 1.
    const rows = [table.slice(0, 2), table.slice(2, 4), table.slice(4, 6)];
    const e = rows[1]!;
    const exps = rows.map((row) => Math.exp(row[0]! * e[0]! + row[1]! * e[1]!));
    const total = exps.reduce((a, b) => a + b);
    const wrong = exps.map((value, i) => value / total - (i === 2 ? 1 : 0));
    const slopes = wrong.map((w) => e.map((value) => w * value));
    for (const [i, row] of rows.entries()) for (const c of [0, 1]) slopes[1]![c]! += wrong[i]! * row[c]!;
    const trained = rows.flatMap((row, i) => row.map((value, c) => value - 0.1 * slopes[i]![c]!));
    expectClose(session.getWeight("reversibleEmbedding/embeddings").data as Float32Array, trained);
  });

  test("rescaling casts, multiplies and adds; identity does nothing", async () => {
    using f = await openFunction(
      { bytes: input(["n"], "int32"), x: input(["n"]) },
      ({ bytes, x }) => ({
        image: rescaling(bytes, { scale: 1 / 127.5, offset: -1 }),
        same: sequential(x, identity(), rescaling({ scale: 3 })),
      }),
      { backend },
    );
    const { image, same } = await f({
      bytes: array(new Int32Array([0, 255, 51]), [3]),
      x: array(new Float32Array([1, -2, 4]), [3]),
    });
    expectClose(image.data, [-1, 1, -0.6]);
    expect([...same.data]).toEqual([3, -6, 12]);
  });
});

test("what is no number of float32 rescales nothing", () => {
  for (const [options, fault] of [
    [{}, "scale is undefined, but must be a number of float32 (-3.4e38 to 3.4e38)"],
    [{ scale: "2" }, 'scale is "2", but must be a number of float32 (-3.4e38 to 3.4e38)'],
    [{ scale: 1, offset: null }, "offset is null, but must be a number of float32 (-3.4e38 to 3.4e38)"],
  ] as const) {
    expect(() => rescaling(input([3]), options as never)).toThrow(
      expect.objectContaining({ code: "SW_VALUE", message: `rescaling: ${fault}` }),
    );
  }
});

test("identity is a layer, whatever stands before and behind it", () => {
  const net = model({ x: input(["batch", 3]) }, ({ x }) => sequential(x, identity(), dense({ units: 2 })));
  expect([...net.variables.keys()]).toEqual(["dense/kernel", "dense/bias"]);
});

test("options that a table cannot have are refused", () => {
  for (const [options, fault] of [
    [{ inputDim: 1.5, outputDim: 2 }, "inputDim is 1.5, but must be a positive integer"],
    [{ ...words, tieWeights: 0 }, "tieWeights is 0, but must be true or false"],
    [{ ...words, logitSoftCap: 0 }, "logitSoftCap is 0, but must be a positive number of float32"],
  ] as const) {
    expect(() => reversibleEmbedding(options as never)).toThrow(
      expect.objectContaining({ code: "SW_VALUE", message: `reversibleEmbedding: ${fault}` }),
    );
  }
});

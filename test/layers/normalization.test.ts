import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  add,
  compile,
  dense,
  input,
  type Layer,
  meanSquaredError,
  model,
  normalization,
  sgd,
  type Tensor,
  variable,
  zeros,
} from "../../compiler/language.js";
import { open } from "../../runtime/index.js";
import { array, generate, type NdArray } from "../../src/ir/array.js";
import { testedBackends } from "../support/backends.js";
import { expectNumbers } from "../support/expectNumbers.js";

interface Numbers {
  readonly shape: number[];
  readonly data: number[];
}

interface Case {
  readonly options: { readonly axis?: number | null; readonly mean?: never };
  readonly x: Numbers;
  readonly y: Numbers;
  readonly adapted: { readonly mean: number[]; readonly variance: number[] } | null;
}

const { normalizations: cases } = JSON.parse(
  readFileSync(new URL("../fixtures/normalization.json", import.meta.url), "utf8"),
) as { readonly normalizations: readonly Case[] };

const floats = ({ shape, data }: Numbers): NdArray => array(Float32Array.from(data), shape);

/** A program of a layer, with the batch's size open, and a weight that is 0: a model has one to train. */
const programOf = (layer: Layer, [, ...size]: readonly number[]) => {
  const net = model({ x: input(["batch", ...size] as never) as Tensor<["batch", number]> }, ({ x }) =>
    add(layer(x) as Tensor<["batch", number]>, variable("bias", [1], zeros())),
  );
  return compile(net, { optimizer: sgd(), loss: meanSquaredError(), onWarning() {} });
};

describe.each(["reference", ...testedBackends] as const)("Keras's numbers on %s", (backend) => {
  test.each(cases.map((each) => [JSON.stringify(each.options), each.x.shape, each] as const))(
    "%s of %s",
    async (_, shape, { options, x, y, adapted }) => {
      const made = normalization(options as never) as unknown;
      const layer = (adapted ? await (made as ReturnType<typeof normalization>).adapt(floats(x)) : made) as Layer;
      using session = await open(programOf(layer, shape), { backend });
      const found: NdArray = await session.predict({ x: floats(x) });
      expectNumbers(found.data as Float32Array, y.data, "y");
      if (!adapted) return;
      for (const name of ["mean", "variance"] as const) {
        expectNumbers(session.getWeight(`normalization/${name}`).data as Float32Array, adapted[name], name);
      }
    },
  );
});

test("numbers adapted to batch by batch, in lists or all at once are the same", async () => {
  const rows = [
    [1, 2],
    [4, -6],
    [9, 1],
  ];
  const weightsOf = async (data: Parameters<ReturnType<typeof normalization>["adapt"]>[0]) => {
    using session = await open(programOf(await normalization().adapt(data), [1, 2]), { backend: "reference" });
    return ["mean", "variance"].map((name) => [...session.getWeight(`normalization/${name}`).data]);
  };
  const wanted = [
    [14 / 3, -1],
    [(121 + 4 + 169) / 27, (9 + 25 + 4) / 3],
  ].map((numbers) => numbers.map(Math.fround));
  expect(await weightsOf(rows)).toEqual(wanted);
  expect(await weightsOf(array(Int32Array.from(rows.flat()), [3, 2]))).toEqual(wanted);
  async function* batches() {
    yield array(Float32Array.from(rows[0]!), [1, 2]);
    yield array(Float32Array.from(rows.slice(1).flat()), [2, 2]);
  }
  expect(await weightsOf(batches())).toEqual(wanted);
});

test("what was learnt is a weight that stays in training, is saved, and comes back", async () => {
  const make = (layer: Layer) =>
    compile(
      model({ x: input(["batch", 2]) }, ({ x }) => dense(layer(x) as Tensor<["batch", 2]>, { units: 1 })),
      { optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError() },
    );
  const x = generate([4, 2], "float32", (i) => 3 + i);
  const y = generate([4, 1], "float32", (i) => i);
  const file = join(mkdtempSync(join(tmpdir(), "shapewright-")), "weights.safetensors");
  using session = await open(make(await normalization().adapt(x)));
  await session.fit({ x } as never, y as never, { epochs: 2, verbose: "silent" });
  expect([...session.getWeight("normalization/mean").data]).toEqual([6, 7]);
  await session.saveWeights(file);
  using other = await open(make(normalization({ mean: [0, 0], variance: [1, 1] })));
  await other.loadWeights(file);
  expect(await other.predict({ x } as never)).toEqual(await session.predict({ x } as never));
});

test("bytes and integers are numbers to it, and what is before it gets its gradient", () => {
  const layer = normalization({ mean: 128, variance: 4096 });
  expect(layer(input(["batch", 4], "uint8")).dtype).toBe("float32");
  expect(add(layer(input(["batch", 4], "int32")), 1).shape).toEqual(["batch", 4]);
});

test("statistics that do not fit are refused", async () => {
  const refusals: readonly [string, () => unknown][] = [
    [
      "normalization: variance is -1, but must be a number from 0, or a list of such",
      () => normalization({ mean: 1, variance: -1 } as never),
    ],
    [
      "normalization: variance is undefined, but must be a number from 0, or a list of such",
      () => normalization({ mean: 1 } as never),
    ],
    [
      'normalization: no option is named "means"; did you mean "mean"?',
      () => normalization(input(["batch", 3]), { means: 1, variances: 2 } as never),
    ],
    [
      "normalization: variance is an array, but must be a number from 0, or a list of such",
      () => normalization({ mean: 1, variance: [[1], [4]] } as never),
    ],
    [
      "normalization: variance is [, 4], but must be a number from 0, or a list of such",
      // biome-ignore lint/suspicious/noSparseArray: what is refused
      () => normalization({ mean: 1, variance: [, 4] } as never),
    ],
  ];
  for (const [message, refused] of refusals) expect(refused, message).toThrow(message);
  expect(() => normalization(input(["batch", 3]) as never)).toThrow(
    "normalization: takes the data's mean and variance beside the input; to learn them, write (await normalization().adapt(data))(x)",
  );
  const adapt = (data: unknown) => normalization().adapt(data as never);
  await expect(adapt([])).rejects.toThrow("normalization.adapt: there are no numbers to adapt to");
  await expect(
    adapt([
      [1, 2],
      [Infinity, 3],
    ]),
  ).rejects.toThrow(
    "normalization.adapt: [1, 0] is Infinity: nothing is learnt of what is not finite; leave it out first",
  );
  await expect(adapt(3)).rejects.toThrow(
    "normalization.adapt: takes numbers, as an array, in lists or batch by batch, got 3",
  );
  await expect(adapt(new Set([[1]]))).rejects.toThrow(
    "normalization.adapt: takes batches that are arrays, got an array; write array(values, shape)",
  );
  await expect(adapt([array(new Float32Array(2), [1, 2]), array(new Float32Array(3), [1, 3])])).rejects.toThrow(
    "normalization.adapt: axis -1 has 3 places in one batch, and 2 in another",
  );
});

import { expect, test } from "vitest";
import { checkSizes } from "../../compiler/checkSizes.js";
import {
  at,
  compile,
  constant,
  conv1dTranspose,
  cropping1d,
  cropping2d,
  dense,
  diff,
  extractPatches,
  glu,
  input,
  istft,
  map,
  mean,
  meanSquaredError,
  melSpectrogram,
  model,
  pad,
  positionEmbedding,
  rearrange,
  relu,
  sgd,
  slice,
  spaceToDepth,
  split,
  stft,
  type Tensor,
} from "../../compiler/language.js";
import { readProgram } from "../../compiler/saved-program/readProgram.js";
import { writeProgram } from "../../compiler/saved-program/writeProgram.js";
import { eager, openFunction } from "../../runtime/index.js";
import { array } from "../../src/ir/array.js";
import { testedBackends } from "../support/backends.js";

type Any = Tensor<any>;

const ones = (...shape: number[]) => array(new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(1), shape);

/** What is called on an axis of a name, with one size that fits and others that do not. */
const cases: readonly {
  readonly of: string;
  readonly call: (x: Any) => Any;
  readonly shape: (n: number) => number[];
  readonly fits: number;
  readonly refused: Readonly<Record<number, string>>;
}[] = [
  {
    of: "stft of frames that lie within the signal",
    call: (x) => stft(x, 8, 1, 8, { center: false })[0] as Any,
    shape: (n) => [2, n],
    fits: 8,
    refused: {
      7: "stft: [2, 7] has 7 samples, but fftLength 8 takes 8 or more",
      3: "stft: [2, 3] has 3 samples, but fftLength 8 takes 8 or more",
    },
  },
  {
    of: "stft of centered frames",
    call: (x) => stft(x, 8, 2, 8)[1] as Any,
    shape: (n) => [2, n],
    fits: 5,
    refused: { 4: "stft: [2, 4] has 4 samples, but fftLength 8 takes 5 or more" },
  },
  {
    of: "stft within a loop's body",
    call: (x) => map((row) => stft(row, 8, 1, 8, { center: false })[0], x as Tensor<["rows", "n"]>) as Any,
    shape: (n) => [2, n],
    fits: 9,
    refused: { 6: "stft: [6] has 6 samples, but fftLength 8 takes 8 or more" },
  },
  {
    of: "a layer that takes it",
    call: (x) => melSpectrogram(x, { fftLength: 16, sequenceStride: 4, numMelBins: 3, samplingRate: 400 }) as Any,
    shape: (n) => [2, n],
    fits: 9,
    refused: { 8: "melSpectrogram: [2, 8] has 8 samples, but fftLength 16 takes 9 or more" },
  },
  {
    of: "pad without the outermost elements",
    call: (x) =>
      pad(
        x,
        [
          [0, 0],
          [1, 2],
        ] as any,
        "reflect",
      ) as Any,
    shape: (n) => [2, n],
    fits: 3,
    refused: {
      2: "pad: reflect gives axis 1 of [2, 2] 1 more elements on a side at most, got [1, 2]",
    },
  },
  {
    of: "pad with the outermost elements",
    call: (x) =>
      pad(
        x,
        [
          [0, 0],
          [0, 2],
        ] as any,
        "symmetric",
      ) as Any,
    shape: (n) => [2, n],
    fits: 2,
    refused: { 1: "pad: symmetric gives axis 1 of [2, 1] 1 more elements on a side at most, got [0, 2]" },
  },
  {
    of: "at",
    call: (x) => at(x, ":, 2:-1") as Any,
    shape: (n) => [2, n],
    fits: 4,
    refused: {
      3: "at: 2:-1 reaches out of an axis of size 3 in [2, 3]",
      2: "at: 2:-1 reaches out of an axis of size 2 in [2, 2]",
    },
  },
  {
    of: "diff",
    call: (x) => diff(x) as Any,
    shape: (n) => [2, n],
    fits: 2,
    refused: { 1: "diff: axis -1 of [2, 1] has one place, and differences are of two" },
  },
  {
    of: "cropping1d",
    call: (x) => cropping1d(x as never, { cropping: [1, 2] }) as Any,
    shape: (n) => [2, n, 1],
    fits: 4,
    refused: {
      3: "cropping1d: cropping [1, 2] leaves nothing of axis time of size 3",
      2: "cropping1d: cropping [1, 2] leaves nothing of axis time of size 2",
    },
  },
  {
    of: "cropping2d",
    call: (x) => cropping2d(x as never, { cropping: 2 }) as Any,
    shape: (n) => [2, 5, n, 1],
    fits: 5,
    refused: {
      4: "cropping2d: cropping 2 leaves nothing of axis width of size 4",
      3: "cropping2d: cropping 2 leaves nothing of axis width of size 3",
    },
  },
  {
    of: "extractPatches",
    call: (x) => extractPatches(x, 3) as Any,
    shape: (n) => [2, 5, n, 1],
    fits: 3,
    refused: {
      2: 'extractPatches: kernel 3 is larger than axis width of size 2 (padding "valid")',
      1: 'extractPatches: kernel 3 is larger than axis width of size 1 (padding "valid")',
    },
  },
  {
    of: "istft of centered frames",
    call: (x) => istft([x, x], 4, 2, 4) as Any,
    shape: (n) => [2, n, 3],
    fits: 2,
    refused: {
      1: "istft: of one frame, nothing stands between the middles of the first and the last; say how many samples by length",
    },
  },
  {
    of: "split into equal parts",
    call: (x) => (split(x, 2, 1) as Any[])[1]!,
    shape: (n) => [2, n],
    fits: 4,
    refused: { 3: "split: axis 1 of [2, 3] does not divide into 2 parts" },
  },
  {
    of: "split into parts of sizes",
    call: (x) => (split(x, [1, 2], 1) as Any[])[1]!,
    shape: (n) => [2, n],
    fits: 3,
    refused: { 4: "split: sizes [1, 2] add up to 3, axis 1 of [2, 4] is 4" },
  },
  {
    of: "glu",
    call: (x) => glu(x) as Any,
    shape: (n) => [2, n],
    fits: 4,
    refused: { 1: "glu: axis -1 of [2, 1] does not divide into 2 parts" },
  },
  {
    of: "rearrange",
    call: (x) => rearrange(x, "a (b c) -> a b c", { b: 2 }) as Any,
    shape: (n) => [2, n],
    fits: 4,
    refused: { 3: "rearrange: b c of [2, 3]: 3 is not a multiple of 2" },
  },
  {
    of: "spaceToDepth",
    call: (x) => spaceToDepth(x, 2) as Any,
    shape: (n) => [1, 2, n, 1],
    fits: 4,
    refused: { 1: "spaceToDepth: width dx of [1, 2, 1, 1]: 1 is not a multiple of 2" },
  },
  {
    of: "a transposed convolution that cuts off",
    call: (x) => conv1dTranspose(x, { filters: 1, kernelSize: 3, padding: 2 }) as Any,
    shape: (n) => [2, n, 1],
    fits: 3,
    refused: { 2: "conv1dTranspose: nothing is left of axis time of size 2 (kernel 3, padding 2)" },
  },
  {
    of: "positionEmbedding",
    call: (x) => positionEmbedding(x, { sequenceLength: 2 }) as Any,
    shape: (n) => [1, n, 3],
    fits: 2,
    refused: { 3: "positionEmbedding: the sequences of [1, 3, 3] have 3 places, but sequenceLength is 2" },
  },
];

const named = ({ shape }: (typeof cases)[number]) =>
  input(shape(Number.NaN).map((size) => (Number.isNaN(size) ? "n" : size)) as any) as Any;

test.each(cases)("$of says of sizes that are known late what it says of numbers", async (one) => {
  for (const backend of [...testedBackends, "reference" as const]) {
    const f = await openFunction({ x: named(one) }, ({ x }) => ({ y: one.call(x) }), { backend });
    await f({ x: ones(...one.shape(one.fits)) });
    for (const [n, message] of Object.entries(one.refused)) {
      await expect(f({ x: ones(...one.shape(Number(n))) }), backend).rejects.toMatchObject({
        code: "SW_SHAPE",
        op: message.slice(0, message.indexOf(":")),
        message,
      });
    }
    f.dispose();
  }
});

test.each(cases)("$of, in a model that is called at once", async (one) => {
  const tf = await eager({ backend: "cpu" });
  const called = tf.model(model({ x: named(one) }, ({ x }) => one.call(x)));
  for (const [n, message] of Object.entries(one.refused)) {
    expect(() => called({ x: constant(ones(...one.shape(Number(n)))) as never })).toThrow(message);
  }
});

test("of no samples, what is along other axes is mirrored", async () => {
  const f = await openFunction({ x: input(["n", 3]) }, ({ x }) => {
    return {
      y: pad(
        slice(x, [1, 0], [-1, -1]),
        [
          [0, 0],
          [1, 1],
        ],
        "reflect",
      ),
    };
  });
  expect((await f({ x: ones(1, 3) })).y.shape).toEqual([0, 5]);
  f.dispose();
});

test("saved programs ask it, too", () => {
  const net = model({ x: input(["batch", "time"]) }, ({ x }) => {
    const [re] = stft(x, 8, 1, 8, { center: false });
    return dense(mean(relu(re), { axis: 1 }), { units: 1 });
  });
  const saved = writeProgram(compile(net, { optimizer: sgd(), loss: meanSquaredError() }), () => expect.unreachable());
  const { predict } = readProgram(JSON.parse(JSON.stringify(saved)), () => expect.unreachable());
  const sizes = (time: number) =>
    new Map([
      ["batch", 2],
      ["time", time],
    ] as const);
  checkSizes(predict, sizes(8));
  expect(() => checkSizes(predict, sizes(7))).toThrow("stft: [2, 7] has 7 samples, but fftLength 8 takes 8 or more");
});

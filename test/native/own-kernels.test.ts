import { spawnSync } from "node:child_process";
import { beforeAll, describe, expect, test } from "vitest";
import { compileOurs } from "../../runtime/native/build.js";
import { type LoadedTfjsNode, loadTfjsNode } from "../../runtime/native/load.js";
import { thisMachine } from "../../runtime/native/machine.js";
import { hasKernels } from "../../runtime/native/own-kernels.js";
import { testedBackends } from "../support/backends.js";

/** Convolutions that take several blocks of places, channels and filters: input, filter, stride, padding, dilation. */
const cases = [
  [[2, 40, 40, 17], [3, 3, 17, 35], 1, "same", 1],
  [[3, 21, 18, 13], [5, 2, 13, 70], 2, "same", 1],
  [[2, 33, 30, 20], [3, 3, 20, 33], 1, "valid", 3],
  [[1, 70, 65, 8], [3, 3, 8, 16], 3, "valid", 1],
  [[4, 64, 64, 3], [7, 7, 3, 20], 2, "same", 1],
  [[9, 1, 1, 150], [3, 3, 150, 200], 1, "same", 1],
  [[5, 4, 4, 600], [1, 1, 600, 48], 2, "same", 1],
  [[1, 9, 9, 5], [2, 2, 5, 4], 4, "valid", 1],
] as const;

const script = `
  import { loadTfjsNode } from "./runtime/native/load.js";
  const { tf } = loadTfjsNode();
  const random = (shape, seed) => tf.randomUniform(shape, -1, 1, "float32", seed);
  for (const [x, filter, stride, padding, dilation] of ${JSON.stringify(cases)}) {
    const [images, kernel] = [random(x, 1), random(filter, 2)];
    const convolve = (a, b) => tf.conv2d(a, b, stride, padding, "NHWC", dilation);
    const y = convolve(images, kernel);
    const found = [y, ...(dilation === 1 ? tf.grads(convolve)([images, kernel], random(y.shape, 3)) : [])];
    console.log(JSON.stringify(found.map((tensor) => Array.from(tensor.dataSync()))));
  }`;

/**
 * Ops that tfjs does not call, as graphs: an op, its attributes, its inputs' shapes, with what their numbers are about, where that is not 0, or, of
 * integers, their values, and which output is wanted, or which are.
 */
const graphs = `
  import { create } from "@bufbuild/protobuf";
  import { GraphDefSchema } from "./compiler/lower/saved-model/generated/tensorflow_pb.js";
  import { directSession } from "./runtime/backends/directSession.js";
  import { loadTfjsNode } from "./runtime/native/load.js";
  const { own } = loadTfjsNode();
  const value = (given) =>
    Array.isArray(given) ? { case: "list", value: { i: given.map(BigInt) } }
    : Number.isInteger(given) ? { case: "i", value: BigInt(given) }
    : typeof given === "number" ? { case: "f", value: given }
    : typeof given === "boolean" ? { case: "b", value: given }
    : { case: "s", value: new TextEncoder().encode(given) };
  const type = (number) => ({ value: { case: "type", value: number } });
  const size = (shape) => shape.reduce((product, dim) => product * dim, 1);
  const fed = (length, about = 0) => Float32Array.from({ length }, (_, j) => about + Math.sin(1.3 * j));
  for (const [op, attributes, inputs, output = 0] of JSON.parse(process.env.CASES)) {
    const isInteger = (i) => inputs[i].integers !== undefined;
    const node = inputs.map((_, i) => ({ name: "i" + i, op: "Placeholder", attr: { dtype: type(isInteger(i) ? 3 : 1) } }));
    const attr = { T: type(1), ...(op.startsWith("FusedBatchNorm") && { U: type(1) }) };
    for (const name in attributes) attr[name] = { value: value(attributes[name]) };
    node.push({ name: "y", op, input: inputs.map((_, i) => "i" + i), attr });
    const feeds = inputs.map((given, i) => [
      "i" + i + ":0",
      isInteger(i)
        ? { shape: [given.integers.length], dtype: "int32", data: Int32Array.from(given.integers) }
        : { shape: given.shape ?? given, dtype: "float32", data: fed(size(given.shape ?? given), given.about) },
    ]);
    let answers;
    try {
      const graph = create(GraphDefSchema, { versions: { producer: 1882 }, node });
      answers = directSession(own, graph).run(Object.fromEntries(feeds), [output].flat().map((each) => "y:" + each)).map(
        ({ shape, data: { buffer, byteOffset, byteLength } }) =>
          ({ shape: Array.from(shape), data: Buffer.from(buffer, byteOffset, byteLength).toString("base64") }),
      );
    } catch (error) {
      answers = [{ error: error.message.split("\\n")[0] }];
    }
    for (const answer of answers) console.log(JSON.stringify(answer));
  }`;

interface Answer {
  readonly shape: number[];
  readonly data: number[];
  readonly error?: string;
}

function answersOf(cases: readonly unknown[], kernels: string, added: NodeJS.ProcessEnv = {}): Answer[] {
  const lines = linesOf(graphs, { SHAPEWRIGHT_KERNELS: kernels, CASES: JSON.stringify(cases), ...added });
  return (lines as { readonly data?: string; readonly shape: number[]; readonly error?: string }[]).map((line) => {
    if (line.data === undefined) return line as unknown as Answer;
    const { buffer } = Uint8Array.from(Buffer.from(line.data, "base64"));
    return { ...line, data: Array.from(new Float32Array(buffer)) };
  });
}

function linesOf(script: string, added: NodeJS.ProcessEnv): unknown[] {
  const command = ["--import", "tsx", "--conditions=shapewright-source", "--input-type=module", "-e", script];
  const { TF_CPP_MIN_LOG_LEVEL: _, ...own } = process.env;
  const env = { ...own, ...added };
  const { stdout, stderr, signal } = spawnSync(process.execPath, command, {
    encoding: "utf8",
    env,
    maxBuffer: 1 << 30,
  });
  expect([stderr, signal]).toEqual(["", null]);
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

/** A batch normalization of images whose numbers, as all that it is given, are sines. */
interface Kind {
  readonly shape: readonly number[];
  readonly format?: string;
  readonly isTraining?: boolean;
  /** What is added to the images. */
  readonly about?: number;
}

const [epsilon, share] = [1.5, 0.25];
const complete = (kind: Kind) => ({ format: "NHWC", isTraining: true, about: 0, ...kind });
const sines = (length: number, about = 0) =>
  Float64Array.from({ length }, (_, i) => Math.fround(about + Math.sin(1.3 * i)));

/** In double precision: the images, the channel of each of their numbers, what all channels are given, and how many places one has. */
function partsOf(kind: Kind) {
  const { shape, format, about } = complete(kind);
  const isFirst = format.startsWith("NC");
  const channels = shape[isFirst ? 1 : shape.length - 1]!;
  const size = shape.reduce((product, dim) => product * dim, 1);
  const inside = isFirst ? shape.slice(2).reduce((product, dim) => product * dim, 1) : 1;
  const sumOf = (term: (i: number, channel: number) => number) => {
    const sums = new Float64Array(channels);
    for (let i = 0; i < size; i++) sums[channelOf(i)]! += term(i, channelOf(i));
    return sums;
  };
  const channelOf = (i: number) => Math.floor(i / inside) % channels;
  return { x: sines(size, about), channelOf, sumOf, each: sines(channels), places: size / channels };
}

/**
 * y, the mean and the variance that are kept from now on, and those that the gradient is told. TensorFlow leaves the last two as they were in
 * memory where there are no images, and in prediction.
 */
function normalized(kind: Kind, isMoved: boolean): Float64Array[] {
  const { x, channelOf, sumOf, each, places } = partsOf(kind);
  const { isTraining } = complete(kind);
  // Of no images there are no numbers to tell.
  const none = places === 0 ? Number.NaN : 0;
  const mean = isTraining ? sumOf((i) => x[i]!).map((sum) => sum / places) : each.map((value) => value + none);
  const squares = sumOf((i, channel) => (x[i]! - mean[channel]!) ** 2);
  const variance = isTraining ? squares.map((sum) => sum / places) : each.map((value) => value + none);
  const y = x.map((value, i) => {
    const channel = channelOf(i);
    const by = (value - mean[channel]!) / Math.sqrt(variance[channel]! + epsilon);
    return by * each[channel]! + each[channel]!;
  });
  const unbiased = isTraining && places > 0 ? squares.map((sum) => sum / Math.max(1, places - 1)) : variance;
  const next = (value: number, channel: number) => (isMoved ? (1 - share) * each[channel]! + share * value : value);
  return [y, mean.map(next), unbiased.map(next), ...(isTraining && places > 0 ? [mean, variance] : [])];
}

/** dx, dγ and dβ, by the mean and the variance that the kernel is told. */
function slopes(kind: Kind): Float64Array[] {
  const { x, channelOf, sumOf, each, places } = partsOf(kind);
  const dy = sines(x.length);
  const inverse = each.map((variance) => 1 / Math.sqrt(variance + epsilon));
  const dBeta = sumOf((i) => dy[i]!);
  const dGamma = sumOf((i, channel) => dy[i]! * (x[i]! - each[channel]!) * inverse[channel]!);
  const dx = x.map((value, i) => {
    const channel = channelOf(i);
    const normal = (value - each[channel]!) * inverse[channel]!;
    const common = complete(kind).isTraining ? (dBeta[channel]! + normal * dGamma[channel]!) / places : 0;
    return each[channel]! * inverse[channel]! * (dy[i]! - common);
  });
  return [dx, dGamma, dBeta];
}

/** Convolutions of each channel by itself, and their gradients. */
function depthwiseCases(): unknown[][] {
  const kinds = [
    // Several blocks of lines.
    { images: [2, 60, 50, 16], filter: [3, 3, 16, 1], stride: 1, padding: "SAME" },
    { images: [3, 21, 18, 40], filter: [3, 3, 40, 1], stride: 2, padding: "SAME" },
    { images: [4, 3, 3, 96], filter: [3, 3, 96, 1], stride: 1, padding: "SAME" },
    // No whole vectors of channels, several filters for each, and more taps than are summed at once.
    { images: [2, 9, 8, 5], filter: [5, 2, 5, 3], stride: 1, padding: "VALID" },
    { images: [1, 5, 24, 19], filter: [2, 11, 19, 1], stride: 3, padding: "SAME" },
    { images: [2, 7, 7, 24], filter: [1, 1, 24, 2], stride: 2, padding: "VALID" },
    { images: [1, 1, 1, 1], filter: [3, 3, 1, 1], stride: 1, padding: "SAME" },
    { images: [0, 4, 5, 8], filter: [3, 3, 8, 1], stride: 1, padding: "SAME" },
  ];
  return kinds.flatMap(({ images, filter, stride, padding }) => {
    const window = { padding, strides: [1, stride, stride, 1] };
    const sizes = [1, 2].map((axis) =>
      Math.ceil((padding === "SAME" ? images[axis]! : images[axis]! - filter[axis - 1]! + 1) / stride),
    );
    return convolving("DepthwiseConv2dNative", window, {
      images,
      filter,
      dy: [images[0]!, ...sizes, filter[2]! * filter[3]!],
    });
  });
}

/** A convolution and its gradients, by the shapes of what they are given. */
function convolving(
  op: string,
  window: object,
  { images, filter, dy }: Readonly<Record<string, readonly number[]>>,
): unknown[][] {
  return [
    [op, window, [images, filter]],
    [`${op}BackpropInput`, window, [{ integers: images }, filter, dy]],
    [`${op}BackpropFilter`, window, [images, { integers: filter }, dy]],
  ];
}

describe.skipIf(!testedBackends.includes("tensorflow"))("kernels of our own", () => {
  const machine = thisMachine();
  const { folder } = testedBackends.includes("tensorflow") ? (loadTfjsNode() as LoadedTfjsNode) : { folder: "" };
  // As `doctor --fix` does, which a test that is run alone does not begin with.
  beforeAll(() => compileOurs(folder, machine));

  test("convolutions and their gradients have TensorFlow's numbers", () => {
    expect(hasKernels(folder, machine)).toBe(true);
    const [own, tensorflow] = ["", "tensorflow"].map(
      (kernels) => linesOf(script, { SHAPEWRIGHT_KERNELS: kernels }) as number[][][],
    ) as [number[][][], number[][][]];
    expect(own).toHaveLength(cases.length);
    own.forEach((results, index) => {
      results.forEach((values, result) => {
        const others = tensorflow[index]![result]!;
        expect(values).toHaveLength(others.length);
        const size = Math.max(1, ...others.slice(0, 1000).map(Math.abs));
        const worst = values.reduce((most, value, i) => Math.max(most, Math.abs(value - others[i]!)), 0);
        expect([index, result, worst < 2e-5 * size]).toEqual([index, result, true]);
      });
    });
  });

  test("products of what is transposed have TensorFlow's numbers, also where sizes fill no tiles, or are 0", () => {
    const sizes = [
      [600, 7, 35],
      [257, 70, 9],
      [3, 784, 512],
      [1, 1, 1],
      [5, 0, 3],
      [0, 13, 20],
      [256, 130, 1],
    ] as const;
    const cases = (op: string, attributes: object) =>
      sizes.map(([places, high, wide]) => [
        op,
        attributes,
        [
          [places, high],
          [places, wide],
        ],
      ]);
    const own = answersOf(
      [
        ...cases("ShapewrightTransposedProduct", {}),
        [
          "ShapewrightTransposedProduct",
          {},
          [
            [2, 3],
            [3, 3],
          ],
        ],
      ],
      "",
    );
    const wanted = answersOf(cases("MatMul", { transpose_a: true }), "tensorflow");
    for (const [i, { shape, data }] of wanted.entries()) {
      expect(own[i]!.shape).toEqual(shape);
      expect(data.filter((value, j) => !(Math.abs(value - own[i]!.data[j]!) < 1e-4))).toEqual([]);
    }
    expect(own.at(-1)!.error).toContain("the operands have to be matrices of as many rows");
  });

  test("images whose channels stand first or are convolved each by itself, and gradients by blocks, give what TensorFlow gives", () => {
    const first = { data_format: "NCHW", padding: "SAME", strides: [1, 1, 2, 1] };
    // TensorFlow's own gradients refuse these.
    const explicit = { ...first, padding: "EXPLICIT", explicit_paddings: [0, 0, 0, 0, 2, 1, 0, 3] };
    const same = { padding: "SAME", strides: [1, 1, 1, 1] };
    const [images, filter, gradient] = [
      [2, 3, 7, 40],
      [3, 2, 3, 20],
      [2, 20, 4, 40],
    ];
    const cases = [
      ["Conv2D", first, [images, filter]],
      ["Conv2D", explicit, [images, filter]],
      ["Conv2DBackpropInput", first, [{ integers: images }, filter, gradient]],
      ["Conv2DBackpropFilter", first, [images, { integers: filter }, gradient]],
      // By lines of an image, and by images.
      ["Conv2DBackpropFilter", same, [[2, 120, 117, 3], { integers: [7, 7, 3, 20] }, [2, 120, 117, 20]]],
      ["Conv2DBackpropFilter", same, [[45, 30, 30, 60], { integers: [1, 2, 60, 4] }, [45, 30, 30, 4]]],
      // As products of matrices.
      ["Conv2DBackpropFilter", same, [[3, 10, 11, 60], { integers: [1, 1, 60, 4] }, [3, 10, 11, 4]]],
      [
        "Conv2DBackpropFilter",
        { ...same, data_format: "NCHW" },
        [[2, 7, 3, 4], { integers: [1, 1, 7, 9] }, [2, 9, 3, 4]],
      ],
      ...depthwiseCases(),
    ];
    // TensorFlow's kernels for each channel by itself take no dilations; as many groups as channels are the same.
    const wide = {
      ...{ padding: "EXPLICIT", explicit_paddings: [0, 0, 1, 0, 3, 2, 0, 0] },
      ...{ dilations: [1, 2, 3, 1], strides: [1, 2, 1, 1] },
    };
    const shapes = { images: [2, 9, 11, 6], dy: [2, 3, 13, 12] };
    const dilated = [
      ...convolving("Conv2D", wide, { ...shapes, filter: [3, 2, 1, 12] }),
      ...convolving("DepthwiseConv2dNative", wide, { ...shapes, filter: [3, 2, 6, 2] }),
    ];
    const misfit = [
      "DepthwiseConv2dNative",
      same,
      [
        [1, 4, 4, 3],
        [2, 2, 4, 1],
      ],
    ];
    const [own, tensorflow] = [answersOf([...cases, ...dilated, misfit], ""), answersOf(cases, "tensorflow")];
    expect(own.pop()!.error).toContain("the filter has to have the images' channels");
    const flat = own.splice(cases.length, 3);
    const others = [...tensorflow, ...flat.with(2, { ...flat[2]!, shape: [3, 2, 6, 2] })];
    own.forEach(({ shape, data, error }, i) => {
      const other = others[i]!;
      expect([i, error, shape]).toEqual([i, undefined, other.shape]);
      const worst = data.reduce((most, value, at) => Math.max(most, Math.abs(value - other.data[at]!)), 0);
      expect([i, worst < 1e-4 * Math.max(1, ...other.data.map(Math.abs).slice(0, 1000))]).toEqual([i, true]);
    });
    expect(own.map(({ shape }) => shape).slice(0, 4)).toEqual([gradient, [2, 20, 4, 42], images, filter]);
  });

  test("batch normalization and its gradient are what double precision gives, in training and not, the same for any number of threads", () => {
    const kinds: Kind[] = [
      { shape: [2, 30, 24, 24] },
      // Two blocks of rows, the second of one alone, of as many places as there are lanes, and two places behind them.
      { shape: [2, 137, 1, 1025] },
      { shape: [2, 3, 5, 4100] },
      // The mean is large beside the deviation.
      { shape: [2, 62, 90, 3], about: 1e5 },
      { shape: [2, 3, 2, 4, 5], format: "NDHWC" },
      { shape: [2, 5, 3, 2, 4], format: "NCDHW" },
      { shape: [2, 3, 2, 4, 5], format: "NDHWC", isTraining: false },
      { shape: [5, 9, 7, 50], isTraining: false },
      { shape: [3, 5, 4, 7], format: "NCHW" },
      { shape: [3, 5, 4, 7], format: "NCHW", isTraining: false },
      { shape: [1, 1, 1, 9] },
      { shape: [3, 1, 1, 1] },
      { shape: [0, 3, 2, 5] },
      { shape: [0, 3, 2, 5], isTraining: false },
    ];
    const cases = kinds.flatMap((kind) => {
      const { shape, about, format, isTraining } = complete(kind);
      const images = { shape, about };
      const channels = [shape[format.startsWith("NC") ? 1 : shape.length - 1]!];
      const attributes = { data_format: format, is_training: isTraining, epsilon };
      const moving = { ...attributes, exponential_avg_factor: share };
      const given = [images, channels, channels];
      const forward = (how: object, statistics: readonly unknown[], wanted: Float64Array[], first = 0) => ({
        given: ["FusedBatchNormV3", how, [...given, ...statistics], [...wanted.keys()].map((i) => first + i)],
        wanted,
      });
      const backward = {
        given: ["FusedBatchNormGradV3", attributes, [shape, ...given, channels, [0]], [0, 1, 2]],
        wanted: slopes(kind),
      };
      return [
        forward(attributes, isTraining ? [[0], [0]] : [channels, channels], normalized(kind, false)),
        ...(isTraining ? [forward(moving, [channels, channels], normalized(kind, true).slice(1, 3), 1)] : []),
        // What it is told of the mean is about 0.
        ...(about ? [] : [backward]),
      ];
    });
    const given = cases.map((one) => one.given);
    const misfit = ["FusedBatchNormV3", { is_training: false, epsilon: 0.1 }, [[2, 2, 2, 3], [3], [3], [3], [2]]];
    // Convolutions of each channel by itself are held to TensorFlow's elsewhere.
    const each = depthwiseCases();
    const [own, alone] = [
      answersOf([...given, ...each, misfit], ""),
      answersOf([...given, ...each], "", { TF_NUM_INTRAOP_THREADS: "1" }),
    ];
    expect(own.pop()!.error).toContain("there has to be a number for each channel");
    expect(own.splice(-each.length).map(({ data }) => data)).toEqual(
      alone.splice(-each.length).map(({ data }) => data),
    );
    const all = cases.flatMap(({ given, wanted }) =>
      wanted.map((values, i) => ({ of: `${JSON.stringify(given)}, ${i}`, values })),
    );
    expect([own.length, alone.length]).toEqual([all.length, all.length]);
    own.forEach(({ data, error }, i) => {
      const { of, values: wanted } = all[i]!;
      expect([of, error, data?.length]).toEqual([of, undefined, wanted.length]);
      const isSame = (value: number, at: number) => Object.is(value, alone[i]!.data[at]);
      expect([of, data.every(isSame)]).toEqual([of, true]);
      const size = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
      const misses = data.filter((value, at) => {
        if (Number.isNaN(wanted[at])) return !Number.isNaN(value);
        return !(Math.abs(value - wanted[at]!) < 2e-6 * size);
      });
      expect([of, misses]).toEqual([of, []]);
    });
  });

  test("products of few rows are sums of products, with a bias and an activation", () => {
    const leaky = (x: number) => (x < 0 ? 0.1 * x : x);
    const activations = {
      linear: (x: number) => x,
      relu: (x: number) => Math.max(x, 0),
      relu6: (x: number) => Math.min(Math.max(x, 0), 6),
      elu: (x: number) => (x < 0 ? Math.expm1(x) : x),
      leakyRelu: leaky,
    };
    type Activation = keyof typeof activations;
    const products = [
      [1, 784, 512, "relu"],
      [1, 2000, 1030, "linear"],
      [3, 5, 1, "elu"],
      [4, 64, 17, "leakyRelu"],
      [8, 7, 7, "relu6"],
      [9, 33, 40, "relu"],
      [30, 300, 100, "elu"],
      [0, 4, 3, "relu"],
      [2, 0, 9, "linear"],
      [2, 3, 0, "linear"],
    ] as const;
    const attributes = (activation: string, N: number) => ({
      N,
      activation,
      ...(activation === "leakyRelu" && { alpha: 0.1 }),
    });
    const cases = products.flatMap(([rows, depth, columns, activation]) =>
      [1, 0].map((N) => {
        const operands = [
          [rows, depth],
          [depth, columns],
        ];
        return ["ShapewrightProduct", attributes(activation, N), [...operands, ...(N ? [[columns]] : [])]] as const;
      }),
    );
    const answers = answersOf(
      [
        ...cases,
        [
          "ShapewrightProduct",
          attributes("relu", 0),
          [
            [2, 3],
            [4, 5],
          ],
        ],
        ["ShapewrightProduct", attributes("relu", 1), [[2, 3], [3, 5], [4]]],
        [
          "ShapewrightProduct",
          attributes("gelu", 0),
          [
            [2, 3],
            [3, 5],
          ],
        ],
      ],
      "",
    );
    const fed = (i: number) => Math.sin(1.3 * i);
    products.forEach(([rows, depth, columns, activation], at) => {
      const sumOf = (i: number) => {
        let sum = 0;
        for (let k = 0; k < depth; k++)
          sum += fed(Math.floor(i / columns) * depth + k) * fed(k * columns + (i % columns));
        return sum;
      };
      for (const N of [1, 0]) {
        const { shape, data, error } = answers[2 * at + 1 - N]!;
        expect([error, shape, data?.length]).toEqual([undefined, [rows, columns], rows * columns]);
        const worst = data.reduce((most, value, i) => {
          const expected = activations[activation as Activation](sumOf(i) + N * fed(i % columns));
          return Math.max(most, Math.abs(value - expected) / Math.max(1, Math.abs(expected)));
        }, 0);
        expect([at, N, worst < 2e-5]).toEqual([at, N, true]);
      }
    });
    expect(answers.slice(-3).map(({ error }) => error)).toEqual([
      expect.stringContaining("a product is of two matrices whose inner axes are alike"),
      expect.stringContaining("a bias has to have a number for each column"),
      expect.stringContaining("there is no activation gelu"),
    ]);
  });

  test("convolutions with a bias and an activation are those without, finished", () => {
    const [images, filter] = [
      [2, 9, 8, 5],
      [3, 2, 5, 19],
    ];
    const window = { padding: "SAME", strides: [1, 2, 1, 1], data_format: "NHWC" };
    const [plain, finished, misfit] = answersOf(
      [
        ["Conv2D", window, [images, filter]],
        ["ShapewrightConvolution", { ...window, activation: "leakyRelu", alpha: 0.3 }, [images, filter, [19]]],
        ["ShapewrightConvolution", { ...window, activation: "relu" }, [images, filter, [18]]],
      ],
      "",
    );
    const expected = plain!.data
      .map((value, i) => value + Math.sin(1.3 * (i % 19)))
      .map((sum) => (sum < 0 ? 0.3 * sum : sum));
    expect(finished!.shape).toEqual([2, 5, 8, 19]);
    expect(finished!.data.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i]!)), 0)).toBeLessThan(
      1e-5,
    );
    expect(misfit!.error).toContain("a bias has to have a number for each filter");
  });

  test("sizes of 0 and programs of anyone's are answered", () => {
    const same = { padding: "SAME", strides: [1, 1, 1, 1] };
    const gradientOf = (images: number[], filter: number[], gradient: number[]) =>
      ["Conv2DBackpropFilter", same, [images, { integers: filter }, gradient]] as const;
    // A carry of rows of 2, to which rows of a sequence are added; the last input would have constants.
    const rowLoop = (program: number[], sequence = [3, 4, 2]) =>
      ["ShapewrightRowLoop", { N: 3, M: 1, program }, [[4, 2], sequence, [1]]] as const;
    const [sizes, slots, sum] = [
      [3, 1, 0, 3, 0, 1, 1],
      [0, 2, 0, 0, 1, 2, 1, 0, 5, 2, 0, 0],
      [2, 2, 0, 1, -1],
    ];
    const vast = 2_000_000_000;
    const misfit = "a row loop's program does not fit itself or its inputs";
    const valid = (height: number) =>
      [
        "Conv2D",
        { padding: "VALID", strides: [1, 2, 2, 1] },
        [
          [1, height, 9, 2],
          [5, 2, 2, 4],
        ],
      ] as const;
    const answers = answersOf(
      [
        gradientOf([2, 5, 5, 3], [3, 3, 3, 0], [2, 5, 5, 0]),
        gradientOf([2, 5, 5, 0], [1, 1, 3, 2], [2, 5, 5, 2]),
        gradientOf([0, 5, 5, 3], [1, 1, 3, 2], [0, 5, 5, 2]),
        valid(2),
        valid(1),
        rowLoop([...sizes, ...slots, ...sum, 2]),
        rowLoop([...sizes, ...slots, ...sum, 3]),
        rowLoop([...sizes, ...slots, 2, 2, 0, 900, -1, 2]),
        rowLoop([...sizes, ...slots, 1, 2, 0, 0, -1, 2]),
        rowLoop([...sizes, ...slots, 2, 2, -1, 1, -1, 2]),
        rowLoop([...sizes, ...slots, ...sum, 2], [3, 4, 1]),
        rowLoop([3, 1, 0, 2_000_000_000, 0, 1, 1]),
        [
          "Conv2DBackpropInput",
          { padding: "VALID", strides: [1, vast, vast, 1] },
          [{ integers: [1, vast, vast, 1] }, [1, 1, 1, 1], [1, 1, 1, 1]],
        ],
      ],
      "",
    );
    expect(answers.slice(0, 4)).toEqual([
      { shape: [3, 3, 3, 0], data: [] },
      { shape: [1, 1, 3, 2], data: [0, 0, 0, 0, 0, 0] },
      { shape: [1, 1, 3, 2], data: [0, 0, 0, 0, 0, 0] },
      // TensorFlow's size, (2 - 5 + 2) / 2 rounded towards 0; of a height of 1 it is -1.
      { shape: [1, 0, 4, 4], data: [] },
    ]);
    expect(answers[4]!.error).toContain("the filter is larger than the image with its padding");
    // sin(1.3 i) of the carry, and of three rounds of the sequence.
    const sums = Array.from({ length: 8 }, (_, i) =>
      [i, i, i + 8, i + 16].reduce((all, j) => all + Math.sin(1.3 * j), 0),
    );
    expect(answers[5]!.data.map((value, i) => Math.abs(value - sums[i]!) < 1e-5)).toEqual(sums.map(() => true));
    expect(answers.slice(6, 12).map(({ error }) => error)).toEqual(Array(6).fill(expect.stringContaining(misfit)));
    expect(answers[12]!.error).toContain("memory");
  });
});

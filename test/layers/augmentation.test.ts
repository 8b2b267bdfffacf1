import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { emitTraining } from "../../compiler/emit/typescript/emitTraining.js";
import {
  augMix,
  autoContrast,
  centerCrop,
  compile,
  contrastLimitedAdaptiveHistogramEqualization,
  dense,
  equalization,
  flatten,
  gradients,
  input,
  type Layer,
  meanSquaredError,
  model,
  multiply,
  randAugment,
  randomBrightness,
  randomColorDegeneration,
  randomColorJitter,
  randomContrast,
  randomCrop,
  randomElasticTransform,
  randomErasing,
  randomFlip,
  randomGaussianBlur,
  randomGrayscale,
  randomHue,
  randomInvert,
  randomPerspective,
  randomPosterization,
  randomRotation,
  randomSaturation,
  randomSharpness,
  randomShear,
  randomTranslation,
  randomZoom,
  reshape,
  sequential,
  sgd,
  solarization,
  sum,
  type Tensor,
} from "../../compiler/language.js";
import { optimize } from "../../compiler/pipeline.js";
import { computationOf, type Program } from "../../compiler/program.js";
import { specializeTraining } from "../../compiler/specializeTraining.js";
import { loadReference } from "../../runtime/backends/reference.js";
import { open } from "../../runtime/index.js";
import { array, generate, type NdArray } from "../../src/ir/array.js";
import { nodeOf, tensorOf } from "../../src/ir/node.js";
import { dirichlet } from "../../src/layers/augmentation/dirichlet.js";
import { loadOn, testedBackends } from "../support/backends.js";
import { callReference, callWith, computationFor, inputsFor } from "../support/computation.js";
import { expectNumbers } from "../support/expectNumbers.js";
import { importGenerated, type TrainingModule } from "../support/generated.js";
import { inTraining } from "../support/in-training.js";
import { type Batch, generatedReports, sessionReports, trainedOn } from "../support/training.js";

interface Numbers {
  readonly shape: number[];
  readonly data: number[];
}

const layers = {
  autoContrast,
  centerCrop,
  contrastLimitedAdaptiveHistogramEqualization,
  equalization,
  randomBrightness,
  randomColorDegeneration,
  randomColorJitter,
  randomCrop,
  randomElasticTransform,
  randomGaussianBlur,
  randomGrayscale,
  randomHue,
  randomInvert,
  randomPerspective,
  randomPosterization,
  randomRotation,
  randomSaturation,
  randomSharpness,
  randomShear,
  randomTranslation,
  randomZoom,
  solarization,
};

interface Case {
  readonly layer: keyof typeof layers;
  readonly options: object;
  readonly training: boolean;
  readonly x: Numbers;
  /** The image, or those of which one is drawn. */
  readonly y: readonly Numbers[];
}

const cases: readonly Case[] = JSON.parse(
  readFileSync(new URL("../fixtures/augmentation.json", import.meta.url), "utf8"),
);

const floats = ({ shape, data }: Numbers) => array(Float32Array.from(data), shape);

const [steps] = inputsFor([array(new Int32Array(1), [])]);

test.each(testedBackends)(
  "Keras's numbers on %s, of sizes that are known and of those that have names",
  async (backend) => {
    const made = cases.flatMap(({ layer, options, training, x, y }, i) =>
      [x.shape, [`n${i}`, `h${i}`, `w${i}`, x.shape[3]!]].map((shape) => {
        const given = input(shape as never) as Tensor<any>;
        const result = nodeOf((layers[layer] as (options: object) => Layer)(options)(given as never));
        const output = training ? specializeTraining([result], steps!, new Map(), 0).outputs[0]! : result;
        return { x, y, given: nodeOf(given), output, name: `${i}: ${layer} ${JSON.stringify(options)} of [${shape}]` };
      }),
    );
    const outputs = Object.fromEntries(made.map(({ output }, i) => [`y${i}`, output]));
    const executable = await loadOn(backend, computationFor([...made.map(({ given }) => given), steps!], outputs));
    const found = callWith(executable, [...made.map(({ x }) => floats(x)), array(new Int32Array(1), [])]);
    executable.dispose();
    for (const [i, { y, name }] of made.entries()) {
      const { shape, data } = found[`y${i}`]!;
      expect(shape, name).toEqual(y[0]!.shape);
      const size = data.length / shape[0]!;
      for (let from = 0; from < data.length; from += size) {
        const sample = data.slice(from, from + size) as Float32Array;
        const wanted = y.map((each) => each.data.slice(from, from + size));
        const away = (other: readonly number[]) => Math.max(...other.map((value, k) => Math.abs(sample[k]! - value)));
        expectNumbers(sample, wanted.sort((a, b) => away(a) - away(b))[0]!, name);
      }
    }
  },
);

/** Images whose channels say where each pixel is: [count, height, width, (x, y)]. */
const places = (count: number, height: number, width: number) =>
  generate([count, height, width, 2], "float32", (i) => {
    const pixel = Math.floor(i / 2);
    return i % 2 === 0 ? pixel % width : Math.floor(pixel / width) % height;
  });

const modelOf = (layer: Layer, [, ...size]: readonly number[]) =>
  model({ x: input(["batch", ...size] as never) as Tensor<any> }, ({ x }) => layer(x as never) as Tensor<any>);

/** A function of sample, row, column and channel for what a layer makes of images in a step. */
async function changed(layer: Layer, images: NdArray, step = 0, seed = 0) {
  const { shape, data } = await inTraining(modelOf(layer, images.shape as number[]), images, { step, seed });
  const [count, height, width, channels] = shape as [number, number, number, number];
  const at = (sample: number, y: number, x: number, channel = 0) =>
    data[((sample * height + y) * width + x) * channels + channel] as number;
  const samples = Array.from({ length: count }, (_, sample) => sample);
  return { at, samples, data: [...data] as number[] };
}

const count = 200;
const grid = places(count, 5, 7);
const greys = generate([count, 3, 4, 1], "float32", (i) => 0.4 + 0.2 * Math.sin(i));

/** What a layer draws for each image, by what it makes of some; and between which bounds. */
const draws: readonly {
  readonly name: string;
  readonly layer: Layer;
  readonly bounds: readonly [number, number];
  readonly images: NdArray;
  readonly drawn: (found: Awaited<ReturnType<typeof changed>>, sample: number) => number;
}[] = [
  {
    name: "randomTranslation down",
    layer: randomTranslation({ heightFactor: 0.2, widthFactor: 0 }),
    bounds: [-1, 1],
    images: grid,
    drawn: ({ at }, sample) => 2 - at(sample, 2, 3, 1),
  },
  {
    name: "randomTranslation to the right",
    layer: randomTranslation({ heightFactor: 0, widthFactor: [2 / 7, 1 / 7] }),
    bounds: [1, 2],
    images: grid,
    drawn: ({ at }, sample) => 3 - at(sample, 2, 3, 0),
  },
  {
    name: "randomRotation",
    layer: randomRotation({ factor: [-0.25, 0] }),
    bounds: [-Math.PI / 2, 0],
    images: grid,
    drawn: ({ at }, sample) => Math.atan2(at(sample, 2, 4, 1) - 2, at(sample, 2, 4, 0) - 3),
  },
  {
    name: "randomZoom",
    layer: randomZoom({ heightFactor: 0, widthFactor: 0.5 }),
    bounds: [0.5, 1.5],
    images: grid,
    drawn: ({ at }, sample) => at(sample, 2, 4, 0) - 3,
  },
  {
    name: "randomZoom by one factor",
    layer: randomZoom({ heightFactor: [0, 1] }),
    bounds: [1, 2],
    images: grid,
    drawn({ at }, sample) {
      const [across, down] = [at(sample, 2, 4, 0) - 3, at(sample, 3, 3, 1) - 2];
      expect(across).toBeCloseTo(down, 5);
      return down;
    },
  },
  {
    name: "randomShear across",
    layer: randomShear({ xFactor: 0.4 }),
    bounds: [-0.4, 0.4],
    images: grid,
    drawn: ({ at }, sample) => (at(sample, 2, 3, 0) - 3) / 2,
  },
  {
    name: "randomShear in both directions, whose signs are one",
    layer: randomShear({ xFactor: [0.2, 0.4], yFactor: [0.1, 0.3] }),
    bounds: [0.1, 0.3],
    images: grid,
    drawn({ at }, sample) {
      const [across, down] = [at(sample, 1, 2, 0) - 2, (at(sample, 1, 2, 1) - 1) / 2];
      expect(Math.sign(across)).toBe(Math.sign(down));
      expect(Math.abs(across) > 0.1999 && Math.abs(across) < 0.4001).toBe(true);
      return Math.abs(down);
    },
  },
  {
    name: "randomContrast",
    layer: randomContrast({ factor: 0.5, valueRange: [-9, 9] }),
    bounds: [0.5, 1.5],
    images: greys,
    drawn({ at }, sample) {
      const pixels = [...greys.data.subarray(sample * 12, sample * 12 + 12)] as number[];
      const mean = pixels.reduce((a, b) => a + b) / 12;
      const factor = (at(sample, 2, 3) - mean) / (pixels[11]! - mean);
      for (const [i, pixel] of pixels.entries()) {
        expect(at(sample, Math.floor(i / 4), i % 4)).toBeCloseTo((pixel - mean) * factor + mean, 4);
      }
      return factor;
    },
  },
  {
    name: "randomBrightness",
    layer: randomBrightness({ factor: [-0.1, 0.2], valueRange: [-1, 1] }),
    bounds: [-0.2, 0.4],
    images: greys,
    drawn: ({ at }, sample) => at(sample, 0, 0) - (greys.data[sample * 12] as number),
  },
];

test.each(draws)("$name draws for each image, and anew in each step, between its bounds", async (each) => {
  const { layer, images, drawn } = each;
  const [low, high] = each.bounds;
  const numbers = async (step: number, seed?: number) => {
    const found = await changed(layer, images, step, seed);
    return found.samples.map((sample) => drawn(found, sample));
  };
  const first = await numbers(0);
  for (const number of first) {
    expect(number).toBeGreaterThan(low - 1e-4);
    expect(number).toBeLessThan(high + 1e-4);
  }
  const mean = first.reduce((a, b) => a + b) / count;
  expect(Math.abs(mean - (low + high) / 2)).toBeLessThan((4 * (high - low)) / Math.sqrt(12 * count));
  const all = [...first, ...(await numbers(1)), ...(await numbers(0, 1))];
  expect(new Set(all.map((number) => number.toFixed(6))).size).toBeGreaterThan(0.98 * all.length);
  expect(await numbers(0)).toEqual(first);
});

test.each([
  ["horizontal", ["0", "x"]],
  ["vertical", ["0", "y"]],
  [undefined, ["0", "x", "xy", "y"]],
] as const)("randomFlip of mode %s flips some images", async (mode, kinds) => {
  const [found, next] = [
    await changed(randomFlip(mode && { mode }), grid),
    await changed(randomFlip(mode && { mode }), grid, 1),
  ];
  const kindOf =
    ({ at }: typeof found) =>
    (sample: number) => {
      const [isAcross, isDown] = [at(sample, 0, 0, 0) === 6, at(sample, 0, 0, 1) === 4];
      for (let y = 0; y < 5; y++) {
        for (let x = 0; x < 7; x++) {
          expect([at(sample, y, x, 0), at(sample, y, x, 1)]).toEqual([isAcross ? 6 - x : x, isDown ? 4 - y : y]);
        }
      }
      return `${isAcross ? "x" : ""}${isDown ? "y" : ""}` || "0";
    };
  const [first, second] = [found.samples.map(kindOf(found)), next.samples.map(kindOf(next))];
  expect([...new Set(first)].sort()).toEqual(kinds);
  const [p, n] = [1 / kinds.length, count];
  for (const kind of kinds) {
    const often = first.filter((other) => other === kind).length;
    expect(Math.abs(often - n * p)).toBeLessThan(4 * Math.sqrt(n * p * (1 - p)));
  }
  expect(second).not.toEqual(first);
});

const colours = generate([count, 2, 2, 3], "float32", (i) => 0.5 + 0.4 * Math.sin(i));
const pixel = (sample: number) => [0, 1, 2].map((channel) => colours.data[sample * 12 + channel] as number);

test("how often images become grey or inverted is as they are told, and how much colours change lies between its bounds", async () => {
  const often = async (layer: Layer) => {
    const { at, samples } = await changed(layer, colours);
    return samples.filter((sample) => Math.abs(at(sample, 0, 0) - pixel(sample)[0]!) > 1e-6).length;
  };
  const near = (part: number) => 4 * Math.sqrt(count * part * (1 - part));
  expect(Math.abs((await often(randomGrayscale({ factor: 0.3 }))) - 0.3 * count)).toBeLessThan(near(0.3));
  expect(Math.abs((await often(randomInvert({ factor: [0.6, 0.6], valueRange: [0, 1] }))) - 0.6 * count)).toBeLessThan(
    near(0.6),
  );
  // Drawn up to 1, the probability is 1/2.
  expect(Math.abs((await often(randomInvert({ valueRange: [0, 1] }))) - 0.5 * count)).toBeLessThan(near(0.5));
  const kept = async (layer: Layer, of: (found: Awaited<ReturnType<typeof changed>>, sample: number) => number) => {
    const found = await changed(layer, colours);
    return found.samples.map((sample) => of(found, sample));
  };
  const span = ([a, b, c]: readonly number[]) => Math.max(a!, b!, c!) - Math.min(a!, b!, c!);
  const greyer = await kept(randomColorDegeneration({ factor: [0.2, 0.4], valueRange: [0, 1] }), ({ at }, sample) => {
    return 1 - span([0, 1, 2].map((channel) => at(sample, 0, 0, channel))) / span(pixel(sample));
  });
  expect([Math.min(...greyer) > 0.1999, Math.max(...greyer) < 0.4001]).toEqual([true, true]);
  expect(Math.max(...greyer) - Math.min(...greyer)).toBeGreaterThan(0.18);
  // Bits of numbers: of two, both may be drawn.
  const steps = await kept(randomPosterization({ factor: [1, 3], valueRange: [0, 1] }), ({ at }, sample) => {
    const wanted = [1, 2, 3].map((bits) => {
      const step = 256 / 2 ** bits;
      return Math.fround((Math.floor(Math.floor(pixel(sample)[1]! * 255) / step) * step) / 255);
    });
    const found = wanted.flatMap((value, i) => (Math.abs(value - at(sample, 0, 0, 1)) < 1e-6 ? [i + 1] : []));
    expect(found.length).toBeGreaterThan(0);
    return found.length === 1 ? found[0]! : 0;
  });
  expect([...new Set(steps)].sort()).toEqual([0, 1, 2, 3]);
  // A hue turned forth or back keeps the largest and the smallest channel.
  const turned = await changed(randomHue({ factor: 0.5, valueRange: [0, 1] }), colours);
  for (const sample of turned.samples) {
    const found = [0, 1, 2].map((channel) => turned.at(sample, 0, 0, channel));
    expect(Math.max(...found)).toBeCloseTo(Math.max(...pixel(sample)), 5);
    expect(span(found)).toBeCloseTo(span(pixel(sample)), 5);
  }
  // Half of the range is the threshold: what is darker stays.
  const sun = await changed(solarization({ thresholdFactor: [0.5, 0.5], valueRange: [0, 1] }), colours);
  for (const sample of sun.samples) {
    for (const [channel, value] of pixel(sample).entries()) {
      expect(sun.at(sample, 0, 0, channel)).toBeCloseTo(value < 0.5 ? value : 1 - value, 5);
    }
  }
});

test("randomShear shears as many images to one side as to the other", async () => {
  const { at, samples } = await changed(randomShear({ xFactor: [0.2, 0.4] }), grid);
  const forth = samples.filter((sample) => at(sample, 2, 3, 0) > 3).length;
  expect(Math.abs(forth - count / 2)).toBeLessThan(2 * Math.sqrt(count));
});

test("randomPerspective moves three corners of as many images as it is told, and lines stay lines", async () => {
  const { at, samples } = await changed(randomPerspective({ factor: [0.7, 0.7], scale: 0.5 }), grid);
  const stays = (sample: number) => [1, 2, 3].every((i) => Math.abs(at(sample, i, i, 0) - i) < 1e-6);
  const moved = samples.filter((sample) => !stays(sample));
  expect(Math.abs(moved.length - 0.7 * count)).toBeLessThan(4 * Math.sqrt(count * 0.7 * 0.3));
  const corners = moved.flatMap((sample) => {
    for (const channel of [0, 1]) expect(at(sample, 0, 0, channel)).toBeCloseTo(0, 5);
    // (x, y) comes from (a x / k, b y / k), with k = c x + d y + 1: what three pixels on the edges tell.
    const along = (first: number, second: number): [number, number] => {
      const by = 1 / (2 / first - 2 / second);
      return [by, (2 / second - 1 / first) * by];
    };
    const [a, c] = along(at(sample, 0, 1, 0), at(sample, 0, 2, 0));
    const [b, d] = along(at(sample, 1, 0, 1), at(sample, 2, 0, 1));
    for (const [x, y] of [
      [3, 2],
      [2, 3],
      [4, 1],
    ] as const) {
      const k = c * x + d * y + 1;
      if ((a * x) / k > 6 || (b * y) / k > 4) continue;
      expect(at(sample, y, x, 0)).toBeCloseTo((a * x) / k, 2);
      expect(at(sample, y, x, 1)).toBeCloseTo((b * y) / k, 2);
    }
    // Where the corners come to, as parts of the width and of the height.
    const last = 1 / (1 - (6 * c) / a - (4 * d) / b);
    const found = [1 / (a - 6 * c), 1 / (b - 4 * d), last / a, last / b];
    for (const part of found) expect(part > 0.74 && part < 1.26, `${found}`).toBe(true);
    return found;
  });
  expect(Math.max(...corners) - Math.min(...corners)).toBeGreaterThan(0.45);
  expect(new Set(corners.map((part) => part.toFixed(3))).size).toBeGreaterThan(0.5 * 500);
  // However far: nothing is folded over or of no number, also of images of one row.
  for (const images of [grid, places(count, 1, 7)]) {
    const far = await changed(randomPerspective({ factor: [1, 1] }), images);
    expect(far.data.every((value) => value >= 0 && value <= 6)).toBe(true);
  }
});

test("randomElasticTransform pulls as many images about as it is told, in waves as high as its noise is smeared", async () => {
  const [samples, height, width] = [48, 40, 60];
  const sides = places(samples, height, width);
  const how = { scale: [1, 1], fillMode: "nearest" } as const;
  const { at } = await changed(randomElasticTransform({ factor: [1, 1], ...how }), sides);
  const away = (sample: number, y: number, x: number) => [at(sample, y, x, 0) - x, at(sample, y, x, 1) - y] as const;
  // Of σ = 0.05 · 40 and α = 0.1 · 60: noise of σ, smeared over 13 · 13 pixels.
  const weights = Array.from({ length: 13 }, (_, i) => Math.exp(-(((i - 6) / 2) ** 2) / 2));
  const total = weights.reduce((a, b) => a + b);
  const product = (by: number) => weights.slice(by).reduce((a, w, i) => a + w * weights[i]!, 0) / total ** 2;
  const variance = (6 * 2 * product(0)) ** 2;
  const sums = { across: 0, down: 0, both: 0, beside: 0 };
  let found = 0;
  for (let sample = 0; sample < samples; sample++) {
    for (let y = 14; y < height - 14; y += 3) {
      for (let x = 14; x < width - 14; x += 3, found++) {
        const [[across, down], [next]] = [away(sample, y, x), away(sample, y, x + 1)];
        sums.across += across ** 2 / variance;
        sums.down += down ** 2 / variance;
        sums.both += (across * down) / variance;
        sums.beside += (across * next) / variance;
      }
    }
  }
  for (const squares of [sums.across, sums.down]) expect(Math.abs(squares / found - 1)).toBeLessThan(0.3);
  expect(Math.abs(sums.both / found)).toBeLessThan(0.2);
  expect(sums.beside / sums.across).toBeCloseTo(product(1) / product(0), 1);
  const some = await changed(
    randomElasticTransform({ factor: [0.7, 0.7], ...how, scale: [0.5, 1] }),
    places(count, 20, 24),
  );
  const moved = some.samples.filter((sample) => Math.abs(some.at(sample, 9, 9) - 9) > 1e-6).length;
  expect(Math.abs(moved - 0.7 * count)).toBeLessThan(4 * Math.sqrt(count * 0.7 * 0.3));
});

/** What a layer makes of an image in steps from the first on. */
function inSteps(layer: Layer, image: NdArray, count: number): number[][] {
  const given = input(image.shape as never) as Tensor<any>;
  const { outputs } = specializeTraining([nodeOf(layer(given as never))], steps!, new Map(), 0);
  const computation = computationFor([nodeOf(given), steps!], { y: outputs[0]! });
  return Array.from({ length: count }, (_, step) => [
    ...(callReference(computation, [image, array(Int32Array.of(step), [])]).y!.data as Float32Array),
  ]);
}

/** Of changes without strength, each makes something else of them that can be told. */
const ramp = array(Float32Array.of(0.1, 0.3, 0.5, 0.7), [1, 1, 4, 1]);

const ways = {
  identity: (x: readonly number[]) => [...x],
  posterized: (x: readonly number[]) => x.map((value) => (value * 255 >= 128 ? 128 / 255 : 0)),
  inverted: (x: readonly number[]) => x.map((value) => 1 - value),
  stretched: (x: readonly number[]) => x.map((value) => (value - 0.1) / 0.6),
  // Of n pixels, those that are not above, but for the least: 0, 1, 2 and 3 of 3.
  equalized: (x: readonly number[]) => x.map((_, i) => i / 3),
  smoothed: (x: readonly number[]) => x.map((value, i) => ((x[i - 1] ?? 0) + (x[i + 1] ?? 0) + 5 * value) / 13),
};
const near = (a: readonly number[], b: readonly number[]) => a.every((value, i) => Math.abs(value - b[i]!) < 1e-5);

test("randAugment makes one change after the other, each as often as all others", () => {
  const count = 240;
  const options = { factor: [0, 0], valueRange: [0, 1] } as const;
  const found = inSteps(randAugment({ ...options, numOps: 1 }), ramp, count).map((y) =>
    Object.entries(ways).flatMap(([name, way]) => (near(y, way([...ramp.data] as number[])) ? [name] : [])),
  );
  // The stretched ramp is also the equalized one.
  const kinds: [string, number][] = [
    ["identity", 6],
    ["posterized", 1],
    ["inverted", 1],
    ["stretched equalized", 2],
    ["smoothed", 1],
  ];
  for (const [kind, times] of kinds) {
    const [often, p] = [found.filter((names) => names.join(" ") === kind).length, times / 11];
    expect(Math.abs(often - count * p), kind).toBeLessThan(4 * Math.sqrt(count * p * (1 - p)));
  }
  expect(found.every((names) => kinds.some(([kind]) => kind === names.join(" ")))).toBe(true);
  const twice = inSteps(randAugment(options), ramp, 120);
  // Another way than the first one: inverted twice, images are themselves.
  expect(twice.some((y) => near(y, ways.inverted([...ramp.data] as number[])))).toBe(true);
  const products = Object.values(ways).flatMap((one) =>
    Object.values(ways).map((other) => (x: readonly number[]) => other(one(x))),
  );
  // What has been changed once is not the ramp any more, of which it is known what stretches and equalizes it: others can be told.
  expect(twice.filter((y) => products.some((way) => near(y, way([...ramp.data] as number[])))).length).toBeGreaterThan(
    25,
  );
});

test("augMix mixes images with chains of changes, by shares that are drawn", () => {
  const x = [...ramp.data] as number[];
  const options = { numChains: 1, chainDepth: 1, factor: [0, 0], allOps: false, valueRange: [0, 1] } as const;
  const count = 200;
  const shares = (alpha: number) =>
    inSteps(augMix({ ...options, alpha }), ramp, count).flatMap((y) => {
      const lines = [ways.inverted, ways.posterized, ways.stretched].flatMap((way) => {
        // y = s x + (1 - s) way(x)
        const [from, to] = [way(x)[0]!, way(x)[3]!];
        const share = (y[3]! - y[0]! - (to - from)) / (x[3]! - x[0]! - (to - from));
        const wanted = way(x).map((value, i) => share * x[i]! + (1 - share) * value);
        return near(y, wanted) ? [share] : [];
      });
      if (near(y, x)) return [];
      expect(lines.length).toBeGreaterThan(0);
      return [lines[0]!];
    });
  const even = shares(1);
  // Four ways of eight change the ramp.
  expect(Math.abs(even.length - count / 2)).toBeLessThan(2 * Math.sqrt(count));
  expect(even.every((share) => share >= -1e-4 && share <= 1 + 1e-4)).toBe(true);
  const mean = even.reduce((a, b) => a + b) / even.length;
  expect(Math.abs(mean - 0.5)).toBeLessThan(4 / Math.sqrt(12 * even.length));
  // Of 30, shares are near 1/2: within 4 of their deviation, 1 / (2 √61).
  expect(shares(30).every((share) => Math.abs(share - 0.5) < 2 / Math.sqrt(61))).toBe(true);
  // Chains differ: of two, some mixtures are of two ways that change the ramp, and none of them alone.
  const two = inSteps(augMix({ ...options, numChains: 2 }), ramp, 60);
  const onLine = (y: readonly number[]) =>
    [ways.inverted, ways.posterized, ways.stretched].some((way) => {
      const to = way(x);
      const share = (y[3]! - y[0]! - (to[3]! - to[0]!)) / (x[3]! - x[0]! - (to[3]! - to[0]!));
      return near(
        y,
        to.map((value, i) => share * x[i]! + (1 - share) * value),
      );
    });
  expect(two.filter((y) => !onLine(y)).length).toBeGreaterThan(3);
  // Several chains of any changes stay in the range, and differ from step to step.
  const bright = generate([1, 4, 5, 3], "float32", (i) => 0.5 + 0.4 * Math.sin(i));
  const mixed = inSteps(augMix({ chainDepth: 2, valueRange: [0, 1] }), bright, 3);
  expect(mixed.flat().every((value) => value >= 0 && value <= 1)).toBe(true);
  expect(new Set(mixed.map((y) => y.join(" "))).size).toBe(3);
});

test.each([0.3, 1, 4])("shares of the Dirichlet distribution of %d have its mean and its variance", (alpha) => {
  const weights = nodeOf(dirichlet(3, alpha));
  const { outputs } = specializeTraining([weights], steps!, new Map(), 0);
  const computation = computationFor([steps!], { y: outputs[0]! });
  const n = 600;
  const drawn = Array.from({ length: n }, (_, step) => [
    ...(callReference(computation, [array(Int32Array.of(step), [])]).y!.data as Float32Array),
  ]);
  for (const shares of drawn) expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
  const variance = ((1 / 3) * (2 / 3)) / (3 * alpha + 1);
  for (const i of [0, 1, 2]) {
    const mean = drawn.reduce((sum, shares) => sum + shares[i]!, 0) / n;
    const spread = drawn.reduce((sum, shares) => sum + (shares[i]! - 1 / 3) ** 2, 0) / n;
    expect(Math.abs(mean - 1 / 3)).toBeLessThan(4 * Math.sqrt(variance / n));
    expect(Math.abs(spread / variance - 1)).toBeLessThan(0.3);
  }
});

test("randomGaussianBlur smears as many images as it is told, each by numbers of its own", async () => {
  const spot = generate([count, 5, 5, 1], "float32", (i) => (i % 25 === 12 ? 1 : 0));
  const seen = async (factor: number | [number, number]) => {
    const { at, samples } = await changed(randomGaussianBlur({ factor, sigma: [0.4, 0.8], valueRange: [0, 1] }), spot);
    return samples.flatMap((sample) => {
      if (at(sample, 2, 2) === 1) return [];
      // Of the pixels beside the middle one: exp(-1 / 2σ²).
      const [x, y] = [at(sample, 2, 3), at(sample, 3, 2)].map((value) =>
        Math.sqrt(-0.5 / Math.log(value / at(sample, 2, 2))),
      );
      for (const sigma of [x!, y!]) expect(sigma > 0.3999 && sigma < 0.8001).toBe(true);
      return [`${x!.toFixed(5)} ${y!.toFixed(5)}`];
    });
  };
  const near = (part: number) => 4 * Math.sqrt(count * part * (1 - part));
  const some = await seen([0.3, 0.3]);
  expect(Math.abs(some.length - 0.3 * count)).toBeLessThan(near(0.3));
  expect(new Set(some).size).toBe(some.length);
  // Drawn up to 1, the probability is 1/2.
  expect(Math.abs((await seen(1)).length - 0.5 * count)).toBeLessThan(near(0.5));
});

test("equalization of a photo's bytes gives the shares of those below, of each image", async () => {
  const bytes = array(Float32Array.of(10, 10, 20, 30, 200, 200, 200, 7), [2, 2, 2, 1]);
  // Of the first: 2, 3 and 4 of 4 are not above 10, 20 and 30, and 2 are the least. Of the second: 1 and 4.
  expect((await changed(equalization(), bytes)).data).toEqual([0, 0, 128, 255, 255, 255, 255, 0]);
});

test("randomCrop takes windows from everywhere, in training alone", async () => {
  const { at, samples } = await changed(randomCrop({ height: 3, width: 5 }), grid);
  const corners = samples.map((sample) => {
    const [x, y] = [at(sample, 0, 0, 0), at(sample, 0, 0, 1)];
    expect([at(sample, 2, 4, 0), at(sample, 2, 4, 1)]).toEqual([x + 4, y + 2]);
    return `${x} ${y}`;
  });
  const all = [0, 1, 2].flatMap((x) => [0, 1, 2].map((y) => `${x} ${y}`));
  expect([...new Set(corners)].sort()).toEqual(all);
});

test("randomErasing puts one value into a rectangle of each image, as often as it is told", async () => {
  const images = generate([count, 8, 6, 1], "float32", () => 0.5);
  const layer = randomErasing({ factor: [0.6, 0.6], scale: [0.25, 0.25], fillValue: 7, valueRange: [0, 1] });
  const { at, samples } = await changed(layer, images);
  const rectangles = samples.flatMap((sample) => {
    const erased = Array.from({ length: 48 }, (_, i) => [i % 6, Math.floor(i / 6)] as const).filter(
      ([x, y]) => at(sample, y, x) !== 0.5,
    );
    if (erased.length === 0) return [];
    expect(new Set(erased.map(([x, y]) => at(sample, y, x)))).toEqual(new Set([1]));
    const [left, top] = erased[0]!;
    // Half of the width and of the height.
    const wanted = Array.from({ length: 12 }, (_, i) => [left + (i % 3), top + Math.floor(i / 3)]);
    expect(erased).toEqual(wanted);
    return [`${left} ${top}`];
  });
  expect(Math.abs(rectangles.length - 120)).toBeLessThan(4 * Math.sqrt(count * 0.6 * 0.4));
  // A rectangle begins within a pixel, and reaches those that begin in it: four rows and three columns.
  expect(new Set(rectangles).size).toBe(12);
  const noisy = await changed(randomErasing({ factor: [1, 1], scale: [1, 1], valueRange: [0, 1] }), images);
  expect(new Set(noisy.data.filter((value) => value > 0 && value < 1)).size).toBeGreaterThan(0.3 * noisy.data.length);
  expect(noisy.data.every((value) => value >= 0 && value <= 1)).toBe(true);
});

const all = sequentialOf(
  [5, 7, 2],
  [
    randomFlip(),
    randomTranslation({ heightFactor: 0.2, widthFactor: 0.3, fillMode: "wrap" }),
    randomShear({ xFactor: 0.2 }),
    randomPerspective({ scale: 0.3 }),
    randomRotation({ factor: 0.1, fillMode: "constant" }),
    randomZoom({ heightFactor: 0.2, widthFactor: 0.3, interpolation: "nearest", fillMode: "constant" }),
    randomContrast({ factor: 0.3, valueRange: [-9, 9] }),
    randomCrop({ height: 4, width: 6 }),
  ],
);

function sequentialOf(size: readonly number[], layers: readonly Layer[]) {
  return model({ x: input(["batch", ...size] as never) as Tensor<any> }, ({ x }) =>
    layers.reduce<Tensor<any>>((h, layer) => layer(h as never) as Tensor<any>, x),
  );
}

test("gradients pass through what is drawn: dA = A' dy of what is linear", () => {
  const { outputs } = specializeTraining([nodeOf(all.output)], steps!, all.names, 0);
  const y: Tensor<any> = tensorOf(outputs[0]!);
  const weights = input(["batch", 4, 6, 2]) as Tensor<any>;
  const { x } = gradients(sum(multiply(y, weights) as Tensor<any>) as Tensor<[]>, { x: all.inputs.x });
  const inputs = [nodeOf(all.inputs.x), nodeOf(weights), steps!];
  const computation = computationFor(inputs, { y: outputs[0]!, x: nodeOf(x) });
  const given = [[3, 5, 7, 2] as const, [3, 4, 6, 2] as const].map((shape, k) =>
    generate([...shape], "float32", (i) => 0.3 + 0.2 * Math.sin(i * (k + 1.3))),
  );
  const found = callReference(computation, [...given, array(Int32Array.of(3), [])]);
  const product = (a: NdArray, b: NdArray) => [...a.data].reduce<number>((all, v, i) => all + +v * +b.data[i]!, 0);
  expect(product(found.y!, given[1]!)).toBeGreaterThan(1);
  expect(product(found.x!, given[0]!)).toBeCloseTo(product(found.y!, given[1]!), 4);
});

const program = () =>
  compile(
    model({ x: input(["batch", 70]) }, ({ x }) => {
      const images = reshape(dense(x, { units: 70 }), ["batch", 5, 7, 2]);
      const changed = sequential(
        images,
        randomFlip(),
        randomTranslation({ heightFactor: 0.2, widthFactor: 0.3 }),
        randomRotation({ factor: 0.1 }),
        randomZoom({ heightFactor: 0.2 }),
        randomBrightness({ factor: 0.1, valueRange: [-9, 9] }),
        randomContrast({ factor: 0.3, valueRange: [-9, 9] }),
        randomErasing({ valueRange: [-9, 9] }),
        augMix({ numChains: 2, chainDepth: 1, valueRange: [-9, 9] }),
        randomCrop({ height: 4, width: 6 }),
      );
      return dense(flatten(changed), { units: 1 });
    }),
    { optimizer: sgd({ learningRate: 0.01 }), loss: meanSquaredError() },
  );

const batches = [0, 1].map((k): Batch => {
  const x = generate([4, 70], "float32", (i) => Math.sin(i * 1.7 + k));
  return { inputs: { x }, target: generate([4, 1], "float32", (i) => Math.cos(i + k)) };
});

test("nothing is drawn outside of training", () => {
  const draws = ({ nodes }: Program["train"]) => nodes.filter(({ op }) => op.startsWith("random")).length;
  const { train, evaluate, predict } = program();
  expect([train, evaluate, predict].map((graph) => draws(optimize(graph)))).toEqual([22, 0, 0]);
});

describe.each(testedBackends)("on %s", (backend) => {
  test("training goes as on the reference kernels, and so does generated code", async () => {
    const source = emitTraining(program() as Program, { name: "program", source: "test" });
    const { reports, left } = await generatedReports(
      backend,
      await importGenerated<TrainingModule>(source),
      batches,
      3,
    );
    const wanted = trainedOn(loadReference(computationOf(program())), program() as Program, batches, 3).reports;
    const found = await sessionReports(backend, program() as Program, batches, 3);
    for (const [i, { loss }] of wanted.entries()) {
      expect(found[i]!.loss! / loss!).toBeCloseTo(1, 5);
      expect(reports[i]!.loss! / loss!).toBeCloseTo(1, 5);
    }
    expect(left).toBe(0);
  });
});

test("a run that is restored goes on bit for bit", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "shapewright-")), "run.safetensors");
  const { inputs, target } = batches[0]!;
  const settings = { epochs: 1, batchSize: 2, verbose: "silent" } as const;
  using whole = await open(program());
  await whole.fit(inputs as never, target as never, settings);
  await whole.saveCheckpoint(file);
  using resumed = await open(program(), { seed: 7 });
  await resumed.restoreCheckpoint(file);
  for (const session of [whole, resumed]) await session.fit(inputs as never, target as never, settings);
  for (const each of whole.weightNames) expect(resumed.getWeight(each), each).toEqual(whole.getWeight(each));
});

test("options that are none are refused", () => {
  const image = input(["batch", 5, 5, 1]);
  const refusals: readonly [string, () => unknown][] = [
    [
      'randomFlip: mode is "across", but must be "horizontal", "vertical" or "horizontalAndVertical"',
      () => randomFlip(image, { mode: "across" as never }),
    ],
    [
      "randomRotation: options are given as a record, got 0.1; write { factor: 0.1 }",
      () => randomRotation(0.1 as never),
    ],
    [
      "randomRotation: factor is 1.5, but must be a number from -1 to 1, or two of them",
      () => randomRotation({ factor: 1.5 as number }),
    ],
    [
      "randomZoom: heightFactor is undefined, but must be a number from -1 to 1, or two of them",
      () => randomZoom({} as never),
    ],
    [
      "randomContrast: factor is [-0.1, 0.1], but must be a number from 0 to 1, or two of them",
      () => randomContrast({ factor: [-0.1 as number, 0.1] }),
    ],
    [
      "randomBrightness: valueRange is [1, 0], but must be two numbers of float32, the first less than the second",
      () => randomBrightness({ factor: 0, valueRange: [1, 0] }),
    ],
    [
      "randomErasing: scale is 0.2, but must be two numbers of which each is from 0 to 1",
      () => randomErasing({ scale: 0.2 as never }),
    ],
    [
      "randomPosterization: factor is 2.5, but must be an integer from 1 to 8, or two of them",
      () => randomPosterization({ factor: 2.5 as number }),
    ],
    [
      "randomInvert: factor is 2, but must be a number from 0 to 1, or two of them",
      () => randomInvert({ factor: 2 as number }),
    ],
    [
      "randomHue: takes images of 3 channels, red, green and blue, got [batch, 8, 8, c]",
      () => randomHue(input(["batch", 8, 8, "c"]) as never, { factor: 0.1 }),
    ],
    [
      'randomTranslation: fillMode is "mirror", but must be "reflect", "wrap", "nearest" or "constant"',
      () => randomTranslation({ heightFactor: 0, widthFactor: 0, fillMode: "mirror" as never }),
    ],
    [
      'randomCrop: 0 is not a dim; write a positive integer, or a name such as "batch"',
      () => randomCrop(image, { height: 0 as never, width: 3 }),
    ],
  ];
  for (const [message, refused] of refusals) expect(refused).toThrow(message);
});

import fc from "fast-check";
import type { Dim } from "../../../../src/types/dim.js";
import {
  anyShape,
  call,
  calls,
  code,
  type Described,
  type Drawn,
  dtypes,
  edit,
  type Fields,
  fewEdits,
  flag,
  form,
  layers,
  maybe,
  mostly,
  named,
  nothing,
  options,
  optionsOf,
  perhaps,
  ranged,
  type Shape,
  shapeOf,
  some,
  strange,
  tensor,
  tensors,
  value,
  values,
} from "../arguments.js";
import type { Argument } from "../program.js";

/** Images of so many spatial axes, or now and then of another rank. */
const images = (spatial: number): Drawn<Shape> => {
  const size = some<Dim>(8, 5, 28, "h", 7, 1, "w", "h+1", 2);
  const sizes = fc.array(size, { minLength: spatial, maxLength: spatial });
  const whole = fc
    .tuple(some<Dim>("batch", 2), sizes, some<Dim>(4, 3, 8, 1, "c", 4))
    .map(([batch, sizes, channels]) => [batch, ...sizes, channels]);
  return mostly<Shape, Shape>(whole, anyShape, 12);
};

/** A number for all axes, or one for each; now and then for another number of axes. */
const each = (spatial: number, size: Drawn<number>): Drawn<Argument> => {
  const list = (length: number) => fc.array(size, { minLength: length, maxLength: length });
  return fc.oneof(
    { weight: 6, arbitrary: values(size) },
    { weight: 4, arbitrary: values(list(spatial)) },
    { weight: 1, arbitrary: list(spatial + 1).map(strange) },
  );
};

/** What is added before and after an axis, or each of several. */
const edges = (spatial: number): Drawn<unknown> => {
  const edge = fc.oneof(some(1, 0, 2, 3), fc.tuple(some(0, 1, 2), some(1, 0)));
  if (spatial === 1) return edge;
  return fc.oneof(some<unknown>(1, 0, 2), fc.array(edge, { minLength: spatial, maxLength: spatial }));
};

/** Options of layers that move images. */
const moved = {
  fillMode: values(maybe(some("reflect", "wrap", "nearest", "constant"))),
  interpolation: values(maybe(some("nearest", "bilinear"))),
};

const padding = (spatial: number, causal: boolean): Drawn<Argument> =>
  fc.oneof(
    { weight: 4, arbitrary: values(some<unknown>("valid", "same")) },
    { weight: 2, arbitrary: values(edges(spatial)) },
    { weight: 1, arbitrary: fc.constant(causal ? value("causal") : strange("causal")) },
  );

const kernel = some(3, 1, 2, 5);
const stride = some(1, 2, 3);
const dilation = some(1, 1, 1, 2);

/** A window's options: sizes, strides and padding. Dilation is seldom given, since few combine it with strides. */
const moving = (spatial: number, kind: Kind, dilations: string): Fields => ({
  strides: perhaps(each(spatial, stride)),
  padding: perhaps(padding(spatial, kind.causal === true && spatial === 1)),
  [dilations]: mostly(fc.constant(nothing), each(spatial, dilation), 3),
  ...(kind.transposed && { outputPadding: mostly(fc.constant(nothing), each(spatial, some(0, 1, 0, 2)), 2) }),
});

interface Kind {
  readonly name: string;
  readonly causal?: boolean;
  readonly groups?: boolean;
  readonly transposed?: boolean;
  readonly depthwise?: boolean;
  readonly separable?: boolean;
}

/** Convolutions with a filter that is given, and as layers that have one. */
function convolution(kind: Kind, spatial: number): Drawn<ReturnType<typeof call>> {
  const groups = kind.groups ? maybe(some(1, 2, 4, 3)) : fc.constant(undefined);
  const { name } = kind;
  const withFilter = fc
    .tuple(
      images(spatial),
      fc.array(kernel, { minLength: spatial, maxLength: spatial }),
      some<Dim>(8, 6, 4, "f"),
      fewEdits,
      groups,
      dtypes.float,
      dtypes.float,
      fc.record(moving(spatial, kind, "dilations")),
    )
    .map(([x, sizes, filters, how, groups, d, e, moving]) => {
      const channels = x.at(-1) ?? 3;
      const perGroup = typeof channels === "number" && groups ? Math.floor(channels / groups) || 1 : channels;
      const mixed = typeof channels === "number" ? channels * 2 : channels;
      const filter = kind.transposed
        ? [...sizes, filters, channels]
        : [...sizes, perGroup, kind.depthwise || kind.separable ? 2 : filters];
      const others = kind.separable ? [tensor([...sizes.map(() => 1), mixed, filters])] : [];
      const given = options({ ...moving, ...(kind.groups && { groups: value(groups) }) }, true);
      return call(name, [tensor(x, d), tensor(edit(filter, how), e), ...others, given]);
    });
  const asLayer = layers(
    name,
    tensors(images(spatial), dtypes.float),
    optionsOf(
      {
        ...(!kind.depthwise && { filters: values(some(8, 6, 4)) }),
        kernelSize: each(spatial, kernel),
        ...moving(spatial, kind, "dilationRate"),
        ...(kind.groups && { groups: values(groups) }),
        ...((kind.depthwise || kind.separable) && { depthMultiplier: values(maybe(some(2, 1))) }),
        useBias: values(maybe(flag)),
      },
      true,
    ),
  );
  return fc.oneof(withFilter, asLayer);
}

const pool = (spatial: number): Fields => ({
  poolSize: perhaps(each(spatial, some(2, 3, 5))),
  strides: perhaps(each(spatial, stride)),
  padding: perhaps(padding(spatial, false)),
});

const ranks = [1, 2, 3];
const ofRanks = (spatials: readonly number[], describe: (spatial: number) => Described): Described =>
  Object.assign({}, ...spatials.map(describe));

const interpolation = maybe(some("nearest", "bilinear", "bicubic"));

export const windows: Described = {
  ...ofRanks(ranks, (n) => ({
    [`conv${n}d`]: convolution({ name: `conv${n}d`, causal: true, groups: true }, n),
    [`conv${n}dTranspose`]: convolution({ name: `conv${n}dTranspose`, transposed: true }, n),
    [`maxPool${n}d`]: fc
      .tuple(tensors(images(n), dtypes.float), optionsOf(pool(n)))
      .map((args) => call(`maxPool${n}d`, args)),
    [`averagePool${n}d`]: fc
      .tuple(tensors(images(n), dtypes.float), optionsOf(pool(n)))
      .map((args) => call(`averagePool${n}d`, args)),
    [`maxPooling${n}d`]: layers(`maxPooling${n}d`, tensors(images(n), dtypes.float), optionsOf(pool(n))),
    [`averagePooling${n}d`]: layers(`averagePooling${n}d`, tensors(images(n), dtypes.float), optionsOf(pool(n))),
    ...Object.fromEntries(
      [`globalMaxPooling${n}d`, `globalAveragePooling${n}d`].map((name) => [
        name,
        layers(name, tensors(images(n), dtypes.float), optionsOf({ keepDims: values(maybe(flag)) })),
      ]),
    ),
    ...Object.fromEntries(
      [`adaptiveMaxPooling${n}d`, `adaptiveAveragePooling${n}d`].map((name) => [
        name,
        layers(name, tensors(images(n), dtypes.float), optionsOf({ outputSize: each(n, some(1, 2, 3)) }, true)),
      ]),
    ),
    [`upSampling${n}d`]: layers(
      `upSampling${n}d`,
      tensors(images(n), dtypes.float),
      optionsOf({
        size: perhaps(each(n, some(2, 1, 3))),
        ...(n === 2 && { interpolation: values(interpolation) }),
      }),
    ),
    [`zeroPadding${n}d`]: layers(
      `zeroPadding${n}d`,
      tensors(images(n), dtypes.number),
      optionsOf({ padding: values(maybe(edges(n))) }),
    ),
    [`cropping${n}d`]: layers(
      `cropping${n}d`,
      tensors(images(n), dtypes.any),
      optionsOf({ cropping: values(maybe(edges(n))) }),
    ),
    [`spatialDropout${n}d`]: layers(`spatialDropout${n}d`, tensors(images(n), dtypes.float), values(some(0.5))),
  })),
  ...ofRanks([1, 2], (n) => ({
    [`depthwiseConv${n}d`]: convolution({ name: `depthwiseConv${n}d`, causal: true, depthwise: true }, n),
    [`separableConv${n}d`]: convolution({ name: `separableConv${n}d`, causal: true, separable: true }, n),
  })),
  resizeImages: fc
    .tuple(
      tensors(images(2), dtypes.float),
      values(fc.tuple(some<Dim>(4, 7, "h"), some<Dim>(4, 9, "w"))),
      optionsOf({ interpolation: values(interpolation) }),
    )
    .map((args) => call("resizeImages", args)),
  ...named("randomCrop centerCrop", (name) =>
    fc
      .tuple(form, tensors(images(2), dtypes.float), some<Dim>(4, 7, "h"), some<Dim>(4, 9))
      .map(([form, x, height, width]) =>
        form(name, x, [options({ height: value(height), width: value(width) }, true)]),
      ),
  ),
  randomFlip: layers(
    "randomFlip",
    tensors(images(2), dtypes.float),
    optionsOf({ mode: values(maybe(some("horizontal", "vertical"))) }),
  ),
  randomTranslation: layers(
    "randomTranslation",
    tensors(images(2), dtypes.float),
    optionsOf({ heightFactor: ranged(some(0.1)), widthFactor: ranged(some(0.2)), ...moved }, true),
  ),
  randomZoom: layers(
    "randomZoom",
    tensors(images(2), dtypes.float),
    optionsOf({ heightFactor: ranged(some(0.1)), ...moved }, true),
  ),
  randomRotation: layers(
    "randomRotation",
    tensors(images(2), dtypes.float),
    optionsOf({ factor: ranged(some(0.1)), ...moved }, true),
  ),
  ...named("randomContrast randomBrightness", (name) =>
    layers(name, tensors(images(2), dtypes.float), optionsOf({ factor: ranged(some(0.1, 0.5)) }, true)),
  ),
  ...named("randomHue randomSaturation randomColorDegeneration randomSharpness", (name) =>
    layers(name, tensors(images(2), dtypes.float), optionsOf({ factor: ranged(some(0.1, 0.5)) }, true)),
  ),
  ...named("randomInvert randomGrayscale", (name) =>
    layers(name, tensors(images(2), dtypes.float), optionsOf({ factor: values(maybe(some(0.1, 1))) })),
  ),
  randomPosterization: layers(
    "randomPosterization",
    tensors(images(2), dtypes.float),
    optionsOf({ factor: values(some(1, 8, 4)) }, true),
  ),
  solarization: layers(
    "solarization",
    tensors(images(2), dtypes.float),
    optionsOf({ thresholdFactor: values(maybe(some(0.1, 1))) }),
  ),
  autoContrast: layers(
    "autoContrast",
    tensors(images(2), dtypes.float),
    optionsOf({ name: values(maybe(some("stretched"))) }),
  ),
  contrastLimitedAdaptiveHistogramEqualization: layers(
    "contrastLimitedAdaptiveHistogramEqualization",
    tensors(images(2), dtypes.float),
    optionsOf({ clipLimit: values(maybe(some(0, 2))), tileGridSize: values(maybe(some(2, 3))) }),
  ),
  equalization: layers(
    "equalization",
    tensors(images(2), dtypes.float),
    optionsOf({ bins: values(maybe(some(2, 16))) }),
  ),
  randomGaussianBlur: layers(
    "randomGaussianBlur",
    tensors(images(2), dtypes.float),
    optionsOf({
      factor: values(maybe(some<unknown>(0.5, [0, 1]))),
      kernelSize: values(maybe(some<unknown>(1, 3, [5, 3]))),
      sigma: values(maybe(some<unknown>(0.5, 1, [0, 1]))),
    }),
  ),
  randAugment: layers(
    "randAugment",
    tensors(images(2), dtypes.float),
    optionsOf({ numOps: values(maybe(some(1, 2))), factor: values(maybe(some(0.3))) }),
  ),
  augMix: layers(
    "augMix",
    tensors(images(2), dtypes.float),
    optionsOf({ numChains: values(maybe(some(1, 2))), chainDepth: values(some(1)), alpha: values(maybe(some(0.5))) }),
  ),
  randomShear: layers(
    "randomShear",
    tensors(images(2), dtypes.float),
    optionsOf({ xFactor: values(maybe(some(0.1))), yFactor: values(maybe(some(0.2))), ...moved }),
  ),
  randomPerspective: layers(
    "randomPerspective",
    tensors(images(2), dtypes.float),
    optionsOf({ factor: values(maybe(some(0.5))), scale: values(maybe(some(0.5, 1))) }),
  ),
  randomColorJitter: layers(
    "randomColorJitter",
    tensors(images(2), dtypes.float),
    optionsOf({ hueFactor: values(maybe(some(0.1, 1))), contrastFactor: values(maybe(some(0.1, 1))) }),
  ),
  randomElasticTransform: layers(
    "randomElasticTransform",
    tensors(images(2), dtypes.float),
    optionsOf({ factor: values(maybe(some(0.5))), scale: values(maybe(some(0.5, 1))) }),
  ),
  randomErasing: layers(
    "randomErasing",
    tensors(images(2), dtypes.float),
    optionsOf({ fillValue: values(maybe(some(0, 1))) }),
  ),
  resizing: fc
    .tuple(form, tensors(images(2), dtypes.float), some<Dim>(4, 7, "h"), some<Dim>(4, 9), interpolation)
    .map(([form, x, height, width, interpolation]) =>
      form("resizing", x, [
        options({ height: value(height), width: value(width), interpolation: value(interpolation) }, true),
      ]),
    ),
  extractPatches: fc
    .tuple(
      tensors(images(2), dtypes.float),
      each(2, some(2, 3, 1)),
      optionsOf({ strides: perhaps(each(2, some(1, 2))), padding: values(maybe(some("same", "valid"))) }),
    )
    .map((given) => call("extractPatches", given)),
  extractPatches3d: fc
    .tuple(
      tensors(images(3), dtypes.float),
      each(3, some(2, 1, 3)),
      optionsOf({ strides: perhaps(each(3, some(1, 2))), padding: values(maybe(some("same", "valid"))) }),
    )
    .map((given) => call("extractPatches3d", given)),
  fold: fc
    .tuple(
      tensors(
        mostly<Shape, Shape>(some<Shape>(["batch", 3, 2, 12], [2, 3, 2, 4], ["batch", 5, "w", 8]), anyShape),
        dtypes.float,
      ),
      some<Dim>(6, 7, 5),
      some<Dim>(4, 5, 3, "w"),
      each(2, some(2, 1, 3)),
      optionsOf({ strides: perhaps(each(2, some(1, 2))), padding: values(maybe(some("same", "valid"))) }),
    )
    .map(([x, height, width, size, options]) => call("fold", [x, value([height, width]), size, options])),
  correlate: fc
    .tuple(
      tensors(mostly<Shape, Shape>(shapeOf(1, 1), anyShape), dtypes.float),
      tensors(mostly<Shape, Shape>(some<Shape>([3], [1], [5], ["k"]), anyShape), dtypes.float),
      optionsOf({ mode: values(maybe(some("valid", "same", "full"))) }),
    )
    .map((given) => call("correlate", given)),
  elasticTransform: calls(
    "elasticTransform",
    tensors(images(2), dtypes.float),
    fc.constant(code("randomKey(1)")),
    optionsOf({ alpha: values(maybe(some(1, 20))), sigma: values(maybe(some(0.5, 5))), ...moved }),
  ),
  ...named("rgbToGrayscale rgbToHsv hsvToRgb", (name) =>
    calls(
      name,
      tensors(
        mostly<Shape, Shape>(
          shapeOf(0, 4).map((shape) => [...shape, 3]),
          anyShape,
        ),
        dtypes.float,
      ),
    ),
  ),
  sobelEdges: calls("sobelEdges", tensors(images(2), dtypes.float)),
  ssim: fc
    .tuple(images(2), fewEdits, dtypes.float, dtypes.float, optionsOf({ filterSize: values(maybe(some(1, 3, 5))) }))
    .map(([shape, how, d, e, options]) => call("ssim", [tensor(shape, d), tensor(edit(shape, how), e), options])),
  psnr: fc
    .tuple(anyShape, fewEdits, dtypes.float, dtypes.float)
    .map(([shape, how, d, e]) => call("psnr", [tensor(shape, d), tensor(edit(shape, how), e), code("255")])),
  gaussianBlur: calls(
    "gaussianBlur",
    tensors(images(2), dtypes.float),
    optionsOf({
      kernelSize: values(maybe(some<unknown>(3, 5, [3, 5], 0, [3, 0], 2.5, [1.5, 2]))),
      sigma: values(maybe(some<unknown>(1, 0.5, [1, 1e-3], 0, [-1, 1], [2, 0]))),
    }),
  ),
  affineTransform: fc
    .tuple(images(2), some<Shape>([8], [8], [7], [2, 8]), fc.boolean(), dtypes.float, dtypes.float)
    .map(([shape, one, each, d, e]) =>
      call("affineTransform", [tensor(shape, d), tensor(each ? [...shape.slice(0, 1), ...one] : one, e)]),
    ),
  scaleAndTranslate: fc
    .tuple(
      images(2),
      some<Dim>(4, 7, "h"),
      some<Shape>([2], [2], [3]),
      some<Shape>([2], [2], []),
      fc.boolean(),
      dtypes.float,
    )
    .map(([shape, height, scale, translation, each, d]) =>
      call("scaleAndTranslate", [
        tensor(shape, d),
        value([height, 6]),
        tensor(each ? [...shape.slice(0, 1), ...scale] : scale),
        tensor(translation),
      ]),
    ),
  perspectiveTransform: fc
    .tuple(images(2), some<Shape>([4, 2], [4, 2], [2], [2, 4, 2]), fc.boolean(), fewEdits, dtypes.float, dtypes.float)
    .map(([shape, one, each, how, d, e]) => {
      const points = each ? [...shape.slice(0, 1), ...one] : one;
      return call("perspectiveTransform", [tensor(shape, d), tensor(points, e), tensor(edit(points, how), e)]);
    }),
  mapCoordinates: fc
    .tuple(shapeOf(1, 5), shapeOf(0, 2), some(0, 0, 0, 1, -1), dtypes.float, dtypes.float, some(0, 1))
    .map(([shape, more, off, d, e, order]) =>
      call("mapCoordinates", [
        tensor(shape, d),
        tensor([Math.max(1, shape.length + off), ...more], e),
        code(`${order}`),
      ]),
    ),
};

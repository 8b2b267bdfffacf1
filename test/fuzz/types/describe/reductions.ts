import fc from "fast-check";
import {
  anyShape,
  axes,
  axis,
  broadcastEdits,
  call,
  calls,
  code,
  type Described,
  dtypes,
  edit,
  fewEdits,
  flag,
  maybe,
  mostly,
  named,
  options,
  optionsOf,
  perhaps,
  plainDim,
  ranged,
  type Shape,
  shapeOf,
  some,
  tensor,
  tensors,
  value,
  values,
} from "../arguments.js";

type DTypes = (typeof dtypes)[keyof typeof dtypes];

const reduction = (dtype: DTypes) => (name: string) =>
  calls(name, tensors(anyShape, dtype), optionsOf({ axis: perhaps(axes), keepDims: values(maybe(flag)) }));

const alongAxis = (dtype: DTypes) => (name: string) => calls(name, tensors(anyShape, dtype), values(maybe(axis)));

const k = some(1, 2, 3, 4, 7);

/** What takes logits and labels: one for each row, or a number for each class. */
const crossEntropy = (classes: boolean) => (name: string) =>
  fc.tuple(anyShape, fewEdits, dtypes.float, classes ? dtypes.float : dtypes.integer).map(([shape, how, d, e]) => {
    const labels = edit(classes ? shape : shape.slice(0, -1), how);
    return call(name, [tensor(shape, d), tensor(labels, e)]);
  });

export const reductions: Described = {
  ...named(
    "mean logSumExp median norm std variance ptp nanMax nanMean nanMedian nanMin nanProd nanStd nanSum nanVariance",
    reduction(dtypes.float),
  ),
  ...named("quantile percentile nanQuantile nanPercentile", (name) =>
    calls(
      name,
      tensors(anyShape, dtypes.float),
      ranged(some(0.5, 1, 0)),
      optionsOf({ axis: perhaps(axes), keepDims: values(maybe(flag)) }),
    ),
  ),
  average: fc
    .tuple(anyShape, broadcastEdits, dtypes.float, dtypes.float, perhaps(axes), fc.boolean())
    .map(([shape, how, d, e, axis, weighs]) =>
      call("average", [tensor(shape, d), options({ axis, ...(weighs && { weights: tensor(edit(shape, how), e) }) })]),
    ),
  ...named("cov corrcoef", (name) => calls(name, tensors(anyShape, dtypes.float))),
  cross: fc
    .tuple(
      mostly<Shape, Shape>(
        shapeOf(0, 4).map((shape) => [...shape, 3]),
        anyShape,
      ),
      broadcastEdits,
      dtypes.float,
      dtypes.float,
    )
    .map(([shape, how, d, e]) => call("cross", [tensor(shape, d), tensor(edit(shape, how), e)])),
  ...named("sum max min prod", reduction(dtypes.number)),
  ...named("all any", reduction(dtypes.bool)),
  ...named("countNonzero", reduction(dtypes.any)),
  ...named("argMax argMin argsort sort", alongAxis(dtypes.number)),
  ...named("glu sparsemax softmax logSoftmax", alongAxis(dtypes.float)),
  ...named("cumsum cumprod", (name) =>
    calls(
      name,
      tensors(anyShape, dtypes.number),
      values(axis),
      optionsOf({ exclusive: values(maybe(flag)), reverse: values(maybe(flag)) }),
    ),
  ),
  normalize: calls("normalize", tensors(anyShape, dtypes.float), optionsOf({ axis: perhaps(axes) })),
  topK: fc
    .tuple(tensors(anyShape, dtypes.number), k, some("values", "indices", undefined))
    .map(([x, k, field]) => (scope) => {
      const text = call("topK", [x, value(k)])(scope);
      return field === undefined ? text : `${text}.${field}`;
    }),
  inTopK: fc
    .tuple(shapeOf(1, 4), fewEdits, dtypes.integer, dtypes.float, k)
    .map(([shape, how, d, e, k]) =>
      call("inTopK", [tensor(edit(shape.slice(0, -1), how), d), tensor(shape, e), value(k)]),
    ),
  ...named("segmentMax segmentMin segmentProd segmentSum", (name) =>
    fc
      .tuple(anyShape, fewEdits, dtypes.number, dtypes.integer, k)
      .map(([shape, how, d, e, k]) =>
        call(name, [tensor(shape, d), tensor(edit(shape.slice(0, 1), how), e), value(k)]),
      ),
  ),
  ...named("softmaxCrossEntropyWithLogits", crossEntropy(true)),
  ...named("sparseSoftmaxCrossEntropyWithLogits", crossEntropy(false)),
  addLoss: calls(
    "addLoss",
    tensors(anyShape),
    tensors(fc.oneof({ weight: 5, arbitrary: fc.constant([]) }, anyShape), dtypes.float),
  ),
  bincount: calls("bincount", tensors(shapeOf(0, 4), dtypes.integer), values(k)),
  ...named("digitize isIn searchSorted", (name) =>
    fc
      .tuple(
        anyShape,
        mostly<Shape, Shape>(shapeOf(1), anyShape, 5),
        dtypes.number,
        mostly(fc.constant(undefined), dtypes.any, 8),
      )
      .map(([shape, bins, dtype, other]) => {
        const [x, sorted] = [tensor(shape, dtype), tensor(bins, other ?? dtype)];
        return call(name, name === "searchSorted" ? [sorted, x] : [x, sorted]);
      }),
  ),
  histogram: tensors(anyShape, dtypes.float).map((x) => (scope) => `histogram(${x(scope)}, 4).counts`),
  ...named("randomUniform randomNormal randomTruncatedNormal randomBernoulli", (name) =>
    calls(name, fc.constant(code("randomKey(1)")), values(fc.array(plainDim, { maxLength: 6, size: "max" }))),
  ),
  randomCategorical: calls("randomCategorical", fc.constant(code("randomKey(1)")), tensors(anyShape, dtypes.float)),
  randomShuffle: calls("randomShuffle", fc.constant(code("randomKey(1)")), tensors(anyShape), values(maybe(axis))),
  randomKey: calls("randomKey", values(some(1, 7))),
  foldIn: calls("foldIn", fc.constant(code("randomKey(1)")), values(some(1, 7))),
};

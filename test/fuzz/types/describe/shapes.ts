import fc from "fast-check";
import type { Dim } from "../../../../src/types/dim.js";
import { productOf } from "../../../../src/types/product.js";
import {
  alike,
  anyShape,
  axes,
  axis,
  call,
  calls,
  code,
  type Described,
  type Drawn,
  dim,
  dtypes,
  edit,
  fewEdits,
  flag,
  form,
  layers,
  listOf,
  maybe,
  mostly,
  named,
  nothing,
  options,
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
import type { Argument } from "../program.js";

/** A shape with as many elements, or nearly: axes merged or split, now and then one left open. */
const reshaped: Drawn<readonly [Shape, Shape]> = fc
  .tuple(anyShape, fc.nat(5), some("merge", "split", "insert", "open", "other"), anyShape)
  .map(([shape, at, how, other]) => {
    const to = [...shape];
    const place = Math.min(at, Math.max(0, to.length - 1));
    if (how === "other") return [shape, other];
    if (how === "insert") to.splice(place, 0, 1);
    if (how === "split" && typeof to[place] === "number" && to[place] % 2 === 0) to.splice(place, 1, 2, to[place] / 2);
    if (how === "merge") to.splice(place, 2, productOf(to.slice(place, place + 2)));
    if (how === "open") to[place] = -1;
    return [shape, to];
  });

/** Several tensors that differ along few axes. */
const parts: Drawn<Argument> = fc
  .tuple(anyShape, fc.array(fewEdits, { maxLength: 3 }), dtypes.any, mostly(fc.constant(undefined), dtypes.any, 12))
  .map(([shape, edits, dtype, other]) =>
    listOf([tensor(shape, dtype), ...edits.map((how) => tensor(edit(shape, how), other ?? dtype))]),
  );

/** As many values as the shape has axes, or nearly. */
const perAxis = <T>(shape: Shape, drawn: readonly T[], longer: number): T[] => drawn.slice(0, shape.length + longer);
const longer = mostly(fc.constant(0), some(1, -1), 10);
const six = <T>(drawn: Drawn<T>) => fc.array(drawn, { minLength: 8, maxLength: 8 });

const permutations = fc
  .tuple(anyShape, six(fc.nat(1000)), mostly(fc.constant(undefined), axis, 6))
  .map(([shape, keys, wrong]) => {
    const order = [...shape.keys()].sort((a, b) => keys[a]! - keys[b]!);
    return [shape, wrong === undefined || order.length === 0 ? order : [wrong, ...order.slice(1)]] as const;
  });

const sized = <T>(name: string, drawn: Drawn<T>, dtype = dtypes.any): Drawn<Argument> =>
  fc
    .tuple(anyShape, dtype, six(drawn), longer)
    .map(([shape, dtype, all, longer]) => call(name, [tensor(shape, dtype), value(perAxis(shape, all, longer))]));

const slicePart = some(":", "1:", ":2", "-1", "0", "::2", "1:-1", "...", "new", ":, :", "::-1", "5", "2:1", "-3:");

/** Patterns for shapes of so many axes, with sizes that they may need. */
const patterns: Drawn<readonly [rank: number, pattern: string, sizes: Readonly<Record<string, Dim>>]> = some<
  readonly [number, string, Readonly<Record<string, Dim>>]
>(
  [1, "a -> a", {}],
  [2, "a b -> b a", {}],
  [2, "a b -> (a b)", {}],
  [3, "a b c -> a (b c)", {}],
  [2, "a (b c) -> a b c", { b: 2 }],
  [2, "(a b) c -> a (c b)", { b: 3 }],
  [4, "n h w c -> n c h w", {}],
  [4, "n (h 2) (w 2) c -> n h w (2 2 c)", {}],
  [3, "... a -> a ...", {}],
  [3, "a ... -> ... a 1", {}],
  [2, "a 1 -> a", {}],
  [4, "a ... b -> a (... b)", {}],
  [2, "a b -> a c", {}],
  [2, "a b -> a", {}],
  [2, "a a -> a", {}],
  [2, "(a b c) -> a b c", { a: 2 }],
  [3, "b t (h d) -> b h t d", { h: 2 }],
);

const reducePatterns = some<readonly [number, string, Readonly<Record<string, Dim>>]>(
  [2, "a b -> a", {}],
  [2, "a b ->", {}],
  [3, "a b c -> a c", {}],
  [4, "n (h p) (w q) c -> n h w c", { p: 2, q: 2 }],
  [3, "... a -> ...", {}],
  [2, "a b -> a 1", {}],
  [2, "a b -> c", {}],
);

const patterned = (name: string, drawn: typeof patterns, by: Drawn<Argument | undefined>): Drawn<Argument> =>
  fc.tuple(drawn, anyShape, longer, by, dtypes.number).chain(([[rank, pattern, sizes], other, longer, by, dtype]) =>
    fc.tuple(shapeOf(Math.max(0, rank + longer)), some("own", "own", "own", "other", "none")).map(([shape, which]) => {
      const x = tensor(which === "other" ? other : shape, dtype);
      const given = Object.entries(sizes).map(([name, size]) => [name, value(size)] as const);
      const written = options(which === "none" ? {} : Object.fromEntries(given));
      return call(name, [x, value(pattern), ...(by ? [by] : []), written]);
    }),
  );

/** A shape that another broadcasts to. */
const broadcast: Drawn<readonly [Shape, Shape]> = fc
  .tuple(anyShape, fewEdits, six(fc.nat(3)), fc.array(dim, { maxLength: 2 }))
  .map(([shape, how, ones, more]) => [
    edit(shape, how).map((size, i) => (ones[i] === 0 ? 1 : size)),
    [...more, ...shape].slice(0, 6),
  ]);

export const shapes: Described = {
  reshape: fc
    .tuple(reshaped, dtypes.any, form)
    .map(([[from, to], dtype, form]) => form("reshape", tensor(from, dtype), [value(to)])),
  transpose: fc.oneof(
    permutations.map(([shape, order]) => call("transpose", [tensor(shape), value(order)])),
    calls("transpose", tensors(anyShape)),
  ),
  ...named("expandDims", (name) => calls(name, tensors(anyShape), values(axis))),
  ...named("squeeze flip", (name) =>
    calls(
      name,
      tensors(fc.array(mostly<Dim, Dim>(fc.constant(1), dim, 1), { maxLength: 6, size: "max" })),
      perhaps(axes),
    ),
  ),
  ...named("swapAxes moveAxis", (name) => calls(name, tensors(anyShape), values(axis), values(axis))),
  ...named("broadcastTo", (name) =>
    broadcast.chain(([from, to]) => dtypes.any.map((dtype) => call(name, [tensor(from, dtype), value(to)]))),
  ),
  ensureShape: alike(anyShape).map(([from, to]) => call("ensureShape", [tensor(from), value(to)])),
  concat: calls("concat", parts, values(axis)),
  stack: calls("stack", parts, values(maybe(axis))),
  unstack: calls("unstack", tensors(anyShape), values(maybe(axis))),
  split: calls(
    "split",
    tensors(anyShape),
    values(fc.oneof(some(2, 1, 3, 4), fc.array(some(1, 2, 3), { maxLength: 3 }))),
    values(axis),
  ),
  slice: fc
    .tuple(
      anyShape,
      six(some(0, 0, 0, 1, 2)),
      six(some<Dim | undefined>(undefined, undefined, 1, 2, 3, "n", -1)),
      longer,
    )
    .map(([shape, begin, size, longer]) => {
      const sizes = shape.map((all, i) => size[i] ?? (begin[i] === 0 ? all : 1));
      return call("slice", [tensor(shape), value(perAxis(shape, begin, longer)), value(sizes)]);
    }),
  at: calls(
    "at",
    tensors(anyShape),
    values(fc.array(slicePart, { minLength: 1, maxLength: 4 }).map((all) => all.join(", "))),
  ),
  pad: fc
    .tuple(
      anyShape,
      dtypes.number,
      six(fc.tuple(some<Dim>(0, 1, 2, "n"), some<Dim>(0, 1, 3))),
      longer,
      some<unknown>(undefined, 0, 1, "reflect", "symmetric"),
    )
    .map(([shape, dtype, all, longer, mode]) =>
      call("pad", [tensor(shape, dtype), value(perAxis(shape, all, longer)), value(mode)]),
    ),
  tile: sized("tile", some<Dim>(1, 2, 3, "n")),
  repeat: calls("repeat", tensors(anyShape), values(some<Dim>(2, 1, 3, "n")), values(axis)),
  roll: calls("roll", tensors(anyShape), values(some(1, -1, 5)), values(axis)),
  ...named("tril triu", (name) => calls(name, tensors(anyShape), values(maybe(some(0, 1, -1))))),
  gather: fc
    .tuple(alike(anyShape), shapeOf(0, 2), dtypes.any, dtypes.integer, maybe(axis), maybe(some(0, 1, 2)))
    .map(([[shape, batched], more, d, e, axis, batchDims]) => {
      const indices = [...batched.slice(0, Math.max(0, batchDims ?? 0)), ...more];
      const given = options({ batchDims: value(batchDims) });
      return call("gather", [tensor(shape, d), tensor(indices, e), value(axis), given]);
    }),
  gatherNd: fc
    .tuple(anyShape, shapeOf(0, 2), some(1, 2, 0, 3), dtypes.any, dtypes.integer)
    .map(([shape, more, depth, d, e]) =>
      call("gatherNd", [tensor(shape, d), tensor([...more, Math.max(1, depth)], e)]),
    ),
  scatterUpdate: fc
    .tuple(shapeOf(1, 4), plainDim, some(1, 2, 3), fewEdits, dtypes.number, dtypes.integer)
    .map(([shape, places, depth, how, d, e]) =>
      call("scatterUpdate", [
        tensor(shape, d),
        tensor([places, depth], e),
        tensor(edit([places, ...shape.slice(depth)], how), d),
      ]),
    ),
  scatter: fc
    .tuple(
      fc.array(plainDim, { minLength: 1, maxLength: 4 }),
      plainDim,
      some(1, 2, 3),
      fewEdits,
      dtypes.number,
      dtypes.integer,
    )
    .map(([shape, places, depth, how, d, e]) =>
      call("scatter", [
        tensor([places, depth], e),
        tensor(edit([places, ...shape.slice(depth)], how), d),
        value(shape),
      ]),
    ),
  takeAlongAxis: fc
    .tuple(anyShape, fewEdits, dtypes.any, dtypes.integer, maybe(axis))
    .map(([shape, how, d, e, axis]) =>
      call("takeAlongAxis", [tensor(shape, d), tensor(edit(shape, how), e), value(axis)]),
    ),
  oneHot: calls("oneHot", tensors(shapeOf(0, 5), dtypes.integer), values(some(3, 1, 10))),
  sequenceMask: calls("sequenceMask", tensors(shapeOf(0, 4), dtypes.integer), values(dim)),
  tri: fc.oneof(
    calls("tri", values(dim), values(maybe(dim))),
    calls("tri", values(dim), values(dim), values(some(0, 1, -2))),
  ),
  diff: calls(
    "diff",
    tensors(anyShape, dtypes.number),
    maybe(axis).map((axis) => options({ axis: value(axis) })),
  ),
  vander: calls(
    "vander",
    tensors(mostly<Shape, Shape>(shapeOf(1), anyShape, 9), dtypes.number),
    fc
      .tuple(maybe(plainDim), maybe(flag))
      .map(([N, increasing]) => options({ N: value(N), increasing: value(increasing) })),
  ),
  unravelIndex: calls("unravelIndex", tensors(anyShape, dtypes.integer), values(fc.array(plainDim, { maxLength: 3 }))),
  eye: calls("eye", values(dim), values(maybe(dim))),
  arange: calls("arange", values(dim)),
  linspace: calls("linspace", values(some(0, -1)), values(some(1, 2)), values(some(2, 1, 10))),
  input: calls("input", values(fc.array(plainDim, { maxLength: 6, size: "max" })), values(maybe(dtypes.any))),
  constant: calls(
    "constant",
    values(
      fc.oneof(
        some<unknown>(
          1,
          2.5,
          [1, 2],
          [
            [1, 2],
            [3, 4],
          ],
          [[1], [2]],
          true,
          [true, false],
        ),
      ),
    ),
    fc.constant(nothing),
  ),
  rearrange: patterned("rearrange", patterns, fc.constant(undefined)),
  reduce: patterned(
    "reduce",
    reducePatterns,
    some("sum", "mean", "max", "min").map((by): Argument => value(by)),
  ),
  ...named("depthToSpace spaceToDepth", (name) =>
    calls(name, tensors(mostly<Shape, Shape>(shapeOf(4), anyShape, 6)), values(some(2, 1, 3))),
  ),
  diag: calls(
    "diag",
    tensors(mostly<Shape, Shape>(shapeOf(1), anyShape, 4), dtypes.number),
    values(maybe(some(0, 1, -2))),
  ),
  diagonal: calls("diagonal", tensors(anyShape), values(maybe(some(0, 1, -1)))),
  trace: calls("trace", tensors(anyShape, dtypes.number), values(maybe(some(0, 1)))),
  meshgrid: calls(
    "meshgrid",
    fc.array(tensors(mostly<Shape, Shape>(shapeOf(1), anyShape, 9)), { minLength: 1, maxLength: 3 }).map(listOf),
    maybe(some("xy", "ij")).map((indexing) => options({ indexing: value(indexing) })),
  ),
  multiHot: calls("multiHot", tensors(shapeOf(0, 4), dtypes.integer), values(some(3, 1, 10))),
  ...named("onesLike zerosLike", (name) => calls(name, tensors(anyShape))),
  fullLike: calls("fullLike", tensors(anyShape, dtypes.number), values(some(1, 0))),
  ...named("geomspace logspace", (name) => calls(name, ranged(some(1, 2)), ranged(some(8, 3)), values(some(2, 4, 10)))),
  trapezoid: calls(
    "trapezoid",
    tensors(shapeOf(1, 6), dtypes.float),
    maybe(axis).map((axis) => options({ axis: value(axis) })),
  ),
  ...named("bartlett blackman hamming hann", (name) => calls(name, values(some(4, 1, 10)))),
  kaiser: calls("kaiser", values(some(4, 1, 10)), ranged(some(8.5))),
  variable: calls(
    "variable",
    fc.constant(code('"w"')),
    values(fc.array(some(2, 3, 1), { maxLength: 4 })),
    fc.constant(code("zeros()")),
  ),
  flatten: layers("flatten", tensors(anyShape)),
};

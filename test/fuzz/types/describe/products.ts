import fc from "fast-check";
import type { Dim } from "../../../../src/types/dim.js";
import {
  alike,
  anyShape,
  broadcastEdits,
  call,
  calls,
  type Described,
  type Drawn,
  dim,
  dtypes,
  edit,
  fewEdits,
  flag,
  listOf,
  maybe,
  mostly,
  named,
  nothing,
  options,
  optionsOf,
  type Shape,
  shapeOf,
  some,
  tensor,
  tensors,
  value,
  values,
} from "../arguments.js";
import type { Argument } from "../program.js";

/** Two shapes that share a size, the first's last one, at a place of the second; now and then another. */
const sharing = (placed: (rest: Shape, shared: Dim) => Shape): Drawn<readonly [Shape, Shape]> =>
  fc
    .tuple(
      shapeOf(0, 3),
      shapeOf(0, 2),
      dim,
      mostly(fc.constant(undefined), dim, 6),
      mostly(fc.constant(false), fc.constant(true), 15),
    )
    .map(([first, rest, shared, other, isScalar]) => [
      isScalar ? [] : [...first, shared],
      placed(rest, other ?? shared),
    ]);

const two = (name: string, shapes: Drawn<readonly [Shape, Shape]>): Drawn<ReturnType<typeof call>> =>
  fc.tuple(shapes, dtypes.float, dtypes.float).map(([[a, b], d, e]) => call(name, [tensor(a, d), tensor(b, e)]));

/** Equations with the ranks of their operands. */
const equations = some<readonly [equation: string, ...letters: string[]]>(
  ["ij,jk->ik", "ij", "jk"],
  ["ij->ji", "ij"],
  ["ii->i", "ii"],
  ["i,i->", "i", "i"],
  ["i,j->ij", "i", "j"],
  ["bij,bjk->bik", "bij", "bjk"],
  ["bhqd,bhkd->bhqk", "bhqd", "bhkd"],
  ["...ij,...jk->...ik", "bij", "bjk"],
  ["batch query, batch key -> batch query key", "ij", "ik"],
  ["ij,jk", "ij", "jk"],
  ["ij->", "ij"],
  ["ij->ik", "ij"],
  ["ijk,kl,l->ij", "ijk", "kl", "l"],
);

const einsum = equations.chain(([equation, ...operands]) => {
  const letters = [...new Set(operands.join(""))];
  const sizes = fc.array(dim, { minLength: letters.length, maxLength: letters.length });
  const edits = fc.array(fewEdits, { minLength: operands.length, maxLength: operands.length });
  const types = fc.array(dtypes.float, { minLength: operands.length, maxLength: operands.length });
  return fc.tuple(sizes, edits, types).map(([sizes, edits, types]) =>
    call("einsum", [
      value(equation),
      ...operands.map((operand, i) =>
        tensor(
          edit(
            [...operand].map((letter) => sizes[letters.indexOf(letter)]!),
            edits[i]!,
          ),
          types[i]!,
        ),
      ),
    ]),
  );
});

/** Real and imaginary parts, as Keras has complex numbers. */
const complex = (name: string, x: Drawn<Shape>, length: Drawn<Argument>) =>
  fc
    .tuple(alike(x), dtypes.float, dtypes.float, length)
    .map(([[real, imaginary], d, e, length]) => call(name, [listOf([tensor(real, d), tensor(imaginary, e)]), length]));

/** A query, key and value; now and then with a mask. */
const attention = fc
  .tuple(
    shapeOf(0, 2),
    dim,
    dim,
    // A scale comes of the depth, which is a number therefore: of a name the types know no better than that it may be given.
    some(4, 2, 1),
    dim,
    fc.array(fewEdits, { minLength: 4, maxLength: 4 }),
    some("none", "none", "mask", "causal", "bias"),
    dtypes.bool,
    dtypes.float,
  )
  .map(([batch, steps, others, depth, width, edits, mask, masked, dtype]) => {
    const shapes = [
      [...batch, steps, depth],
      [...batch, others, depth],
      [...batch, others, width],
    ];
    const [query, key, values] = shapes.map((shape, i) => tensor(edit(shape, edits[i]!), dtype));
    const given = options({
      ...(mask === "mask" && { mask: tensor(edit([steps, others], edits[3]!), masked) }),
      ...(mask === "bias" && { bias: tensor(edit([...batch, steps, others], edits[3]!), dtype) }),
      ...(mask === "causal" && { isCausal: value(true) }),
    });
    return call("scaledDotProductAttention", [query!, key!, values!, given]);
  });

/** Square matrices, or now and then others. */
const square: Drawn<Shape> = mostly<Shape, Shape>(
  fc.tuple(shapeOf(0, 3), dim).map(([batch, size]) => [...batch, size, size]),
  anyShape,
  4,
);

/** Matrices, whose sides are numbers where they are taken apart. */
const matrices: Drawn<Shape> = mostly<Shape, Shape>(
  fc.tuple(shapeOf(0, 2), some(2, 3, 5), some(3, 2, 1)).map(([batch, rows, columns]) => [...batch, rows, columns]),
  anyShape,
  4,
);

export const products: Described = {
  dot: two(
    "dot",
    sharing((rest, shared) => [shared, ...rest]),
  ),
  inner: two(
    "inner",
    sharing((rest, shared) => [...rest, shared]),
  ),
  outer: two("outer", fc.tuple(mostly(shapeOf(1), anyShape, 6), mostly(shapeOf(1), anyShape, 6))),
  vdot: two("vdot", alike(anyShape)),
  matmul: fc
    .tuple(shapeOf(0, 3), broadcastEdits, dim, dim, dim, fewEdits, maybe(flag), maybe(flag), dtypes.float, dtypes.float)
    .map(([batch, how, m, k, n, last, transposeA, transposeB, d, e]) => {
      const a = [...batch, ...(transposeA ? [k, m] : [m, k])];
      const b = [...edit(batch, how), ...edit(transposeB ? [n, k] : [k, n], last)];
      const given = options({ transposeA: value(transposeA), transposeB: value(transposeB) });
      return call("matmul", [tensor(a, d), tensor(b, e), given]);
    }),
  tensordot: fc
    .tuple(
      alike(anyShape),
      sharing((rest, shared) => [shared, ...rest]),
      fc.oneof(
        maybe(some(1, 0, 2, 3)),
        some(
          [[0], [0]],
          [[-1], [0]],
          [
            [1, 0],
            [0, 1],
          ],
          [[0], [0, 1]],
          [[5], [0]],
        ),
      ),
      fc.boolean(),
      dtypes.float,
    )
    .map(([[a, b], [c, d], axes, isShared, dtype]) =>
      call("tensordot", [tensor(isShared ? c : a, dtype), tensor(isShared ? d : b, dtype), value(axes)]),
    ),
  einsum,
  scaledDotProductAttention: attention,
  ...named("fft ifft fft2 ifft2", (name) => complex(name, shapeOf(0, 4), fc.constant(nothing))),
  irfft: complex(
    "irfft",
    fc.tuple(shapeOf(0, 3), some<Dim>(3, "n", 4)).map(([batch, last]) => [...batch, last]),
    values(maybe(some<Dim>(4, 8, 5, "m"))),
  ),
  ...named("cholesky choleskyInverse det eigh inverse logDet slogdet", (name) =>
    calls(name, tensors(square, dtypes.float)),
  ),
  matrixRank: calls("matrixRank", tensors(matrices, dtypes.float)),
  pinv: calls(
    "pinv",
    tensors(matrices, dtypes.float),
    optionsOf({ rcond: values(maybe(some(0.1, 0, 1, -0.5, 1e-7))) }),
  ),
  kron: fc
    .tuple(anyShape, anyShape, dtypes.number, dtypes.number, fc.boolean())
    .map(([a, b, d, e, same]) => call("kron", [tensor(a, d), tensor(b, same ? d : e)])),
  ...named("qr svd", (name) => calls(name, tensors(matrices, dtypes.float))),
  ...named("solve triangularSolve lstsq", (name) =>
    fc
      .tuple(square, fewEdits, some<Dim>(2, "n"), fc.boolean(), dtypes.float)
      .map(([shape, how, sides, several, dtype]) => {
        const b = several ? [...shape.slice(0, -1), sides] : shape.slice(0, -1);
        return call(name, [tensor(shape, dtype), tensor(edit(b, how), dtype)]);
      }),
  ),
  stft: calls(
    "stft",
    tensors(shapeOf(1, 3), dtypes.float),
    values(some(4, 8)),
    values(some(2, 1, 4)),
    values(some(8, 16)),
  ),
  istft: fc
    .tuple(alike(shapeOf(0, 2)), dtypes.float, some<Dim>(6, "n"), some(5, 3))
    .map(([[real, imaginary], dtype, frames, frequencies]) =>
      call("istft", [
        listOf([real, imaginary].map((batch) => tensor([...batch, frames, frequencies], dtype))),
        value(4),
        value(2),
        value(8),
      ]),
    ),
  rfft: calls("rfft", tensors(anyShape, dtypes.float), values(maybe(some<Dim>(4, 8, 5, "m")))),
};

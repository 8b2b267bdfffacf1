import {
  type Dim,
  einsum,
  einsumDense,
  inner,
  input,
  outer,
  type Shape,
  sequential,
  softmax,
  type Tensor,
  tensordot,
  vdot,
} from "shapewright";
import { expectType } from "tsd";

// Einstein's sums, whose equation the types read.

const a = input(["batch", 10, 64]);
const b = input(["batch", 64, 32]);
const q = input(["batch", 8, "query", 64]);
const k = input(["batch", 8, "key", 64]);

expectType<Tensor<["batch", 10, 32]>>(einsum("bij,bjk->bik", a, b));
expectType<Tensor<["batch", 10, 32]>>(einsum(" b i j, bjk -> b i k ", a, b));
expectType<Tensor<[]>>(einsum("bij,bij->", a, a));
expectType<Tensor<[64, "batch", 10]>>(einsum("bij->jbi", a));
expectType<Tensor<["batch"]>>(einsum("bii->b", input(["batch", 8, 8])));
expectType<Tensor<["batch", 8, "query", "key"]>>(einsum("bhqd,bhkd->bhqk", q, k));
expectType<Tensor<["batch", 8, "query", "key"]>>(einsum("...qd,...kd->...qk", q, k));
expectType<Tensor<["batch", 10, 5]>>(einsum("...j,jK->...K", a, input([64, 5])));
expectType<Tensor<["batch", 2, 3, 5]>>(
  einsum("bi,bj,bk->bijk", input(["batch", 2]), input(["batch", 3]), input(["batch", 5])),
);
expectType<Tensor<[2, 3, "batch", 7, 5]>>(
  einsum("i...j,j...k->...ik", input([7, 1, 3, "batch", 4]), input([4, 2, 3, 1, 5])),
);
declare const joined: Tensor<["m+n", "k"]>;
expectType<Tensor<["m+n", 3]>>(einsum("ij,jk->ik", joined, input(["k", 3])));
expectType<Tensor<["f", 5, 4, 3, 2, 1]>>(einsum("abcdef->fedcba", input([1, 2, 3, 4, 5, "f"])));
expectType<Tensor<[]>>(einsum(",->", input([]), input([])));

// What the compiler does not know

declare const n: number;
declare const anything: Tensor<any>;
declare const equation: string;
declare const either: "ij->i" | "ij->j";
declare const rows: Tensor<["batch", 10, number]>;
expectType<Tensor<["batch", 10, number]>>(einsum("bij,bjk->bik", a, anything));
expectType<Tensor<["batch", 10, 32]>>(einsum("bij,bjk->bik", input(["batch", 10, n]), b));
expectType<Tensor<["batch", 10, 32]>>(einsum("bij,bjk->bik", rows, b));
expectType<Tensor<any>>(einsum("...j,jk->...k", anything, input([64, 5])));
expectType<Tensor<any>>(einsum(equation, a, b));
expectType<Tensor<any>>(einsum(either, input([2, 3])));

/** Attention of one's own. */
function attention<B extends Dim, H extends Dim, Q extends Dim, K extends Dim, D extends Dim, V extends Dim>(
  query: Tensor<[B, H, Q, D]>,
  key: Tensor<[B, H, K, D]>,
  value: Tensor<[B, H, K, V]>,
): Tensor<[B, H, Q, V]> {
  const scores = einsum("bhqd,bhkd->bhqk", query, key);
  expectType<Tensor<[B, H, Q, K]>>(scores);
  return einsum("bhqk,bhkv->bhqv", softmax(scores), value);
}
expectType<Tensor<["batch", 8, "query", 32]>>(attention(q, k, input(["batch", 8, "key", 32])));

/** A product of matrices, for any axes before. */
function batched<const B extends Shape, I extends Dim, J extends Dim, K extends Dim>(
  x: Tensor<[...B, I, J]>,
  y: Tensor<[...B, J, K]>,
): Tensor<[...B, I, K]> {
  const z = einsum("...ij,...jk->...ik", x, y);
  expectType<Tensor<[...B, I, K]>>(z);
  return z;
}
expectType<Tensor<["batch", 10, 32]>>(batched(a, b));

/** A projection, and the diagonal's sum of its square. */
function project<const B extends Shape, J extends Dim, K extends Dim>(
  x: Tensor<[...B, J]>,
  w: Tensor<[J, K]>,
): [Tensor<[...B, K]>, Tensor<[]>] {
  return [einsum("...j,jk->...k", x, w), einsum("ij,ij->", w, w)];
}
expectType<[Tensor<["batch", 10, 7]>, Tensor<[]>]>(project(a, input([64, 7])));

// Other products

const weights = input([3, 4, 5]);
expectType<Tensor<["rows", 3]>>(outer(input(["rows"]), input([3])));
expectType<Tensor<[number, 3]>>(outer(anything, input([3])));
expectType<Tensor<["batch", "words"]>>(inner(input(["batch", 64]), input(["words", 64])));
expectType<Tensor<[]>>(inner(input(["n"]), input(["n"])));
expectType<Tensor<[]>>(vdot(weights, weights));
expectType<Tensor<["batch", 5]>>(tensordot(input(["batch", 3, 4]), weights));
expectType<Tensor<["batch", 4, 5]>>(tensordot(input(["batch", 3]), weights, 1));
expectType<Tensor<["batch", 3, 4, 5]>>(tensordot(input(["batch"]), weights, 0));
expectType<Tensor<["batch", 4, 3, 4]>>(tensordot(input(["batch", 5, 4]), weights, [[1], [-1]]));
expectType<Tensor<[5]>>(
  tensordot(input([4, 3]), weights, [
    [1, 0],
    [0, 1],
  ]),
);
expectType<Tensor<any>>(tensordot(anything, weights));
expectType<Tensor<any>>(tensordot(weights, weights, n));
expectType<Tensor<["batch", 4, 5]>>(tensordot(input(["batch", n]), weights, 1));

/** Products for any axes before. */
function similar<const B extends Shape, I extends Dim, J extends Dim, K extends Dim>(
  x: Tensor<[...B, I, J]>,
  y: Tensor<[I, J, K]>,
  z: Tensor<[J]>,
  w: Tensor<[K]>,
): [Tensor<[...B, K]>, Tensor<[...B, I]>, Tensor<[J, K]>, Tensor<[I, J]>, Tensor<[]>] {
  return [tensordot(x, y), inner(x, z), outer(z, w), tensordot(w, y, [[0], [2]]), vdot(x, x)];
}
expectType<[Tensor<["batch", 5]>, Tensor<["batch", 3]>, Tensor<[4, 5]>, Tensor<[3, 4]>, Tensor<[]>]>(
  similar(input(["batch", 3, 4]), weights, input([4]), input([5])),
);

const text = input(["batch", "time", 64]);
expectType<Tensor<["batch", "time", 8, 32]>>(
  einsumDense(text, { equation: "btc,chd->bthd", outputShape: [null, 8, 32], biasAxes: "hd" }),
);
expectType<Tensor<["batch", "time", 10]>>(einsumDense(text, { equation: "...x,xy->...y", outputShape: 10 }));
expectType<Tensor<["batch", 5, 64]>>(
  einsumDense(input(["batch", 10, 64]), { equation: "bt...,ts->bs...", outputShape: [5], biasAxes: "s" }),
);
expectType<Tensor<["batch", "time", 64]>>(
  sequential(
    text,
    einsumDense({ equation: "btc,chd->bthd", outputShape: [null, 8, 32], activation: softmax }),
    einsumDense({ equation: "bthd,hdc->btc", outputShape: [null, 64], biasAxes: "c" }),
  ),
);
expectType<Tensor<["batch", "time", number]>>(einsumDense(text, { equation: "btc,cd->btd", outputShape: [null, n] }));
expectType<Tensor<any>>(einsumDense(anything, { equation: "...c,cd->...d", outputShape: 4 }));

/** Heads of any sequence. */
function headsOf<B extends Dim, T extends Dim>(x: Tensor<[B, T, 64]>): Tensor<[B, T, 8, 32]> {
  return einsumDense(x, { equation: "btc,chd->bthd", outputShape: [null, 8, 32], biasAxes: "hd" });
}
expectType<Tensor<["batch", "time", 8, 32]>>(headsOf(text));

import {
  type Dim,
  type DType,
  dense,
  type Floor,
  input,
  type ProductOf,
  rearrange,
  reduce,
  type Shape,
  softmax,
  type Tensor,
  type Times,
  times,
} from "shapewright";
import { expectType } from "tsd";

// Axes taken apart, put into another order and together again, as patterns say.

declare const n: number;
declare const name: string;
const text = input(["batch", "time", 512]);
const image = input(["batch", 224, 224, 3]);
const heads = rearrange(text, "b t (h d) -> b h t d", { h: 8 });

expectType<Tensor<["batch", 8, "time", 64]>>(heads);
expectType<Tensor<["batch", "time", 512]>>(rearrange(heads, "b h t d -> b t (h d)"));
expectType<Tensor<["batch", 196, 768]>>(rearrange(image, "b (h p) (w q) c -> b (h w) (p q c)", { p: 16, q: 16 }));
expectType<Tensor<["batch", 3, 224, 224]>>(rearrange(image, "b h w c -> b c h w"));
expectType<Tensor<["batch", "time*512"]>>(rearrange(text, "b t c -> b (t c)"));
expectType<Tensor<["batch", "time", 512, 1]>>(rearrange(text, "... -> ... 1"));
expectType<Tensor<[512, "batch", "time"], "int32">>(
  rearrange(input(["batch", "time", 512], "int32"), "... channels -> channels ..."),
);
expectType<Tensor<[4, "batch", 3]>>(rearrange(input(["batch", 1, 3, 4]), "b 1 ... c -> c b ..."));
expectType<Tensor<[]>>(rearrange(input([1, 1]), "1 1 -> "));
expectType<Tensor<["batch", "time*512"]>>(rearrange(text, "b ... -> b (...)"));
expectType<Tensor<["batch*50176", 3]>>(rearrange(image, "... c -> (... 1) c"));
expectType<Tensor<["batch", 512, "time"]>>(rearrange(text, "b t c ... -> b (c ...) t"));
expectType<Tensor<[3, 2, 5, 4, 1, 6]>>(rearrange(input([1, 2, 3, 4, 5, 6]), "a b c d e f -> c b e d a f"));
expectType<Tensor<["batch", 3]>>(reduce(image, "b h w c -> b c", "mean"));
expectType<Tensor<["batch", 112, 112, 3]>>(reduce(image, "b (h y) (w x) c -> b h w c", "max", { y: 2, x: 2 }));
expectType<Tensor<["batch", "floor(height/2)", 4]>>(
  reduce(input(["batch", "height", 4]), "b (h y) c -> b h c", "max", { y: 2 }),
);
expectType<Tensor<["batch"], "int32">>(reduce(input(["batch", 3], "int32"), "b ... -> b", "sum"));

// What is not known widens
expectType<Tensor<["batch", number, "time", number]>>(rearrange(text, "b t (h d) -> b h t d", { h: n }));
expectType<Tensor<[number, "batch"]>>(rearrange(input(["batch", n]), "a b -> b a"));
expectType<Tensor<any>>(rearrange(input([] as Dim[]), "a b -> b a"));
expectType<Tensor<any>>(rearrange(text, name));

/** Heads and their depth are the type parameters, and the channels their product: nothing is divided. */
function attention<B extends Dim, T extends Dim, const H extends number, const D extends number>(
  x: Tensor<[B, T, 512]>,
  h: H,
  d: D,
) {
  const wide = dense(x, { units: times(h, d) });
  const q = rearrange(wide, "b t (h d) -> b h t d", { h, d });
  expectType<Tensor<[B, H, T, D]>>(q);
  const y = rearrange(softmax(q), "b h t d -> b t (h d)");
  expectType<Tensor<[B, T, Times<H, D>]>>(y);
  return y;
}
expectType<Tensor<["batch", "time", 256]>>(attention(text, 8, 32));

/** The same as people write it. */
function together<B extends Dim, T extends Dim, const H extends number, const D extends number>(
  x: Tensor<[B, T, H, D]>,
  [h, d]: [H, D],
): Tensor<[B, T, Times<H, D>]> {
  return dense(rearrange(x, "b t h d -> b t (h d)"), { units: times(h, d) });
}
expectType<Tensor<["batch", "time", 64]>>(together(input(["batch", "time", 4, 16]), [4, 16]));

/** All axes but the first in one. */
function flat<B extends Dim, T extends Dim, C extends Dim>(x: Tensor<[B, T, C]>): Tensor<[B, ProductOf<[T, C]>]> {
  return rearrange(x, "b ... -> b (...)");
}
expectType<Tensor<["batch", "time*512"]>>(flat(text));

/** Heads of any shape's last axis. */
function split<const B extends Shape, C extends number>(x: Tensor<[...B, C]>) {
  const y = rearrange(x, "... (h d) -> ... h d", { h: 8 });
  expectType<Tensor<[...B, 8, Floor<C, 8>]>>(y);
  return y;
}
expectType<Tensor<["batch", "time", 8, 64]>>(split(text));

function channelsFirst<B extends Dim, H extends Dim, W extends Dim, C extends Dim, D extends DType>(
  x: Tensor<[B, H, W, C], D>,
): Tensor<[B, C, H, W], D> {
  return rearrange(x, "b h w c -> b c h w");
}
expectType<Tensor<["batch", 3, 224, 224]>>(channelsFirst(image));

/** Patches of images, as a vision transformer takes them. */
function patches<B extends Dim, H extends number, W extends number, C extends number>(x: Tensor<[B, H, W, C]>) {
  return rearrange(x, "b (h p) (w q) c -> b (h w) (p q c)", { p: 16, q: 16 });
}
expectType<Tensor<["batch", 196, 768]>>(patches(image));

/** Everything but the batch and the channels is averaged. */
function pooled<B extends Dim, H extends Dim, W extends Dim, C extends Dim>(x: Tensor<[B, H, W, C]>): Tensor<[B, C]> {
  return reduce(x, "b h w c -> b c", "mean");
}
expectType<Tensor<["batch", 3]>>(pooled(image));

import {
  arange,
  at,
  type Ceil,
  constant,
  type Dim,
  type DType,
  ensureShape,
  expandDims,
  eye,
  type Floor,
  flip,
  input,
  linspace,
  type Minus,
  moveAxis,
  permute,
  repeat,
  repeatVector,
  roll,
  type Shape,
  sequential,
  split,
  squeeze,
  stack,
  swapAxes,
  type Tensor,
  type Times,
  tile,
  tril,
  triu,
  unstack,
} from "shapewright";
import { expectType } from "tsd";

// What moves elements about, and takes axes away or adds them: exact types, also within generic functions.

declare const n: number;
declare const shape: Shape;
const x = input(["batch", 784]);
const text = input(["batch", "time", 192]);
const ids = input(["batch", "time"], "int32");
const six = input(["a", "b", 3, 1, 5, 1]);
const anything = input(shape);

// An axis more, an axis less
expectType<Tensor<["batch", 784, 1]>>(expandDims(x, -1));
expectType<Tensor<[1, "batch", "time"], "int32">>(expandDims(ids, 0));
expectType<Tensor<["batch", 1, "time"], "int32">>(expandDims(ids, -2));
expectType<Tensor<[1]>>(expandDims(constant(1), 0));
expectType<Tensor<["a", "b", 3, 1, 5]>>(squeeze(six, -1));
expectType<Tensor<["a", "b", 3, 5]>>(squeeze(six, [3, 5]));
expectType<Tensor<["a", "b", 3, 5]>>(squeeze(six));
expectType<Tensor<[]>>(squeeze(input([1, 1])));
expectType<Tensor<["batch", number]>>(squeeze(input(["batch", 1, n]), 1));
expectType<Tensor<["batch"]>>(squeeze(input(["batch", n]), -1));
expectType<Tensor<any>>(squeeze(input(["batch", n])));
expectType<Tensor<[number, number, number]>>(expandDims(x, n));
expectType<Tensor<any>>(expandDims(anything, 1));
expectType<Tensor<any>>(squeeze(anything, 1));
expectType<Tensor<any>>(squeeze(anything));

// Side by side, and apart again
expectType<Tensor<[2, "batch", 784]>>(stack([x, x]));
expectType<Tensor<["batch", "time", 3], "int32">>(stack([ids, ids, ids], -1));
expectType<Tensor<["batch", 1, 784]>>(stack([x], 1));
expectType<Tensor<[number, "batch", 784]>>(stack([x] as Tensor<["batch", 784]>[]));
const [red, , blue] = unstack(input(["batch", 28, 28, 3]), -1);
expectType<Tensor<["batch", 28, 28]>>(red);
expectType<Tensor<["batch", 28, 28]>>(blue);
expectType<[Tensor<["time"], "int32">, Tensor<["time"], "int32">]>(unstack(input([2, "time"], "int32")));
expectType<Tensor<["batch"]>[]>(unstack(input(["batch", n]), 1));
expectType<Tensor<any>[]>(unstack(anything, 1));

// Again and again
expectType<Tensor<["batch", "time*4", 192]>>(repeat(text, 4, 1));
expectType<Tensor<["batch*beams", "time"], "int32">>(repeat(ids, "beams", 0));
expectType<Tensor<["batch", number]>>(repeat(x, n, -1));
expectType<Tensor<["batch*2", "time*3", 192]>>(tile(text, [2, 3, 1]));
expectType<Tensor<[]>>(tile(constant(1), []));
expectType<Tensor<["batch", number]>>(tile(x, [1, n]));
expectType<Tensor<any>>(tile(anything, [1, 2]));

// The other way round, and in other places
expectType<Tensor<["batch", "time"], "int32">>(flip(ids, -1));
expectType<Tensor<["batch", "time", 192]>>(flip(text, [0, 1]));
expectType<Tensor<["batch", "time", 192]>>(flip(text));
expectType<Tensor<any>>(flip(anything, 2));
expectType<Tensor<["batch", "time", 192]>>(roll(text, -3, 1));
expectType<Tensor<["batch", 192, "time"]>>(swapAxes(text, -1, -2));
expectType<Tensor<[5, "b", 3, 1, "a", 1]>>(swapAxes(six, 0, 4));
expectType<Tensor<["batch", "time"], "int32">>(swapAxes(ids, 1, 1));
expectType<Tensor<["batch", 3, 28, 28]>>(moveAxis(input(["batch", 28, 28, 3]), -1, 1));
expectType<Tensor<["b", 3, 1, 5, 1, "a"]>>(moveAxis(six, 0, -1));
expectType<Tensor<any>>(swapAxes(anything, 0, 1));
expectType<Tensor<any>>(moveAxis(anything, 0, 1));

// Places, and triangles
expectType<Tensor<["time"], "int32">>(arange("time"));
expectType<Tensor<[10], "int32">>(arange(10));
expectType<Tensor<[number], "int32">>(arange(n));
expectType<Tensor<[5]>>(linspace(-1, 1, 5));
expectType<Tensor<[3, 3]>>(eye(3));
expectType<Tensor<[3, "time"]>>(eye(3, "time"));
expectType<Tensor<["batch", "time"], "int32">>(tril(ids));
expectType<Tensor<["batch", "time", 192]>>(triu(text, 1));
expectType<Tensor<any>>(tril(anything));

// Slices
expectType<Tensor<["batch", "time", 192]>>(at(text, ":"));
expectType<Tensor<["batch", 192]>>(at(text, ":, -1"));
expectType<Tensor<["batch", "time-2", 96]>>(at(text, ":, 1:-1, ::2"));
expectType<Tensor<["batch", "time", 10]>>(at(text, "..., :10"));
expectType<Tensor<["batch", "time", 10]>>(at(text, "..., -10:"));
expectType<Tensor<["batch", "time", 7]>>(at(text, "..., -10:-3"));
expectType<Tensor<["batch", "time", 4]>>(at(text, "..., 3:10:2"));
expectType<Tensor<["batch", "floor(time/2)", 192]>>(at(text, ":, 1::2"));
expectType<Tensor<["batch", "time", 192]>>(at(text, ":, ::-1"));
expectType<Tensor<["batch", 1, "time", 192]>>(at(text, ":, new"));
expectType<Tensor<["batch", "time", 192, 1]>>(at(text, "..., new"));
expectType<Tensor<["batch", "time"]>>(at(text, "..., 0"));
expectType<Tensor<["batch"], "int32">>(at(ids, ":, 0"));
expectType<Tensor<["b", 3, 5]>>(at(six, "0, :, ..., 0, :, 0"));
expectType<Tensor<["batch", number]>>(at(input(["batch", n]), ":, 1:"));
expectType<Tensor<any>>(at(anything, ":, 0"));
expectType<Tensor<any>>(at(x, "0" as string));

// As layers
expectType<Tensor<["batch", 192, "time"]>>(permute(text, [2, 1]));
expectType<Tensor<["batch", 192, "time"]>>(sequential(text, permute([2, 1])));
expectType<Tensor<["batch", "time"], "int32">>(permute([1])(ids));
expectType<Tensor<["batch", 20, 784]>>(repeatVector(x, 20));
expectType<Tensor<["batch", 20, "time"], "int32">>(sequential(ids, repeatVector(20)));

// Within generic functions
function causal<B extends Dim, T extends Dim>(scores: Tensor<[B, T, T]>): Tensor<[B, T, T]> {
  return tril(scores);
}
expectType<Tensor<["batch", "time", "time"]>>(causal(input(["batch", "time", "time"])));
function steps<B extends Dim, C extends Dim, const N extends number>(x: Tensor<[B, C]>, n: N): Tensor<[B, C, N]> {
  return permute(repeatVector(x, n), [2, 1]);
}
expectType<Tensor<["batch", 784, 7]>>(steps(x, 7));
function shifted<B extends Dim, T extends Dim, C extends Dim>(x: Tensor<[B, T, C]>) {
  expectType<Tensor<[B, Minus<T, 1>, C]>>(at(x, ":, :-1"));
  expectType<Tensor<[B, Ceil<T, 2>, C]>>(at(x, ":, ::2"));
  expectType<Tensor<[B, T, Minus<C, 2>]>>(at(x, "..., 1:-1"));
  const last: Tensor<[B, C]> = at(x, ":, -1");
  return last;
}
expectType<Tensor<["batch", 192]>>(shifted(text));
function leading<const B extends Shape, C extends Dim>(x: Tensor<[...B, C]>): Tensor<B> {
  return at(x, "..., 0");
}
expectType<Tensor<["batch", "time"]>>(leading(text));
function positions<B extends Dim, T extends Dim>(x: Tensor<[B, T]>): Tensor<[T], "int32"> {
  return arange(x.shape[1]);
}
expectType<Tensor<["time"], "int32">>(positions(input(["batch", "time"])));
function column<const B extends Shape, K extends Dim>(x: Tensor<[...B, K]>) {
  const wide = expandDims(x, -1);
  expectType<Tensor<[...B, K, 1]>>(wide);
  expectType<Tensor<[...B, 1, K]>>(expandDims(x, -2));
  expectType<Tensor<[1, ...B, K]>>(expandDims(x, 0));
  const back: Tensor<[...B, K]> = squeeze(wide, -1);
  return [back, wide] as const;
}
expectType<readonly [Tensor<["batch", 784]>, Tensor<["batch", 784, 1]>]>(column(x));

function lessOne<B extends Dim, T extends Dim>(x: Tensor<[B, 1, T, 1]>): Tensor<[B, T]> {
  return squeeze(x, [1, 3]);
}
expectType<Tensor<["batch", "time"]>>(lessOne(input(["batch", 1, "time", 1])));

function pairs<const B extends Shape, C extends number>(x: Tensor<[...B, C]>): Tensor<[...B, 2, Floor<C, 2>]> {
  const [p, q] = split(x, 2, -1);
  return stack([p, q], -2);
}
expectType<Tensor<["batch", "time", 2, 96]>>(pairs(text));

function colours<B extends Dim, H extends Dim>(x: Tensor<[B, H, 3]>) {
  const [red, green, blue] = unstack(x, -1);
  const middle: Tensor<[B, H]> = green;
  const back: Tensor<[B, H, 3]> = stack([red, middle, blue], -1);
  return back;
}
expectType<Tensor<["batch", "height", 3]>>(colours(input(["batch", "height", 3])));

function larger<B extends Dim, T extends Dim, C extends Dim, const N extends number>(x: Tensor<[B, T, C]>, n: N) {
  const twice = repeat(x, 2, 1);
  expectType<Tensor<[B, Times<T, 2>, C]>>(twice);
  const often = repeat(x, n, 1);
  expectType<Tensor<[B, Times<T, 4>, C]>>(tile(x, [1, 4, 1]));
  return often;
}
expectType<Tensor<["batch", "time*3", 192]>>(larger(text, 3));

function turned<const B extends Shape, T extends Dim, C extends Dim>(x: Tensor<[...B, T, C]>): Tensor<[...B, C, T]> {
  const same: Tensor<[...B, T, C]> = roll(flip(x, -1), 1, -2);
  return swapAxes(same, -1, -2);
}
expectType<Tensor<["batch", 192, "time"]>>(turned(text));

function channelsFirst<B extends Dim, H extends Dim, W extends Dim, C extends Dim, D extends DType>(
  x: Tensor<[B, H, W, C], D>,
): Tensor<[B, C, H, W], D> {
  return moveAxis(x, -1, 1);
}
expectType<Tensor<["batch", 3, 28, 28], "bool">>(channelsFirst(input(["batch", 28, 28, 3], "bool")));

// Wrong in their own body
export function notOne<B extends Dim, C extends Dim>(x: Tensor<[B, C]>) {
  // @ts-expect-error
  return squeeze(x, 1);
}
export function notAlike<B extends Dim, C extends Dim>(x: Tensor<[B, C]>, y: Tensor<[C, B]>) {
  // @ts-expect-error
  return stack([x, y]);
}
export function wrongPlace<B extends Dim, C extends Dim>(x: Tensor<[B, C]>) {
  // @ts-expect-error
  return expandDims(x, 3);
}

// A promise

expectType<Tensor<["batch", 7, 192]>>(ensureShape(text, ["batch", 7, 192]));
expectType<Tensor<["a", "c", 3, 1, 5, 1]>>(ensureShape(six, ["a", "c", 3, 1, 5, 1]));
expectType<Tensor<[]>>(ensureShape(constant(1), []));
expectType<Tensor<["batch", 3]>>(ensureShape(anything, ["batch", 3]));
expectType<Tensor<["batch", number]>>(ensureShape(x, ["batch", n]));
expectType<Tensor<["batch", 64]>>(ensureShape(input(["batch", n]), ["batch", 64]));

/** What is one size, and is known under two names. */
function same<B extends Dim, T extends Dim, U extends Dim, C extends number>(
  a: Tensor<[B, T, C]>,
  b: Tensor<[B, U, C]>,
): Tensor<[B, T, C]> {
  return ensureShape(b, a.shape);
}
expectType<Tensor<["batch", "time", 192]>>(same(text, input(["batch", 7, 192])));

/**
 * One size of a tensor: a number (`784`), or a name (`"batch"`) for a size that is known only when the program runs.
 * The plain types `number` and `string` are sizes that the compiler does not know; they widen whatever they touch.
 */
export type Dim = number | string;

/** The sizes of all axes, outermost first: `["batch", 28, 28]`. A scalar's shape is `[]`. */
export type Shape = Dim[];

/**
 * The shape of a tensor whose rank is unknown. It is `any`, because `Tensor<any>` alone can be handed to a function that
 * asks for four axes (`Tensor<[B, H, W, C]>`) and to one that asks for none in particular; `Tensor<Dim[]>` cannot.
 */
export type UnknownShape = any;

/**
 * Are two types the very same one? Unlike `A extends B`, TypeScript answers this for type parameters too, so a rule that
 * asks it first is settled inside a generic function: `Same<[B, C], [B, C]>` is `true` without knowing B or C.
 *
 * Two different type parameters make it wait. So does `Same<C, 1>`; but `Same<Box<C>, Box<1>>`, one level down, is `false` at
 * once. So never write the latter in a rule where C is a parameter of the rule itself: that settles it for good, before
 * anyone has said what C is; use `SameBeside`. A rule that goes on from such a `false` must ask again by value, for C may turn out to be 1. The function types are
 * written out: behind an alias of their own, TypeScript would compare the alias's arguments instead.
 */
export type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/**
 * One level down, for `Same`. Not a tuple: to compare two of those, TypeScript first goes through all methods of arrays, which
 * costs a thousand instantiations.
 */
export interface Box<out A> {
  readonly in: A;
}

/**
 * `Same<A, To>` for a rule of two operands: if the other operand is known, a type parameter A is `false` at once, and the
 * rule can go on to ask about the other one.
 */
export type SameBeside<A, To, Other> = { same: <T>() => T extends Box<A> ? 1 : 2; other: Known<Other> } extends
  | { same: <T>() => T extends Box<To> ? 1 : 2 }
  | { other: "neither" }
  ? true
  : false;

/**
 * `SameBeside<A, To, Now>` where a call always says what Now is, or A follows from it: until then the rule waits, whatever A is. Where
 * declarations are read TypeScript has nothing to compare then, and in calls it compares the same few answers once.
 */
export type SameNow<A, To, Now> = [Now] extends [unknown] ? Same<Box<A>, Box<To>> : false;

/** `SameBeside<A, never, Other>`, at a quarter of the cost: nothing but `never` goes into `never`, and no type parameter does. */
export type NeverBeside<A, Other> = { in: A; other: Known<Other> } extends { in: never } | { other: "neither" }
  ? true
  : false;

/** Waits for a type parameter, and is never "neither": so that the question is open while both operands are. */
type Known<A> = A extends [] ? "scalar" : "other";

/** Is the size unknown to the compiler: `number`, `string`, `any`, or a union such as `64 | 128`? */
export type IsUnknown<D> = number extends D ? true : string extends D ? true : IsUnion<D>;

type IsUnion<D, All = D> = D extends unknown ? ([All] extends [D] ? false : true) : never;

/**
 * Is a size a name? A type parameter is none: within a generic function the answer is `false` as soon as `Beside` is
 * known, which is any other type parameter of the same rule that a call settles, such as the dtype.
 */
export type IsName<D, Beside> = SameNow<Kind<D>, "name", Beside>;

type Kind<D> = D extends string ? (string extends D ? "unknown" : "name") : "number";

/**
 * The last axis of a shape and what stands before it: `SplitLast<["batch", 28, 3]>` is `[["batch", 28], 3]`.
 * `[]` for a scalar, `"unknown"` for an unknown rank.
 *
 * The match is made inside an object, `{ s: S }`: there TypeScript also settles it for shapes with a generic part, so
 * `SplitLast<[...B, K]>` is `[B, K]` within a generic function. Where that finds nothing, the plain match waits
 * until the type parameters are known.
 *
 * That S is `any` is asked by `Box<unknown> extends Box<S>`: no shape takes `unknown`. TypeScript compares two types for that, where
 * `Same` has it compare two functions.
 */
export type SplitLast<S> =
  Box<unknown> extends Box<S>
    ? "unknown"
    : { s: S } extends { s: [...infer Rest extends Shape, infer Last extends Dim] }
      ? [Rest, Last]
      : S extends [...infer Rest extends Shape, infer Last extends Dim]
        ? [Rest, Last]
        : S extends []
          ? []
          : "unknown";

/** As `Same` for shapes, but does not wait for a type parameter beside a known shape, or for `[...B, K]` beside `[...B, 1]`. */
export type SameShape<A, B> = Same<{ all: A; last: SplitLast<A> }, { all: B; last: SplitLast<B> }>;

/** The first axis of a shape and what stands behind it: `SplitFirst<["batch", 28]>` is `["batch", [28]]`. As `SplitLast`. */
export type SplitFirst<S> =
  Box<unknown> extends Box<S>
    ? "unknown"
    : { s: S } extends { s: [infer First extends Dim, ...infer Rest extends Shape] }
      ? [First, Rest]
      : S extends [infer First extends Dim, ...infer Rest extends Shape]
        ? [First, Rest]
        : S extends []
          ? []
          : "unknown";

/**
 * `[...Batch, ...Axes]`, or the unknown shape where the batch axes are unknown. Inference from a `Tensor<any>` to
 * `Tensor<[...Batch, K]>` finds `Dim[]` for Batch, so a result is `Tensor<Batched<Batch, [Units]>>`.
 */
export type Batched<Batch extends Shape, Axes extends Shape, Beside = Axes> = {
  same: <T>() => T extends Box<Batch> ? 1 : 2;
  other: Known<Beside>;
} extends AnyBatch
  ? UnknownShape
  : Axes extends []
    ? Batch
    : [...Batch, ...Axes];

/** Is a shape `Dim[]`, of any rank? A type parameter is not, as soon as `Beside` is known. */
export type IsUnknownRank<S extends Shape, Beside> = {
  same: <T>() => T extends Box<S> ? 1 : 2;
  other: Known<Beside>;
} extends AnyBatch
  ? true
  : false;

/** What `SameBeside` asks, of both at once. */
type AnyBatch =
  | { same: <T>() => T extends Box<Shape> ? 1 : 2 }
  | { same: <T>() => T extends Box<number[]> ? 1 : 2 }
  | { other: "neither" };

/** The shape as it is, or `any` where its rank is not known (`Dim[]`, `number[]`): for the type of data that comes in. */
export type Ranked<S extends Shape> = number extends S["length"] ? UnknownShape : S;

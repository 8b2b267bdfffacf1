import fc from "fast-check";
import type { DType } from "../../../src/ir/dtype.js";
import type { Dim } from "../../../src/types/dim.js";
import { type Argument, type Scope, tensorText, textOf } from "./program.js";

/** What descriptions of calls are made of. Each is drawn from few values, so that they often match and often do not. */

export type Shape = readonly Dim[];
export type Drawn<T> = fc.Arbitrary<T>;

/** Draws one of several, those that stand first being the simpler ones. */
export function some<const T>(...values: readonly T[]): Drawn<T> {
  return fc.constantFrom(...values);
}

/** Draws from the first far more often. */
export function mostly<A, B>(usual: Drawn<A>, other: Drawn<B>, weight = 8): Drawn<A | B> {
  return fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: other });
}

export const dim: Drawn<Dim> = some<Dim>(2, 3, "n", 1, 4, 6, "m", 3, 2, "n", 8, "n*2", "ceil(m/2)", "m+1");
/** A size that an input can be asked for: none that is calculated. */
export const plainDim: Drawn<Dim> = some<Dim>(2, 3, "n", 1, 4, "m");
export const anyShape: Drawn<Shape> = fc.array(dim, { maxLength: 6, size: "max" });
/** Shapes of so many axes. */
export const shapeOf = (least: number, most = least): Drawn<Shape> =>
  fc.array(dim, { minLength: least, maxLength: most, size: "max" });

export const dtypes = {
  any: some<DType>("float32", "int32", "bool", "uint8"),
  /** For what takes float32 alone. */
  float: mostly(some<DType>("float32"), some<DType>("int32", "bool", "uint8"), 10),
  integer: mostly(some<DType>("int32"), some<DType>("float32", "bool", "uint8"), 10),
  bool: mostly(some<DType>("bool"), some<DType>("float32", "int32", "uint8"), 10),
  number: mostly(some<DType>("float32", "float32", "int32"), some<DType>("bool", "uint8"), 10),
};

/** A shape made from another: axes left out at its front, and sizes exchanged. */
export interface Edits {
  readonly dropped: number;
  readonly sizes: readonly (Dim | undefined)[];
}

const edited = (weight: number, other: Drawn<Dim>): Drawn<Dim | undefined> =>
  mostly<Dim | undefined, Dim>(fc.constant(undefined), other, weight);

/** Edits that leave most as it is. */
export const fewEdits: Drawn<Edits> = fc.record({
  dropped: mostly(fc.constant(0), some(1, 2), 6),
  sizes: fc.array(edited(12, dim), { minLength: 6, maxLength: 6 }),
});

/** Edits that mostly leave a shape that broadcasts. */
export const broadcastEdits: Drawn<Edits> = fc.record({
  dropped: some(0, 0, 0, 1, 2, 6),
  sizes: fc.array(edited(3, mostly<Dim, Dim>(fc.constant(1), dim, 3)), { minLength: 6, maxLength: 6 }),
});

export function edit(shape: Shape, { dropped, sizes }: Edits): Dim[] {
  return shape.slice(dropped).map((size, i) => sizes[i] ?? size);
}

/** Two shapes of which the second is much like the first. */
export const alike = (first: Drawn<Shape>, edits = fewEdits): Drawn<readonly [Shape, Shape]> =>
  fc.tuple(first, edits).map(([shape, how]) => [shape, edit(shape, how)]);

/** A tensor; sizes or the rank may be hidden from the types. */
export function tensor(shape: Shape, dtype: DType = "float32"): Argument {
  return (scope) => {
    const hiddenRank = scope.hides(19);
    const seen = shape.map((dim) => (scope.hides() ? "number" : textOf(dim)));
    // Sizes that are hidden are numbers when it runs.
    const real = shape.map((dim, i) => (seen[i] === "number" && typeof dim === "string" ? 3 : dim));
    const isHidden = hiddenRank || seen.includes("number");
    const type = hiddenRank ? "any" : `[${seen.join(", ")}]`;
    return scope.declare("x", tensorText(real, dtype), isHidden ? `Tensor<${type}, "${dtype}">` : undefined);
  };
}

/** A tensor of which the types see all. */
export function known(shape: Shape, dtype: DType): Argument {
  return (scope) => scope.declare("x", tensorText(shape, dtype));
}

/** A drawn tensor. */
export const tensors = (shape: Drawn<Shape>, dtype: Drawn<DType> = dtypes.any): Drawn<Argument> =>
  fc.tuple(shape, dtype).map(([shape, dtype]) => tensor(shape, dtype));

/** A number, a text, a list of them … as it is written. Nothing for undefined. `list` is the type that hides a list. */
export function value(given: unknown, list?: string): Argument {
  return (scope) => {
    const text = scope.value(given === undefined ? undefined : textOf(given));
    const type = typeOf(given, list);
    if (text !== textOf(given) || type === undefined || !scope.hides(17)) return text;
    return scope.declare("n", text, type);
  };
}

/** The type under which a value's own is hidden. */
function typeOf(given: unknown, list: string | undefined): string | undefined {
  if (typeof given === "number" || typeof given === "boolean") return typeof given;
  if (!Array.isArray(given) || given.length === 0 || !given.every((one) => typeof one === "number")) return undefined;
  return list ?? `[${given.map(() => "number").join(", ")}]`;
}

/**
 * A number whose range the runtime alone tells: no type parameter holds it, as it says nothing of the result, such as `alpha` and
 * `epsilon`. Of another one in its place, the types say nothing.
 */
export const ranged = <T>(drawn: Drawn<T>): Drawn<Argument> =>
  values(drawn).map((argument) => (scope) => {
    const before = scope.odd;
    const text = argument(scope);
    if (before !== scope.odd && (scope.odd === "number" || text?.startsWith("["))) scope.odd = "untold";
    return text;
  });

/** A value of a kind that isn't taken there: of such, TypeScript may speak in its own words. */
export function strange(given: unknown): Argument {
  return (scope) => {
    scope.odd = "kind";
    return textOf(given);
  };
}

export const values = <T>(drawn: Drawn<T>): Drawn<Argument> => drawn.map(value);

/** A value that is often left out. */
export const maybe = <T>(drawn: Drawn<T>): Drawn<T | undefined> => fc.option(drawn, { nil: undefined });

/** What is left out. */
export const nothing: Argument = () => undefined;

/** An argument that is often left out. */
export const perhaps = (drawn: Drawn<Argument>): Drawn<Argument> => fc.oneof(drawn, fc.constant(nothing));

/** What is written as it stands: a function, an initializer. */
export const code =
  (text: string | undefined): Argument =>
  () =>
    text;

export function listOf(items: readonly Argument[]): Argument {
  return (scope) => `[${items.map((item) => item(scope)).join(", ")}]`;
}

/** An object of those fields that are given. Nothing where there are none, unless it has to be there. */
export function options(fields: Readonly<Record<string, Argument>>, isNeeded = false): Argument {
  return (scope) => {
    const given = Object.entries(fields).flatMap(([name, field]) => {
      const text = field(scope);
      return text === undefined ? [] : [`${name}: ${text}`];
    });
    if (given.length === 0) return isNeeded ? "{}" : undefined;
    return `{ ${given.join(", ")} }`;
  };
}

export type Fields = Readonly<Record<string, Drawn<Argument>>>;

/** Drawn options. */
export const optionsOf = (fields: Fields, isNeeded = false): Drawn<Argument> =>
  fc.record(fields).map((drawn) => options(drawn as Record<string, Argument>, isNeeded));

/** A call with arguments, of which the last ones may be left out. */
export function call(name: string, args: readonly Argument[]): Argument {
  return (scope) => `${name}(${written(args, scope)})`;
}

function written(args: readonly Argument[], scope: Scope): string {
  const texts = args.map((arg) => arg(scope));
  const last = texts.findLastIndex((text) => text !== undefined);
  return texts
    .slice(0, last + 1)
    .map((text) => text ?? "undefined")
    .join(", ");
}

/** Drawn calls. */
export const calls = (name: string, ...args: readonly Drawn<Argument>[]): Drawn<Argument> =>
  fc.tuple(...args).map((drawn) => call(name, drawn));

type Form = (name: string, x: Argument, rest: readonly Argument[]) => Argument;

const forms: readonly Form[] = [
  (name, x, rest) => call(name, [x, ...rest]),
  (name, x, rest) => (scope) => {
    const input = x(scope);
    return `${call(name, rest)(scope)}(${input})`;
  },
  (name, x, rest) => call("sequential", [x, call(name, rest)]),
  (name, x, rest) => (scope) => {
    const input = x(scope);
    return `block(${call(name, rest)(scope)})(${input})`;
  },
];

export const form: Drawn<Form> = some(...forms);

/** Calls of a layer: with its input at once, or as a layer that waits. */
export const layers = (name: string, x: Drawn<Argument>, ...rest: readonly Drawn<Argument>[]): Drawn<Argument> =>
  fc.tuple(form, x, ...rest).map(([form, x, ...rest]) => form(name, x as Argument, rest as Argument[]));

/** How functions are called: by name, a call of each with random arguments. */
export type Described = Readonly<Record<string, Drawn<Argument>>>;

/** The same for several, whose names are in one text. */
export const named = (names: string, describe: (name: string) => Drawn<Argument>): Described =>
  Object.fromEntries(names.split(" ").map((name) => [name, describe(name)]));

export const axis: Drawn<number> = some(0, -1, 1, 2, -2, 3, -3, -4, 5, 7, -7);
export const flag: Drawn<boolean> = fc.boolean();
/** An option of several axes. */
export const axes: Drawn<Argument> = fc
  .oneof(axis, fc.array(axis, { maxLength: 3 }))
  .map((axes) => value(axes, "number[]"));

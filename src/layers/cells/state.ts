import { ShapewrightError } from "../../ir/errors.js";
import { givenInWords } from "../../ir/givenInWords.js";
import { inWords } from "../../ir/inWords.js";
import { isTensor, nodeOf } from "../../ir/node.js";
import { notTaken } from "../../ir/options.js";
import { refuse } from "../../ir/refuse.js";
import type { Tensor } from "../../ir/tensor.js";
import type { Dim, Shape, UnknownShape } from "../../types/dim.js";
import { fill } from "../../types/message.js";
import { sameShape } from "../../types/same-shape.js";
import { show } from "../../types/show.js";
import { type States, zerosOf } from "../recurrent/recur.js";

/** The sizes of one sample's states: of one, of several by name, or of one cell after another. */
export type Sizes = readonly Dim[] | { readonly [name: string]: readonly Dim[] } | readonly Sizes[];

/** States of such sizes, in the same places. */
export type State = Tensor<any> | { readonly [name: string]: Tensor<any> } | readonly State[];

/** The states of a batch, from the sizes of one sample's. */
export type StateOf<B extends Dim, Z> = { z: Z } extends { z: infer One extends Shape }
  ? Tensor<number extends One["length"] ? UnknownShape : [B, ...One]>
  : Z extends readonly unknown[]
    ? { readonly [K in keyof Z]: StateOf<B, Z[K]> }
    : { readonly [K in keyof Z]: OneState<B, Z[K]> };

type OneState<B extends Dim, Z> = { z: Z } extends { z: infer One extends Shape } ? Tensor<[B, ...One]> : Tensor<any>;

type Place = readonly [path: string, sizes: readonly Dim[]];

/** A state by itself. Others are called by their places: "hidden", "1.cell". */
const only = "state";

/** What a loop calls a state in a place. */
export const pathOf = (path: string) => (path === "" ? only : path);

const isOne = (sizes: Sizes): sizes is readonly Dim[] =>
  Array.isArray(sizes) && sizes.every((size) => typeof size !== "object");

const partsOf = (sizes: Sizes): [string, Sizes][] => Object.entries(sizes as Readonly<Record<string, Sizes>>);

const within = (path: string, name: string) => (path === "" ? name : `${path}.${name}`);

function placesOf(sizes: Sizes, path = ""): Place[] {
  if (isOne(sizes)) return [[pathOf(path), sizes]];
  return partsOf(sizes).flatMap(([name, part]) => placesOf(part, within(path, name)));
}

/** What states start as, unless it is said. */
export function zeroState(batch: Dim, sizes: Sizes): State {
  return stateOf(sizes, zeroStates(batch, sizes));
}

/** The same, as a loop carries them. */
export function zeroStates(batch: Dim, sizes: Sizes): States {
  return Object.fromEntries(placesOf(sizes).map(([path, one]) => [path, zerosOf([batch, ...one])]));
}

/** States that a loop carries, in their places. */
export function stateOf(sizes: Sizes, states: States, path = ""): State {
  if (isOne(sizes)) return states[pathOf(path)]!;
  const parts = partsOf(sizes).map(([name, part]) => [name, stateOf(part, states, within(path, name))] as const);
  return Array.isArray(sizes) ? parts.map(([, part]) => part) : Object.fromEntries(parts as [string, Tensor<any>][]);
}

/**
 * States as a loop carries them.
 *
 * @throws SW_VALUE when one is missing, or there is one more; SW_SHAPE when one is of another shape or dtype
 */
export function flattened(op: string, what: string, sizes: Sizes, batch: Dim, given: unknown, path = ""): States {
  if (isOne(sizes)) {
    const shape = [batch, ...sizes];
    if (!isTensor(given)) throw wrong(op, what, inWords(given), "a tensor");
    const { shape: own, dtype } = nodeOf(given);
    const fits = dtype === "float32" && sameShape(own, shape);
    const found = `${dtype} ${show(own)}`;
    refuse(
      "SW_SHAPE",
      op,
      fits ? undefined : fill(notTaken, { op, option: what, given: found, takes: `float32 ${show(shape)}` }),
    );
    return { [pathOf(path)]: given as Tensor<any> };
  }
  const parts = partsOf(sizes);
  const names = parts.map(([name]) => name);
  const isList = Array.isArray(sizes);
  const takes = isList ? `a list of the states of ${names.length} cells` : `a record of ${names.join(" and ")}`;
  const isThat = typeof given === "object" && given !== null && !isTensor(given) && Array.isArray(given) === isList;
  const found = isThat ? Object.keys(given) : [];
  if (!isThat || found.length !== names.length || !found.every((name) => names.includes(name))) {
    throw wrong(op, what, givenInWords(given), takes);
  }
  return Object.assign(
    {},
    ...parts.map(([name, part]) => {
      const called = isList ? `${what}[${name}]` : `${what}.${name}`;
      const value = (given as Readonly<Record<string, unknown>>)[name];
      return flattened(op, called, part, batch, value, within(path, name));
    }),
  );
}

function wrong(op: string, what: string, found: string, takes: string): ShapewrightError {
  return new ShapewrightError("SW_VALUE", fill(notTaken, { op, option: what, given: found, takes }), op);
}

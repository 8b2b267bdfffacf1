import type { Inputs } from "../../compiler/program.js";
import type { TensorLike } from "../../src/ir/tensor.js";
import type { noInput } from "../../src/model.js";
import type { Box, Same } from "../../src/types/dim.js";
import type { Message, Problem } from "../../src/types/message.js";
import type { ArrayOf, CheckData, Data } from "./data.js";

/** Data by name for every input of a model. */
export type InputData<I extends Inputs> = { readonly [K in keyof I]: Data };

/** Data for a target, or for several by the names of outputs. */
export type TargetData<T> =
  IsNone<T> extends true ? undefined : [T] extends [TensorLike] ? Data : { readonly [K in keyof T]: Data };

/**
 * What is asked of data by name before it is looked at: that it has the names. Of a name that is wrong, TypeScript speaks best by
 * itself: it names the nearest, and this type lists them all.
 */
export type DataByName<Names extends string> = { readonly [K in Names]: Given };

/** Anything but null and undefined. */
type Given = NonNullable<unknown>;

/** The same where any may be left out. */
export type WeightsByName<Names extends string> = { readonly [K in Names]?: Given };

/** What targets are before they are looked at. */
export type TargetsByName<T> =
  IsNone<T> extends true ? undefined : [T] extends [TensorLike] ? Given : DataByName<keyof T & string>;

/** Whether a program has no targets: its model computes the loss itself. Of one of which nothing is known, it is not known. */
export type IsNone<T> = [T] extends [undefined] ? (0 extends 1 & T ? false : true) : false;

/** What weights are before they are looked at; with undefined in it, they are not given. */
export type WeightsOrNone<W> = [W] extends [TensorLike | undefined]
  ? Given | undefined
  : WeightsByName<keyof W & string>;

/** What is said of a name that is not among the targets. */
export const noTarget = 'no output with a loss is named "{name}"';

/** What is said of weights for a program that takes none. */
export const noWeights = "sampleWeight: the program takes no weights; compile it with the option sampleWeight";

/** `unknown` for every input that its data fits; the message on one that it does not, and on a name that is none. */
export type CheckInputs<I extends Inputs, X> =
  Same<Box<I>, Box<any>> extends true ? unknown : CheckByName<"input", I, X, DataByName<keyof I & string>>;

/** The same for a target, or for several. */
export type CheckTargets<T, Y> =
  Same<Box<T>, Box<any>> extends true
    ? unknown
    : [T] extends [TensorLike]
      ? CheckData<"target", T, Y>
      : [T] extends [Inputs]
        ? CheckByName<"target", T, Y, DataByName<keyof T & string>>
        : unknown;

/** The same for weights that are given; the message where the program takes none. */
export type CheckWeights<W, S> =
  Same<Box<W>, Box<any>> extends true
    ? unknown
    : undefined extends S
      ? unknown
      : [W] extends [undefined]
        ? typeof noWeights
        : [W] extends [TensorLike]
          ? CheckData<"sampleWeight", W, S>
          : [W] extends [Inputs]
            ? CheckByName<"sampleWeight", W, S, WeightsByName<keyof W & string>>
            : unknown;

type Kind = "input" | "target" | "sampleWeight";

/** @typeParam Unseen what `X` is where names are wrong: then TypeScript says so, and nothing is added. */
type CheckByName<K extends Kind, Wanted extends Inputs, X, Unseen> = Unseen extends X
  ? unknown
  : {
      readonly [Name in keyof X]: Name extends keyof Wanted & string
        ? CheckData<K extends "sampleWeight" ? `sampleWeight.${Name}` : Name, Wanted[Name], Exclude<X[Name], undefined>>
        : NoSuch<K, Name & string>;
    };

type NoSuch<K extends Kind, Name extends string> = K extends "input"
  ? Message<typeof noInput, { input: Name }>
  : Message<typeof noTarget, { name: Name }>;

/** `unknown` where the data of a source's batches fits, else the messages of what does not. */
export type CheckBatches<Inputs, Target = unknown, Weights = unknown> =
  | MessagesOf<Inputs>
  | MessagesOf<Target>
  | MessagesOf<Weights> extends infer Messages
  ? [Messages] extends [never]
    ? unknown
    : Problem<Messages & string>
  : never;

type MessagesOf<Check> = Check extends string | Problem<string>
  ? TextOf<Check>
  : { [K in keyof Check]-?: Check[K] extends string | Problem<string> ? TextOf<Check[K]> : never }[keyof Check];

type TextOf<M> = M extends Problem<infer Text> ? Text : M;

/** What `predict` gives: an array, or arrays by the names of outputs. */
export type Prediction<O> = [O] extends [TensorLike]
  ? ArrayOf<O>
  : { readonly [K in keyof O]: O[K] extends TensorLike ? ArrayOf<O[K]> : never };

import type { Inputs } from "../../compiler/program.js";
import type { TensorLike } from "../../src/ir/tensor.js";
import type { noInput } from "../../src/model.js";
import type { Box, Same } from "../../src/types/dim.js";
import type { Message } from "../../src/types/message.js";
import type { ArrayOf, CheckData, Data } from "./data.js";

/** Data by name for every input of a model. */
export type InputData<I extends Inputs> = { readonly [K in keyof I]: Data };

/** `unknown` for every input that its data fits; the message on one that it does not, and on a name that is none. */
export type CheckInputs<I extends Inputs, X> = {
  readonly [K in keyof I & string]: K extends keyof X ? CheckData<K, I[K], X[K]> : unknown;
} & { readonly [K in Exclude<keyof X & string, keyof I>]: Message<typeof noInput, { input: K }> };

/** `unknown` where the data of a source's batches fits, else the messages of what does not. */
export type CheckBatches<Inputs, Target = unknown> =
  | MessagesIn<Inputs>
  | MessagesIn<{ target: Target }> extends infer Messages
  ? [Messages] extends [never]
    ? unknown
    : Messages
  : never;

type MessagesIn<Checks> = { [K in keyof Checks]: Checks[K] extends infer M extends string ? M : never }[keyof Checks];

/** Data for a target, or for several by the names of outputs. */
export type TargetData<T> = [T] extends [TensorLike] ? Data : { readonly [K in keyof T]: Data };

/** `unknown` for every target that its data fits, else the message. */
export type CheckTargets<T, Y> =
  Same<Box<T>, Box<any>> extends true
    ? unknown
    : [T] extends [TensorLike]
      ? CheckData<"target", T, Y>
      : {
          readonly [K in keyof T & string]: K extends keyof Y
            ? T[K] extends TensorLike
              ? CheckData<K, T[K], Y[K]>
              : unknown
            : unknown;
        };

/** What `predict` gives: an array, or arrays by the names of outputs. */
export type Prediction<O> = [O] extends [TensorLike]
  ? ArrayOf<O>
  : { readonly [K in keyof O]: O[K] extends TensorLike ? ArrayOf<O[K]> : never };

/** Weights for a target; where there are several, for any of them, by the names of outputs. */
export type SampleWeights<T> =
  Same<Box<T>, Box<any>> extends true
    ? Data | Readonly<Record<string, Data>>
    : [T] extends [TensorLike]
      ? Data
      : { readonly [K in keyof T]?: Data };

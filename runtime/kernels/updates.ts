import * as tf from "@tensorflow/tfjs-core";
import type { OpName, OpTable } from "../../src/ir/node.js";
import type { ResultsOpDefinition } from "../../src/ir/op.js";
import { applyAdagradOp } from "../../src/ops/applyAdagrad.js";
import { applyAdamOp } from "../../src/ops/applyAdam.js";
import { applyGradientDescentOp } from "../../src/ops/applyGradientDescent.js";
import { applyMomentumOp } from "../../src/ops/applyMomentum.js";
import { applyRmsPropOp } from "../../src/ops/applyRmsProp.js";
import type { Shape } from "../../src/types/dim.js";
import { type Operand, runUpdate } from "./run.js";
import type { Tensor } from "./tensor.js";

/** A record of variables, of which those under some names have a shape. */
export type Variables<Name extends string, S extends Shape> = Record<Name, Tensor<S>>;

/** The step size. */
type Rate = number | Tensor<[]>;

/** Puts the new values of variables into their record, and frees the old ones. */
export function update<K extends OpName>(
  op: ResultsOpDefinition<K>,
  variables: Record<string, tf.Tensor>,
  names: readonly string[],
  inputs: readonly Operand[],
  attributes: OpTable[K],
): void {
  const old = names.map((name) => variables[name]!);
  const values = runUpdate(op, old, inputs, attributes);
  // The record outlives whatever tf.tidy() may stand around the step.
  for (const [i, name] of names.entries()) variables[name] = tf.keep(values[i]!);
}

/** w := w - η·g. */
export function applyGradientDescent<S extends Shape, Name extends string>(
  variables: Variables<NoInfer<Name>, NoInfer<S>>,
  [w]: readonly [Name],
  learningRate: Rate,
  gradient: Tensor<S>,
): void {
  update(applyGradientDescentOp, variables, [w], [learningRate, gradient], {});
}

/** v := μ·v - η·g; w := w + v, or with Nesterov's look ahead w + μ·v - η·g. */
export function applyMomentum<S extends Shape, Name extends string>(
  variables: Variables<NoInfer<Name>, NoInfer<S>>,
  [w, velocity]: readonly [Name, Name],
  learningRate: Rate,
  gradient: Tensor<S>,
  attributes: { readonly momentum: number; readonly nesterov: boolean },
): void {
  update(applyMomentumOp, variables, [w, velocity], [learningRate, gradient], attributes);
}

/** a := a + g²; w := w - η·g / (√a + ε). */
export function applyAdagrad<S extends Shape, Name extends string>(
  variables: Variables<NoInfer<Name>, NoInfer<S>>,
  [w, accumulator]: readonly [Name, Name],
  learningRate: Rate,
  gradient: Tensor<S>,
  attributes: { readonly epsilon: number },
): void {
  update(applyAdagradOp, variables, [w, accumulator], [learningRate, gradient], attributes);
}

/** s := ρ·s + (1 - ρ)·g²; m := μ·m + η·g / √(s + ε); w := w - m. */
export function applyRmsProp<S extends Shape, Name extends string>(
  variables: Variables<NoInfer<Name>, NoInfer<S>>,
  [w, meanSquare, momentum]: readonly [Name, Name, Name],
  learningRate: Rate,
  gradient: Tensor<S>,
  attributes: { readonly rho: number; readonly momentum: number; readonly epsilon: number },
): void {
  update(applyRmsPropOp, variables, [w, meanSquare, momentum], [learningRate, gradient], attributes);
}

/** m := β₁·m + (1 - β₁)·g; v := β₂·v + (1 - β₂)·g²; w := w - η·√(1 - β₂ᵗ) / (1 - β₁ᵗ) · m / (√v + ε), t = steps + 1. */
export function applyAdam<S extends Shape, Name extends string>(
  variables: Variables<NoInfer<Name>, NoInfer<S>>,
  [w, firstMoment, secondMoment]: readonly [Name, Name, Name],
  steps: Tensor<[], "int32">,
  learningRate: Rate,
  gradient: Tensor<S>,
  attributes: { readonly beta1: number; readonly beta2: number; readonly epsilon: number },
): void {
  update(applyAdamOp, variables, [w, firstMoment, secondMoment], [steps, learningRate, gradient], attributes);
}

/** Gives variables the values, which stay the caller's. All are taken before any variable changes: one may be another's old value. */
export function assign<V extends object>(variables: V, values: { readonly [Name in keyof V]?: V[Name] }): void {
  const record = variables as Record<string, tf.Tensor>;
  const next = Object.entries(values as Record<string, tf.Tensor>).map(
    ([name, value]) => [name, tf.keep(value.clone())] as const,
  );
  for (const [name, value] of next) {
    record[name]!.dispose();
    record[name] = value;
  }
}

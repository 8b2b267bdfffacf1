import * as tf from "@tensorflow/tfjs-core";
import type { OpName, OpTable } from "../../src/ir/node.js";
import type { OpDefinition, ResultsOpDefinition, ValueOpDefinition } from "../../src/ir/op.js";
import { optimizerState } from "../../src/optimizerState.js";
import { type Operand, run, runUpdate, runWhole } from "./run.js";
import type { FamilyKernels } from "./types/families.js";
import type { Family, KernelTypes } from "./types/kernel-types.js";
import type { TfjsTensor } from "./types/tensor.js";
import type { UpdateKernel } from "./types/updates.js";

/** An op's operands as its node has them, then its attributes, if it has some. */
type Given<K extends OpName> = readonly (Operand | OpTable[K])[];

/** The function of an op: with its family's type, or its own, if it has one; else its result is of any type. */
export type Kernel<K extends OpName, F extends Family> = [F] extends [never]
  ? OpName extends K
    ? AnyKernel<K>
    : K extends keyof KernelTypes
      ? KernelTypes[K]
      : AnyKernel<K>
  : FamilyKernels<K>[F];

type AnyKernel<K extends OpName> = (...given: Given<K>) => any;

type Named<F extends Family> = { readonly family?: F };

/** The function of an op: it runs the tfjs rule of the op's definition, with the shape that its shape rule gives. */
export function kernel<K extends OpName, F extends Family = never>(
  definition: OpDefinition<K> & Named<F>,
): Kernel<K, F>;
/* @__NO_SIDE_EFFECTS__ */
export function kernel<K extends OpName>(definition: OpDefinition<K>) {
  return (...given: Given<K>) => run(definition, ...partsOf(given));
}

/** The same of an op that TensorFlow has one kernel for (`whole`): on tfjs-node that one runs. */
export function wholeKernel<K extends OpName, F extends Family = never>(
  definition: ValueOpDefinition<K> & Named<F>,
): Kernel<K, F>;
/* @__NO_SIDE_EFFECTS__ */
export function wholeKernel<K extends OpName>(definition: ValueOpDefinition<K>) {
  return (...given: Given<K>) => runWhole(definition, ...partsOf(given));
}

/** The same of an optimizer's rule, which changes variables. */
export function updateKernel<K extends OpName>(definition: ResultsOpDefinition<K>): UpdateKernel<K>;
/* @__NO_SIDE_EFFECTS__ */
export function updateKernel<K extends OpName>(definition: ResultsOpDefinition<K>) {
  const update = (variables: Record<string, TfjsTensor>, names: readonly string[], ...given: Given<K>) => {
    const [operands, attributes] = partsOf(given);
    const places = placesOf(names, definition.inPlace?.unread?.(attributes) ?? []);
    // What is written and never read need not be kept from step to step.
    const old = places.map((name) =>
      name === undefined ? tf.zerosLike(variables[names[0]!] as tf.Tensor) : variables[name]!,
    );
    runUpdate(definition, old as readonly TfjsTensor[], operands, attributes, (i, value) => {
      const name = places[i];
      // The record outlives whatever tf.tidy() may stand around the step.
      if (name !== undefined) variables[name] = tf.keep(value as tf.Tensor);
      else value.dispose();
    });
  };
  const each = (
    variables: Record<string, TfjsTensor>,
    gradients: Readonly<Record<string, TfjsTensor>>,
    slots: readonly string[],
    ...given: Given<K>
  ) => {
    const [scalars, attributes] = partsOf(given);
    for (const [name, gradient] of Object.entries(gradients)) {
      const names = [name, ...slots.map((slot) => `${optimizerState}${name}/${slot}`)];
      update(variables, names, ...scalars, gradient, attributes);
    }
  };
  return Object.assign(update, { each });
}

/** The names of what a rule changes, with none in the places of what is not kept. */
function placesOf(names: readonly string[], unread: readonly number[]): (string | undefined)[] {
  const places: (string | undefined)[] = [...names];
  for (const place of unread) places.splice(place, 0, undefined);
  return places;
}

/** Attributes come last. */
function partsOf<K extends OpName>(given: Given<K>): [operands: Operand[], attributes: OpTable[K]] {
  const operands = given.filter((one) => isOperand<K>(one));
  return [operands, (given[operands.length] ?? {}) as OpTable[K]];
}

function isOperand<K extends OpName>(one: Operand | OpTable[K]): one is Operand {
  return typeof one === "number" || "dataId" in one;
}

import { kindOf } from "../../compiler/kindOf.js";
import type { Targets } from "../../compiler/losses.js";
import type { Inputs, Program } from "../../compiler/program.js";
import { showName } from "../../src/ir/checkName.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import { inWords } from "../../src/ir/inWords.js";
import { isTensor, type Node, nodeOf } from "../../src/ir/node.js";
import { aRecord } from "../../src/ir/options.js";
import { printSignature } from "../../src/ir/print.js";
import type { Outputs } from "../../src/model.js";

/** What a model takes and gives: a model, a program, or inputs and output as tensors. */
export interface Signature<I extends Inputs = Inputs, O extends Outputs = any> {
  /** The inputs by their names. */
  readonly inputs: I;
  /** The output, or the outputs by their names. */
  readonly output: O;
}

/** Tensors by their names, or one. */
type Tensors = Targets | undefined;

/**
 * What of a program differs from what is wanted, in words; nothing where it is as it is wanted.
 *
 * @throws SW_VALUE for a signature that is none
 */
export function differenceOfSignature(op: string, program: Program, wanted: Signature | Program): string | undefined {
  if (kindOf(wanted) === "program") {
    const { model, targetInput, weightInput } = wanted as Program;
    return (
      differenceOfModel(program.model, model) ??
      differs("target", program.targetInput, targetInput) ??
      differs("weight", program.weightInput, weightInput)
    );
  }
  const refuse = (fault: string) =>
    new ShapewrightError(
      "SW_VALUE",
      `${op}: ${fault}; write a program, a model, or { inputs: { x: input(["batch", 3]) }, output: input(["batch", 2]) }`,
      op,
    );
  if (!aRecord.accepts(wanted)) throw refuse(`signature is ${inWords(wanted)}`);
  const { inputs, output } = wanted as Signature;
  if (!aRecord.accepts(inputs))
    throw refuse(`inputs of signature is ${inWords(inputs)}, but must be tensors by their names`);
  if (!isTensor(output) && !aRecord.accepts(output))
    throw refuse(`output of signature is ${inWords(output)}, but must be a tensor, or tensors by their names`);
  for (const [name, tensor] of [...Object.entries(inputs), ...(isTensor(output) ? [] : Object.entries(output))]) {
    if (!isTensor(tensor)) throw refuse(`${showName(name)} of signature is ${inWords(tensor)}, but must be a tensor`);
  }
  return differenceOfModel(program.model, wanted as Signature);
}

function differenceOfModel(found: Signature, wanted: Signature): string | undefined {
  return differs("input", found.inputs, wanted.inputs) ?? differs("output", found.output, wanted.output);
}

function differs(what: string, found: Tensors, wanted: Tensors): string | undefined {
  const [own, other] = [byName(found), byName(wanted)];
  for (const name of new Set([...other.keys(), ...own.keys()])) {
    const called = name === "" ? `the ${what}` : `the ${what} ${showName(name)}`;
    const [is, be] = [own.get(name), other.get(name)].map((node) => node && printSignature(node));
    if (is !== be) return `${called} is ${is ?? "not there"}, wanted ${be ?? "none"}`;
  }
  return undefined;
}

function byName(tensors: Tensors): Map<string, Node> {
  if (tensors === undefined) return new Map();
  if (isTensor(tensors)) return new Map([["", nodeOf(tensors)]]);
  return new Map(Object.entries(tensors).map(([name, tensor]) => [name, nodeOf(tensor)]));
}

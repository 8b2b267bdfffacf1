import type { Body } from "../ir/body.js";
import { internalError } from "../ir/errors.js";
import type { Operand, ResultsOpDefinition, Signature } from "../ir/op.js";
import { mustBeAlike, ran } from "./shared/bodies.js";
import { differentiatedCond } from "./shared/differentiatedCond.js";
import { noFlops } from "./shared/flops.js";
import { trainedCond } from "./shared/trainedCond.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** Runs one of two bodies: the first where the first input, a bool scalar, is true. The other inputs are the parameters of both. */
    cond: { readonly ifTrue: Body; readonly ifFalse: Body };
  }
}

function infer(
  [predicate, ...inputs]: readonly Operand[],
  { ifTrue, ifFalse }: { ifTrue: Body; ifFalse: Body },
): Signature[] {
  if (predicate?.dtype !== "bool" || predicate.shape.length > 0) {
    throw internalError("cond: chooses by what is no bool scalar");
  }
  for (const { parameters } of [ifTrue, ifFalse]) mustBeAlike("cond: the inputs", inputs, parameters);
  mustBeAlike("cond: the results of one way", ifTrue.results, ifFalse.results);
  return ifTrue.results.map(({ shape, dtype }) => ({ shape, dtype }));
}

export const condOp: ResultsOpDefinition<"cond"> = {
  name: "cond",
  several: true,
  words: { noun: "chosen" },
  control: (attributes) => ({ kind: "choice", ...attributes }),
  infer,
  gradient: differentiatedCond,
  training: trainedCond,
  tensorflow: (t, [predicate, ...inputs], { attributes: { ifTrue, ifFalse } }) =>
    t.body(ifTrue, inputs, { predicate: predicate!, otherwise: ifFalse }),
  tfjs: ran,
  reference: ran,
  flops: noFlops,
};

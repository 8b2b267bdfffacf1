import type { Body } from "../ir/body.js";
import { internalError } from "../ir/errors.js";
import type { Operand, ResultsOpDefinition, Signature } from "../ir/op.js";
import type { Dim } from "../types/dim.js";
import { mustBeAlike, ran } from "./shared/bodies.js";
import { differentiatedLoop, recorded } from "./shared/differentiatedLoop.js";
import { noFlops } from "./shared/flops.js";
import { lowerLoop } from "./shared/lowerLoop.js";
import { trainedLoop } from "./shared/trainedLoop.js";

declare module "../ir/node.js" {
  interface OpTable {
    /**
     * Runs a body once for each place along the first axis of the sequences, the last place first if `reverse` says so. Inputs, and the
     * body's parameters: what is carried, the sequences (the body sees one place of each), and what the body reads besides. The
     * body's results: what is carried on, then outputs. Results: what is carried at last, then the outputs of all rounds, stacked.
     */
    scan: {
      readonly body: Body;
      readonly carries: number;
      readonly sequences: number;
      readonly length: Dim;
      readonly reverse: boolean;
    };
  }
}

function infer(
  inputs: readonly Operand[],
  { body, carries, sequences, length }: { body: Body; carries: number; sequences: number; length: Dim },
): Signature[] {
  const { parameters, results } = body;
  const given = inputs.map(({ shape, dtype }, i) => {
    const isSequence = i >= carries && i < carries + sequences;
    if (isSequence && shape[0] !== length) throw internalError("scan: a sequence is not as long as the loop");
    return { shape: isSequence ? shape.slice(1) : shape, dtype };
  });
  mustBeAlike("scan: the inputs", given, parameters);
  mustBeAlike("scan: what is carried on", results.slice(0, carries), parameters.slice(0, carries));
  return results.map(({ shape, dtype }, i) => ({ shape: i < carries ? shape : [length, ...shape], dtype }));
}

export const scanOp: ResultsOpDefinition<"scan"> = {
  name: "scan",
  several: true,
  words: { noun: "scanned" },
  dims: ["length"],
  control: (attributes) => ({ kind: "loop", ...attributes }),
  infer,
  gradient({ b, node, inputs, dys, pullBack }) {
    const { carries, body } = node.attributes;
    const history = recorded(b, node, body.parameters.slice(0, carries));
    return differentiatedLoop({ b, dys, pullBack }, { ...node.attributes, inputs, history });
  },
  training: (context) => trainedLoop(context, { kind: "loop", ...context.node.attributes }),
  tensorflow: (t, inputs, node) => lowerLoop(t, inputs, node, { kind: "loop", ...node.attributes }),
  tfjs: ran,
  reference: ran,
  flops: noFlops,
};

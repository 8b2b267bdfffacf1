import type { Body } from "../ir/body.js";
import { internalError } from "../ir/errors.js";
import type { ResultsGradientContext } from "../ir/gradient-rule.js";
import type { Node } from "../ir/node.js";
import type { Operand, ResultsOpDefinition, Signature } from "../ir/op.js";
import type { TensorflowLowering, TensorRef } from "../ir/tensorflow-lowering.js";
import type { Dim } from "../types/dim.js";
import { sameShape } from "../types/same-shape.js";
import { differentiatedScan } from "./shared/differentiatedScan.js";
import { noFlops } from "./shared/flops.js";
import { trainedScan } from "./shared/trainedScan.js";

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

const ran = () => {
  throw internalError("a loop is run by what runs its graph");
};

function same(a: Signature, b: Signature): boolean {
  return a.dtype === b.dtype && sameShape(a.shape, b.shape);
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
  if (given.length !== parameters.length || !given.every((one, i) => same(one, parameters[i]!))) {
    throw internalError("scan: the inputs are not what the body takes");
  }
  if (!results.slice(0, carries).every((one, i) => same(one, parameters[i]!))) {
    throw internalError("scan: what is carried on is not what was carried");
  }
  return results.map(({ shape, dtype }, i) => ({ shape: i < carries ? shape : [length, ...shape], dtype }));
}

/** A loop that carries a counter, what the body carries, and the stacks of outputs, of which each round fills one place. */
function lower(t: TensorflowLowering, inputs: readonly TensorRef[], { attributes, inputs: nodes }: Node<"scan">) {
  const { body, carries, sequences, length, reverse } = attributes;
  const int32 = { T: { type: "int32" } } as const;
  const one = t.constant(1, "int32");
  const outputs = body.results.slice(carries);
  // Where a size of all that a round gives is 0, it gives nothing, and TensorScatterUpdate refuses what has no elements.
  const common = body.results.map(({ shape }) => shape.filter((dim) => typeof dim === "string"));
  const shared = common[0]!.filter((dim) => common.every((dims) => dims.includes(dim)));
  const some = outputs.length > 0 && shared.length > 0 && t.op("Minimum", [t.size(t.product(shared)), one], int32);
  const rounds = some ? t.op("Mul", [t.size(length), some], int32) : t.size(length);
  const stacks = outputs.map(({ shape, dtype }) => {
    const zero = t.constant(0, dtype);
    return t.op("Fill", [t.shape([length, ...shape]), zero], { T: { type: dtype }, index_type: { type: "int32" } });
  });
  const scanned = inputs.slice(carries, carries + sequences);
  const captured = inputs.slice(carries + sequences);
  const named = (ref: TensorRef, i: number) => t.op("Identity", [ref], { T: { type: nodes[i]!.dtype } });
  const [, ...last] = t.loop(
    [t.constant(0, "int32"), ...inputs.slice(0, carries).map(named), ...stacks],
    ([counter]) => t.op("Less", [counter!, rounds], int32),
    ([counter, ...values]) => {
      const place = reverse ? t.op("Sub", [t.op("Sub", [rounds, one], int32), counter!], int32) : counter!;
      const slices = scanned.map((sequence, i) =>
        t.op("GatherV2", [sequence, place, t.constant(0, "int32")], {
          Tparams: { type: nodes[carries + i]!.dtype },
          Tindices: { type: "int32" },
          Taxis: { type: "int32" },
          batch_dims: { int: 0 },
        }),
      );
      const results = t.body(body, [...values.slice(0, carries), ...slices, ...captured]);
      const index = t.op("Reshape", [place, t.constant([1, 1], "int32")], { ...int32, Tshape: { type: "int32" } });
      const filled = outputs.map(({ dtype, shape }, i) => {
        // TensorScatterUpdate refuses what has no elements, of which nothing is to be filled.
        if (shape.includes(0)) return values[carries + i]!;
        const update = t.reshape(results[carries + i]!, [1, ...shape], dtype);
        const attributes = { T: { type: dtype }, Tindices: { type: "int32" } } as const;
        return t.op("TensorScatterUpdate", [values[carries + i]!, index, update], attributes);
      });
      return [t.op("AddV2", [counter!, one], int32), ...results.slice(0, carries), ...filled];
    },
  );
  return last;
}

export const scanOp: ResultsOpDefinition<"scan"> = {
  name: "scan",
  several: true,
  words: { noun: "scanned" },
  dims: ["length"],
  control: (attributes) => ({ kind: "loop", ...attributes }),
  infer,
  gradient: (context: ResultsGradientContext<"scan">) => differentiatedScan(context),
  training: trainedScan,
  tensorflow: lower,
  tfjs: ran,
  reference: ran,
  flops: noFlops,
};

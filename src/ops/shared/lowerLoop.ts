import type { Loop } from "../../ir/control.js";
import type { Node } from "../../ir/node.js";
import type { TensorflowLowering, TensorRef } from "../../ir/tensorflow-lowering.js";

/** A loop that carries a counter, what the body carries, and the stacks of outputs, of which each round fills one place. */
export function lowerLoop(t: TensorflowLowering, inputs: readonly TensorRef[], { inputs: nodes }: Node, loop: Loop) {
  const { body, condition, carries, sequences, length, reverse } = loop;
  const int32 = { T: { type: "int32" } } as const;
  const one = t.constant(1, "int32");
  const outputs = body.results.slice(carries);
  const rounds = condition ? undefined : roundsOf(t, loop);
  const stacks = outputs.map(({ shape, dtype }) => {
    const zero = t.constant(0, dtype);
    return t.op("Fill", [t.shape([length!, ...shape]), zero], { T: { type: dtype }, index_type: { type: "int32" } });
  });
  const scanned = inputs.slice(carries, carries + sequences);
  const captured = inputs.slice(carries + sequences);
  const named = (ref: TensorRef, i: number) => t.op("Identity", [ref], { T: { type: nodes[i]!.dtype } });
  const [, ...last] = t.loop(
    [t.constant(0, "int32"), ...inputs.slice(0, carries).map(named), ...stacks],
    ([counter, ...values]) =>
      condition
        ? t.body(condition, [...values.slice(0, carries), ...captured])[0]!
        : t.op("Less", [counter!, rounds!], int32),
    ([counter, ...values]) => {
      const place = reverse ? t.op("Sub", [t.op("Sub", [rounds!, one], int32), counter!], int32) : counter!;
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

/** How often the body runs: where a size of all that a round gives is 0, not at all, for TensorScatterUpdate refuses what has no elements. */
function roundsOf(t: TensorflowLowering, { body, carries, length }: Loop): TensorRef {
  const common = body.results.map(({ shape }) => shape.filter((dim) => typeof dim === "string"));
  const shared = common[0]!.filter((dim) => common.every((dims) => dims.includes(dim)));
  if (body.results.length === carries || shared.length === 0) return t.size(length!);
  const int32 = { T: { type: "int32" } } as const;
  const some = t.op("Minimum", [t.size(t.product(shared)), t.constant(1, "int32")], int32);
  return t.op("Mul", [t.size(length!), some], int32);
}

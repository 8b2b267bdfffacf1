import type { Loop } from "../../ir/control.js";
import type { Node } from "../../ir/node.js";
import type { TensorflowLowering, TensorRef } from "../../ir/tensorflow-lowering.js";
import { type RowProgram, rowProgramOf } from "./rowProgram.js";

/** A loop that carries a counter, what the body carries, and the stacks of outputs, of which each round fills one place. */
export function lowerLoop(t: TensorflowLowering, inputs: readonly TensorRef[], { inputs: nodes }: Node, loop: Loop) {
  const { body, condition, carries, sequences, length, reverse } = loop;
  const rows = t.hasOwnKernels ? rowProgramOf(loop) : undefined;
  if (rows) return lowerRows(t, inputs, nodes, loop, rows);
  const int32 = { T: { type: "int32" } } as const;
  const one = t.constant(1, "int32");
  const outputs = body.results.slice(carries);
  const rounds = condition ? undefined : t.size(length!);
  const stacks = outputs.map(({ shape, dtype }) => {
    const all = [length!, ...shape];
    const zero = t.constant(0, dtype);
    const stack = t.op("Fill", [t.shape(all), zero], { T: { type: dtype }, index_type: { type: "int32" } });
    t.sayShape?.(stack, all);
    return stack;
  });
  const filling = outputs.map((output) => fillingOf(t, output));
  const scanned = inputs.slice(carries, carries + sequences);
  const captured = inputs.slice(carries + sequences);
  const named = (ref: TensorRef, i: number) => {
    const initial = t.op("Identity", [ref], { T: { type: nodes[i]!.dtype } });
    t.sayShape?.(initial, nodes[i]!.shape);
    return initial;
  };
  const [, ...last] = t.loop(
    [t.constant(0, "int32"), ...inputs.slice(0, carries).map(named), ...stacks],
    ([counter, ...values]) => {
      if (condition) return t.body(condition, [...values.slice(0, carries), ...captured])[0]!;
      const goesOn = t.op("Less", [counter!, rounds!], int32);
      t.sayShape?.(goesOn, []);
      return goesOn;
    },
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
      const filled = filling.map((fill, i) => fill(values[carries + i]!, place, results[carries + i]!));
      return [t.op("AddV2", [counter!, one], int32), ...results.slice(0, carries), ...filled];
    },
  );
  return last;
}

/** A loop that one kernel goes through. What is true or false is 1 or 0 there. */
function lowerRows(
  t: TensorflowLowering,
  inputs: readonly TensorRef[],
  nodes: readonly Node[],
  { body }: Loop,
  { program, numbers }: RowProgram,
): TensorRef[] {
  const asFloats = (ref: TensorRef, i: number) =>
    nodes[i]!.dtype === "float32"
      ? ref
      : t.op("Cast", [ref], { SrcT: { type: nodes[i]!.dtype }, DstT: { type: "float32" }, Truncate: { bool: false } });
  const attributes = { N: { int: inputs.length + 1 }, M: { int: body.results.length }, program: { ints: program } };
  const first = t.op(
    "ShapewrightRowLoop",
    [...inputs.map(asFloats), t.constant(numbers, "float32")],
    { ...attributes, T: { type: "float32" } },
    body.results.length,
  );
  return body.results.map((_, i) => t.output(first, i));
}

/**
 * How what a round gives comes into its place of a stack. TensorScatterUpdate refuses to fill what has no elements: where a named size
 * is 0, it is told to fill no place at all.
 */
function fillingOf(t: TensorflowLowering, { shape, dtype }: Node) {
  const attributes = { T: { type: dtype }, Tindices: { type: "int32" } } as const;
  const [int32, types] = [{ T: { type: "int32" } }, { T: { type: dtype }, Tshape: { type: "int32" } }] as const;
  const named = shape.filter((dim) => typeof dim === "string");
  const one = t.constant(1, "int32");
  const count = named.length > 0 ? t.op("Minimum", [t.size(t.product(named)), one], int32) : undefined;
  // What stays the same in all rounds is made once, before them.
  const packed = (refs: readonly TensorRef[]) =>
    t.op("Pack", refs, { ...int32, N: { int: refs.length }, axis: { int: 0 } });
  const places = count ? packed([count, one]) : t.constant([1, 1], "int32");
  const sizes = count ? packed([count, ...shape.map((dim) => t.size(dim))]) : t.shape([1, ...shape]);
  return (stack: TensorRef, place: TensorRef, result: TensorRef): TensorRef => {
    if (shape.includes(0)) return stack;
    const index = count
      ? t.op("Fill", [places, place], { ...int32, index_type: { type: "int32" } })
      : t.op("Reshape", [place, places], { ...int32, Tshape: { type: "int32" } });
    return t.op("TensorScatterUpdate", [stack, index, t.op("Reshape", [result, sizes], types)], attributes);
  };
}

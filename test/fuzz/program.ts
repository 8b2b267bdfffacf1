import { pushForward } from "../../compiler/autodiff/jvp.js";
import { pullBack } from "../../compiler/autodiff/pullBack.js";
import type { Computation } from "../../compiler/program.js";
import type { NdArray } from "../../src/ir/array.js";
import type { Node } from "../../src/ir/node.js";
import { builder as b } from "../../src/ops/builder.js";
import { computationFor } from "../support/computation.js";

/** A graph with data for its inputs, and how often it is to be differentiated. */
export interface FuzzProgram {
  readonly inputs: readonly Node[];
  readonly arrays: readonly NdArray[];
  readonly outputs: Readonly<Record<string, Node>>;
  readonly orders: number;
}

/**
 * The same program with its derivatives among its outputs. The first are those of the sum of all outputs; the second those
 * of half the sum of the first ones' squares, so that a gradient meets numbers that aren't 1. With one order, how the outputs
 * change in a direction is among them too.
 */
export function differentiated(program: FuzzProgram): FuzzProgram {
  const { inputs, orders } = program;
  const outputs = { ...program.outputs };
  const wanted = inputs.filter(({ dtype }) => dtype === "float32");
  const first = Object.values(outputs).filter(({ dtype }) => dtype === "float32");
  let from = first;
  let cotangents: Node[] = from.map(({ shape }) => b.op("broadcastTo", [b.scalar(1)], { shape }));
  for (let order = 1; order <= orders && from.length > 0; order++) {
    const found = pullBack(from, cotangents, wanted);
    found.forEach((node, i) => {
      if (node) outputs[`${"d".repeat(order)}${inputs.indexOf(wanted[i]!)}`] = node;
    });
    from = found.filter((node) => node !== undefined);
    cotangents = from;
  }
  // Forward, in the direction of the inputs themselves: two orders that are written another way.
  if (orders === 1) {
    pushForward(first, wanted, wanted).forEach((node, i) => {
      outputs[`f${i}`] = node;
    });
  }
  return { ...program, outputs, orders: 0 };
}

/** What backends run of a program without derivatives. */
export function computationOf({ inputs, outputs }: FuzzProgram): Computation {
  return computationFor(inputs, outputs);
}

import type { NdArray } from "../../src/ir/array.js";
import { topologicalOrder } from "../../src/ir/graph.js";
import { makeNode } from "../../src/ir/makeNode.js";
import { isOp, type Node } from "../../src/ir/node.js";
import { inputOp } from "../../src/ops/input.js";
import { rebuild } from "../../src/ops/rebuild.js";
import { callReference, computationFor } from "../support/computation.js";
import { differentiated, type FuzzProgram } from "./program.js";

/** Whether a program still fails in the way that is looked for. */
export type Fails = (program: FuzzProgram) => Promise<boolean>;

/** The most programs that are tried: a failure is to be found in minutes. */
const mostTrials = 400;

/** A smaller program that fails too: with fewer outputs, nodes and inputs, down to where nothing can be left out. */
export async function shrink(program: FuzzProgram, fails: Fails): Promise<FuzzProgram> {
  let trials = 0;
  let smallest = withoutUnused(program);
  const attempt = async (make: () => FuzzProgram): Promise<boolean> => {
    if (trials++ >= mostTrials) return false;
    try {
      const smaller = withoutUnused(make());
      if (!(await fails(smaller))) return false;
      smallest = smaller;
      return true;
    } catch {
      return false;
    }
  };
  // What differentiation wrote can be left out piece by piece once it is part of the graph.
  if (program.orders > 0 && !(await attempt(() => differentiated(smallest)))) {
    await attempt(() => ({ ...smallest, orders: smallest.orders - 1 }));
  }
  for (let again = true; again && trials < mostTrials; ) {
    again = false;
    for (const make of reductions(smallest)) {
      if (await attempt(make)) {
        again = true;
        break;
      }
    }
  }
  return smallest;
}

/** Ways to make a program smaller, the greatest steps first. */
function* reductions(program: FuzzProgram): Generator<() => FuzzProgram> {
  const { outputs, inputs } = program;
  const names = Object.keys(outputs);
  if (names.length > 1) for (const name of names) yield () => ({ ...program, outputs: { [name]: outputs[name]! } });
  const nodes = topologicalOrder(Object.values(outputs)).filter((node) => !inputs.includes(node));
  for (const node of [...nodes].reverse()) {
    if (node.results) continue;
    if (!isOp(node, "constant")) yield () => asInput(program, node);
    for (const input of node.inputs) {
      if (!input.results && `${input.shape}` === `${node.shape}` && input.dtype === node.dtype) {
        yield () => replaced(program, node, input);
      }
    }
  }
  for (const node of nodes) {
    if (!node.results && !Object.values(outputs).includes(node)) {
      yield () => ({ ...program, outputs: { y: node } });
    }
  }
}

function replaced(program: FuzzProgram, from: Node, to: Node): FuzzProgram {
  const names = Object.keys(program.outputs);
  const nodes = rebuild(Object.values(program.outputs), new Map([[from, to]]));
  return { ...program, outputs: Object.fromEntries(names.map((name, i) => [name, nodes[i]!])) };
}

/** The program with what a node has computed as an input. */
function asInput(program: FuzzProgram, node: Node): FuzzProgram {
  const { y } = callReference(computationFor(program.inputs, { y: node }), program.arrays);
  const input = makeNode(inputOp, [], { shape: node.shape, dtype: node.dtype });
  const more = { ...program, inputs: [...program.inputs, input], arrays: [...program.arrays, y as NdArray] };
  return replaced(more, node, input);
}

/** The program with the inputs that it reads, and those that tell the size of a name. */
function withoutUnused(program: FuzzProgram): FuzzProgram {
  const nodes = topologicalOrder(Object.values(program.outputs));
  const read = new Set(nodes);
  const known = new Set<unknown>(program.inputs.filter((node) => read.has(node)).flatMap(({ shape }) => shape));
  const namesIn = (value: unknown) => JSON.stringify(value).match(/\w+/g) ?? [];
  const asked = new Set(
    nodes.flatMap((node) => (isOp(node, "constant") ? [] : [...namesIn(node.shape), ...namesIn(node.attributes)])),
  );
  const tells = ({ shape }: Node) => shape.some((dim) => typeof dim === "string" && asked.has(dim) && !known.has(dim));
  const kept = program.inputs.flatMap((node, i) => (read.has(node) || tells(node) ? [i] : []));
  return { ...program, inputs: kept.map((i) => program.inputs[i]!), arrays: kept.map((i) => program.arrays[i]!) };
}

import { Body, bodiesOf } from "../../src/ir/body.js";
import { type Control, firstParameter, type Loop } from "../../src/ir/control.js";
import { hasBodies, resultsRead, topologicalOrder } from "../../src/ir/graph.js";
import { isOp, type Node } from "../../src/ir/node.js";
import { rebuild } from "../../src/ops/rebuild.js";
import { controlOf } from "../../src/ops/registry.js";
import type { Pass } from "./pass.js";
import { inPlaceOf, rewrite } from "./rewrite.js";

/**
 * What bodies compute that nothing reads goes away: results, what is carried for them alone, and what only these are computed from; of a
 * choice that is known, all but what is chosen.
 */
export const pruneBodies: Pass = {
  name: "pruneBodies",
  summary: "loops and choices compute, carry and take in only what is read",
  run(graph) {
    if (!hasBodies(graph)) return graph;
    const read = resultsRead(graph);
    const pruned = new Map<Node, Pruned | undefined>();
    const chosen = new Map<Node, readonly Node[]>();
    return rewrite(graph, (node, before) => {
      const [whole] = node.inputs;
      const control = isOp(node, "result") ? controlOf(whole!) : undefined;
      if (!isOp(node, "result") || !control) return undefined;
      const original = before.inputs[0]!;
      if (isOp(whole!, "cond") && isOp(whole.inputs[0]!, "constant")) {
        if (!chosen.has(original)) chosen.set(original, resultsOfChosen(whole));
        return chosen.get(original)![node.attributes.index];
      }
      if (!pruned.has(original)) {
        const indices = read.get(original)!.map(({ attributes }) => attributes.index);
        pruned.set(original, prune(whole!, control, new Set(indices)));
      }
      const found = pruned.get(original);
      return found && inPlaceOf(node, "result", [found.node], { index: found.places.indexOf(node.attributes.index) });
    });
  },
};

/** What a choice gives whose predicate is a constant: its way is part of the graph around it. */
function resultsOfChosen({ inputs: [predicate, ...inputs], attributes }: Node<"cond">): readonly Node[] {
  const { value } = (predicate as Node<"constant">).attributes;
  const { parameters, results } = value.data[0] ? attributes.ifTrue : attributes.ifFalse;
  return rebuild(results, new Map(parameters.map((parameter, i) => [parameter, inputs[i]!])));
}

interface Pruned {
  readonly node: Node;
  /** The numbers that its results had before. */
  readonly places: readonly number[];
}

/** The node without what is not read; none where all is. */
function prune(node: Node, control: Control, read: ReadonlySet<number>): Pruned | undefined {
  const loop = control.kind === "loop" ? control : undefined;
  const bodies = bodiesOf(node);
  const kept = [...(loop ? resultsNeeded(loop, read) : read)].sort((a, b) => a - b);
  // Whether another round follows is asked whatever is read.
  const resultsOf = (body: Body) =>
    body === loop?.condition ? body.results : kept.map((place) => body.results[place]!);
  const reached = new Set(topologicalOrder(bodies.flatMap(([, body]) => resultsOf(body))));
  const carries = loop?.carries ?? 0;
  const keptInputs = bodies[0]![1].parameters.flatMap((_, i) => {
    const isKept = i < carries ? kept.includes(i) : bodies.some(([, body]) => reached.has(body.parameters[i]!));
    return isKept ? [i] : [];
  });
  const { length } = bodies[0]![1].parameters;
  if (kept.length === node.results!.length && keptInputs.length === length) return undefined;
  const attributes = {
    ...node.attributes,
    ...Object.fromEntries(
      bodies.map(([name, body]) => [
        name,
        new Body(
          keptInputs.map((i) => body.parameters[i]!),
          resultsOf(body),
        ),
      ]),
    ),
    ...(loop && { carries: kept.filter((place) => place < carries).length }),
    ...(loop && "sequences" in node.attributes && { sequences: keptSequences(loop, keptInputs) }),
  };
  const first = firstParameter(control);
  const inputs = [...node.inputs.slice(0, first), ...keptInputs.map((i) => node.inputs[first + i]!)];
  return { node: inPlaceOf(node, node.op, inputs, attributes), places: kept };
}

function keptSequences({ carries, sequences }: Loop, kept: readonly number[]): number {
  return kept.filter((i) => i >= carries && i < carries + sequences).length;
}

/** The results of a loop that are read, and what is carried for them, or to know whether another round follows. */
function resultsNeeded({ body, condition, carries }: Loop, read: ReadonlySet<number>): Set<number> {
  const needed = new Set(read);
  const asked = new Set(topologicalOrder(condition?.results ?? []));
  condition?.parameters.slice(0, carries).forEach((parameter, i) => {
    if (asked.has(parameter)) needed.add(i);
  });
  for (let size = -1; size !== needed.size; ) {
    size = needed.size;
    const reached = new Set(topologicalOrder([...needed].map((place) => body.results[place]!)));
    for (let i = 0; i < carries; i++) if (reached.has(body.parameters[i]!)) needed.add(i);
  }
  return needed;
}

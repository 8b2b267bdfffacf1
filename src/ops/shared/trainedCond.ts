import { Body } from "../../ir/body.js";
import type { Node } from "../../ir/node.js";
import type { Trained, TrainingContext } from "../../ir/training.js";
import { standIn } from "./bodies.js";

/** A choice in training: what its ways draw, they draw with keys from outside. */
export function trainedCond({ b, node, inputs, inside }: TrainingContext<"cond">): Trained | undefined {
  const { ifTrue, ifFalse } = node.attributes;
  const keys: Node[] = [];
  const ways = [ifTrue, ifFalse].map((body) => {
    const own = new Map<number, Node>();
    const results = inside(body.results, (key) => {
      const parameter = standIn(b, key);
      own.set(keys.length, parameter);
      keys.push(key);
      return parameter;
    });
    return { body, own, results };
  });
  if (ways.every(({ body, results }) => results.every((result, i) => result === body.results[i]))) return undefined;
  const [whenTrue, whenFalse] = ways.map(
    ({ body, own, results }) =>
      new Body([...body.parameters, ...keys.map((key, i) => own.get(i) ?? standIn(b, key))], results),
  );
  return { results: b.results(b.op("cond", [...inputs, ...keys], { ifTrue: whenTrue!, ifFalse: whenFalse! })) };
}

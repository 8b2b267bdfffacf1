import { Body } from "../../ir/body.js";
import type { Loop } from "../../ir/control.js";
import type { Node } from "../../ir/node.js";
import type { Trained, TrainingContext } from "../../ir/training.js";
import { standIn } from "./bodies.js";

/**
 * A loop in training: what its body draws, it draws with keys that the number of the round is folded into, so that no two rounds
 * draw the same. It carries that number, and has it among its outputs where it has such, for the gradient.
 */
export function trainedLoop<K extends "scan" | "whileLoop">(
  { b, node, inputs, inside }: TrainingContext<K>,
  { body, condition, carries, length }: Loop,
): Trained | undefined {
  const keys: Node[] = [];
  const specialized = [body, ...(condition ? [condition] : [])].map((one) => {
    const round = b.op("input", [], { shape: [], dtype: "int32" });
    const own = new Map<number, Node>();
    const results = inside(one.results, (key) => {
      const parameter = standIn(b, key);
      own.set(keys.length, parameter);
      keys.push(key);
      return b.op("foldIn", [parameter, round]);
    });
    return { one, round, own, results };
  });
  if (specialized.every(({ one, results }) => results.every((result, i) => result === one.results[i])))
    return undefined;
  const [trained, asked] = specialized.map(({ one, round, own, results }) => {
    const parameters = [round, ...one.parameters, ...keys.map((key, i) => own.get(i) ?? standIn(b, key))];
    if (one === condition) return new Body(parameters, results);
    const next = b.op("add", [round, b.scalar(1, "int32")]);
    return new Body(parameters, [next, ...results, ...(length === undefined ? [] : [round])]);
  });
  const attributes = { ...node.attributes, body: trained!, ...(asked && { condition: asked }), carries: carries + 1 };
  const loop = b.op<"scan" | "whileLoop">(node.op, [b.scalar(0, "int32"), ...inputs, ...keys], attributes as never);
  return { results: b.results(loop).slice(1, length === undefined ? undefined : -1) };
}

import { Body } from "../../ir/body.js";
import type { Node } from "../../ir/node.js";
import type { Trained, TrainingContext } from "../../ir/training.js";

/**
 * A loop in training: what its body draws, it draws with keys that the number of the round is folded into, so that no two rounds
 * draw the same. It carries that number, and has it among its outputs, for the gradient.
 */
export function trainedScan({ b, node, inputs, inside }: TrainingContext<"scan">): Trained | undefined {
  const { body, carries } = node.attributes;
  const round = b.op("input", [], { shape: [], dtype: "int32" });
  const keys: Node[] = [];
  const parameters: Node[] = [];
  const results = inside(body.results, (key) => {
    const parameter = b.op("input", [], { shape: [2], dtype: "int32" });
    keys.push(key);
    parameters.push(parameter);
    return b.op("foldIn", [parameter, round]);
  });
  if (results.every((result, i) => result === body.results[i])) return undefined;
  const next = b.op("add", [round, b.scalar(1, "int32")]);
  const trained = new Body([round, ...body.parameters, ...parameters], [next, ...results, round]);
  const attributes = { ...node.attributes, body: trained, carries: carries + 1 };
  const loop = b.op("scan", [b.scalar(0, "int32"), ...inputs, ...keys], attributes);
  return { results: b.results(loop).slice(1, -1) };
}

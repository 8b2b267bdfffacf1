import { checkName } from "../src/ir/checkName.js";
import { makeGraph } from "../src/ir/graph.js";
import { isTensor, nodeOf } from "../src/ir/node.js";
import { aRecord, checkOption, type OptionRule, required } from "../src/ir/options.js";
import { refuse } from "../src/ir/refuse.js";
import type { TensorLike } from "../src/ir/tensor.js";
import { nameNodes } from "../src/nameNodes.js";
import { optimize } from "./pipeline.js";
import { type Computation, type Inputs, inputNodes, variablesOf } from "./program.js";

/** What inputs are given as. */
export const inputRecord: OptionRule = { ...aRecord, takes: 'a record, such as { x: input(["n"]) }' };
const outputRecord: OptionRule = {
  takes: "a record of tensors by names, such as { y }",
  accepts: (value) => aRecord.accepts(value) && !isTensor(value),
};

/** Compiles plain mathematics: any tensors, computed from named inputs. */
export function compileFunction(inputs: Inputs, outputs: Readonly<Record<string, TensorLike>>): Computation {
  checkOption("openFunction", "inputs", inputs, required(inputRecord));
  checkOption("openFunction", "what build returns", outputs, required(outputRecord));
  for (const name of Object.keys(outputs)) {
    refuse("SW_NAME", "openFunction", checkName("openFunction", name, "the output "));
  }
  const nodes = Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, nodeOf(tensor)]));
  const { names } = nameNodes("openFunction", inputs, Object.values(nodes));
  const call = optimize(makeGraph("call", nodes, [], names));
  return { inputs: inputNodes(inputs), variables: variablesOf([call], names), call };
}

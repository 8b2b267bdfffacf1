import { checkName } from "../src/ir/checkName.js";
import { makeGraph } from "../src/ir/graph.js";
import { nodeOf } from "../src/ir/node.js";
import { refuse } from "../src/ir/refuse.js";
import type { TensorLike } from "../src/ir/tensor.js";
import { nameNodes } from "../src/model.js";
import { optimize } from "./pipeline.js";
import { type Computation, type Inputs, inputNodes, variablesOf } from "./program.js";

/** Compiles plain mathematics: any tensors, computed from named inputs. */
export function compileFunction(inputs: Inputs, outputs: Readonly<Record<string, TensorLike>>): Computation {
  for (const name of Object.keys(outputs)) {
    refuse("SW_NAME", "openFunction", checkName("openFunction", name, "the output "));
  }
  const nodes = Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, nodeOf(tensor)]));
  const { names } = nameNodes("openFunction", inputs, Object.values(nodes));
  const call = optimize(makeGraph("call", nodes, [], names));
  return { inputs: inputNodes(inputs), variables: variablesOf([call], names), call };
}

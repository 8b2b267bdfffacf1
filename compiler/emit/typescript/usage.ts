import type { DType } from "../../../src/ir/dtype.js";
import type { Node } from "../../../src/ir/node.js";
import { show } from "../../../src/types/show.js";
import { Identifiers, isIdentifier, key } from "./identifiers.js";
import type { EmitOptions } from "./options.js";

/**
 * The comment at a module's head: what it is, and how it is used.
 *
 * @param takes what its state, or its prediction, starts from
 */
export function usage(
  kind: "train" | "predict",
  feeds: ReadonlyMap<string, Node>,
  reports: readonly string[],
  { name, source }: EmitOptions,
  takes: "seed" | "weights" | "nothing",
): string[] {
  const isWeighted = takes === "weights";
  const identifiers = new Identifiers([]);
  const named = [...feeds.keys()].map((feed) => identifiers.unique(feed)).join(", ");
  const reported = reports.map((report) => (isIdentifier(report) ? report : `${key(report)}: …`));
  const what = { train: `The training of \`${name}\``, predict: `The prediction of \`${name}\`` }[kind];
  const parts = { train: "one step as straight-line code", predict: "the model as straight-line code" }[kind];
  const shapes = [...feeds].map(([name, { dtype, shape }]) => `${name} ${inTfjs(dtype)} ${show(shape)}`);
  const use = {
    train: [
      `import { createState, trainStep } from "./${name}.train.js";`,
      "",
      `await tf.setBackend("wasm");`,
      `const state = createState(${{ seed: "{ seed: 0 }", weights: "{ weights }", nothing: "" }[takes]});`,
      `const { ${reported.join(", ")} } = trainStep(state, ${named});`,
    ],
    predict: [
      `import { ${isWeighted ? "createWeights, " : ""}predict } from "./${name}.predict.js";`,
      "",
      `await tf.setBackend("wasm");`,
      ...(isWeighted ? ["const weights = createWeights(numbers);"] : []),
      `const ${reports.length === 1 ? reports[0] : `{ ${reported.join(", ")} }`} = predict(${isWeighted ? "weights, " : ""}${named});`,
    ],
  }[kind];
  return [
    `${what} in ${source}: ${parts}.`,
    "Written by Shapewright: change the model, not this file.",
    "",
    `    import * as tf from "@tensorflow/tfjs-core";`,
    `    import "@tensorflow/tfjs-backend-wasm"; // or "…-backend-webgl", "…-backend-cpu"; in Node "@tensorflow/tfjs-node"`,
    ...use.map((line) => (line === "" ? "" : `    ${line}`)),
    "",
    `Inputs are tensors of tfjs: ${shapes.join(", ")}. They stay the caller's.`,
  ];
}

/** A dtype as tfjs has it. */
function inTfjs(dtype: DType): string {
  return dtype === "uint8" ? "int32 (bytes: tfjs has no uint8)" : dtype;
}

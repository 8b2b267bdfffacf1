import { nodeOf } from "../../../src/ir/node.js";
import { show } from "../../../src/types/show.js";
import type { Inputs, Program } from "../../program.js";
import { Identifiers, isIdentifier, key } from "./identifiers.js";
import type { EmitOptions } from "./options.js";

/** The comment at a module's head: what it is, and how it is used. */
export function usage(
  kind: "train" | "predict",
  { model, inputs = model!.inputs, target, metricNames = [] }: Partial<Program> & { readonly inputs?: Inputs },
  { name, source }: EmitOptions,
  startsFromSeed: boolean,
): string[] {
  const identifiers = new Identifiers([]);
  const named = Object.keys(inputs)
    .map((input) => identifiers.unique(input))
    .join(", ");
  const reported = ["loss", ...metricNames].map((metric) => (isIdentifier(metric) ? metric : `${key(metric)}: …`));
  const what = { train: `The training of \`${name}\``, predict: `The prediction of \`${name}\`` }[kind];
  const parts = { train: "one step as straight-line code", predict: "the model as straight-line code" }[kind];
  const shapes = Object.entries(inputs).map(
    ([input, node]) => `${input} ${nodeOf(node).dtype} ${show(nodeOf(node).shape)}`,
  );
  if (target) shapes.push(`target ${target.dtype} ${show(target.shape)}`);
  const use = {
    train: [
      `import { createState, trainStep } from "./${name}.train.js";`,
      "",
      `await tf.setBackend("wasm");`,
      `const state = createState(${startsFromSeed ? "{ seed: 0 }" : "{ weights }"});`,
      `const { ${reported.join(", ")} } = trainStep(state, ${named}, target);`,
    ],
    predict: [
      `import { createWeights, predict } from "./${name}.predict.js";`,
      "",
      `await tf.setBackend("wasm");`,
      "const weights = createWeights(numbers);",
      `const output = predict(weights, ${named});`,
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

import type { Model } from "../../../src/model.js";
import { compilePrediction } from "../../compilePrediction.js";
import { inputNodes, type Program } from "../../program.js";
import { functionText } from "./functionText.js";
import { helperNames } from "./helperNames.js";
import { Identifiers, key, property } from "./identifiers.js";
import { callStatement } from "./layout.js";
import { literal } from "./literals.js";
import { moduleText } from "./module.js";
import type { EmitOptions } from "./options.js";
import { variableProperties } from "./state.js";
import { writeStep } from "./step.js";
import { usage } from "./usage.js";

const topLevel = ["Weights", "createWeights", "predict", "tf"];

/**
 * Writes a model's prediction as a TypeScript module: the weights, and the model as straight-line code. It needs nothing but
 * tfjs-core and `shapewright/kernels`.
 *
 * @returns the module's text, the same for the same model
 */
export function emitPrediction(source: Model<any, any> | Program, options: EmitOptions): string {
  const model = "predict" in source ? source.model : source;
  // Who calls it says what the weights are: averages of them are none of its concern.
  const isOwn = "predict" in source && source.evaluatedAs.size === 0;
  const graph = isOwn ? source.predict : compilePrediction(model).call;
  const inputs = inputNodes(model.inputs);
  const state = "weights";
  const taken = [...topLevel, ...helperNames([graph])];
  const predict = writeStep(graph, {
    inputs,
    state,
    returns: "tensors",
    taken,
    functions: new Identifiers(taken),
    pass: "prediction",
  });
  const weights = [...model.variables].flatMap(([name, { attributes }]) => {
    const dtype = attributes.dtype === "float32" ? [] : [JSON.stringify(attributes.dtype)];
    const call = { helper: "tensor", arguments: [property("values", name), literal([...attributes.shape]), ...dtype] };
    return callStatement(`${key(name)}: `, call, "    ", ",");
  });
  // A model without variables has no weights to be called with.
  const isWeighted = model.variables.size > 0;
  return moduleText({
    head: usage("predict", inputs, Object.keys(graph.outputs), options, isWeighted ? "weights" : "nothing"),
    helpers: new Set([...predict.helpers, ...(isWeighted ? ["tensor"] : [])]),
    declare(file) {
      const call = functionText({
        documentation: ["The model's output for a batch. What it returns is the caller's to dispose."],
        name: "predict",
        ...predict,
        parameters: [...(isWeighted ? [`${predict.state}: Weights`] : []), ...predict.parameters],
        isExported: true,
      });
      if (isWeighted) {
        file.addInterface({
          name: "Weights",
          isExported: true,
          docs: ["The model's variables, by name."],
          properties: variableProperties(model.variables, true),
        });
      }
      const maker = functionText({
        documentation: ["Weights from their numbers, in row-major order, such as a session's `getWeight(name).data`."],
        name: "createWeights",
        parameters: ["values: Readonly<Record<keyof Weights, ArrayLike<number>>>"],
        returnType: "Weights",
        statements: ["  return {", ...weights, "  };"],
        isExported: true,
      });
      // ts-morph leaves no line before what is given as text.
      file.addStatements([(writer) => writer.newLine(), ...(isWeighted ? [maker] : []), ...predict.blocks, call]);
    },
  });
}

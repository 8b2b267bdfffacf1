import { ts } from "ts-morph";
import { noInput } from "../../../src/model.js";
import { wrongDataDType, wrongDataShape } from "../../data/data.js";
import { chainOf } from "../chain.js";
import { fix, replace } from "../edits.js";
import type { Fix } from "../finding.js";
import { calledName } from "../names.js";
import { madeBy, type Provenance, provenanceOf, sessionOf } from "../origins.js";
import { dataRank, shapeOf } from "../shapes.js";
import type { Site } from "../site.js";
import { explainInput } from "./inputs.js";
import { rule } from "./rule.js";
import { classNumbersFix, explainTarget, lossCall, oneHotFix, targetChains } from "./targets.js";

export const dataShape = rule({
  id: "data-shape",
  title: "The data does not fit the model",
  help: "Data has the model's shape, with a number in place of each name: [1000, 784] for [batch, 784]. The first axis counts samples, also of one.",
  message: wrongDataShape,
  explain: ({ input, wanted, shape }, site) =>
    input === "target" ? explainTarget(wanted, shape, site) : explainInput(input, wanted, shape, site),
});

export const dataDType = rule({
  id: "data-dtype",
  title: "The data has another dtype than the model",
  help: "Arrays of floats hold float32, arrays of integers int32. Class numbers are int32, pixels and one-hot rows float32.",
  message: wrongDataDType,
  explain({ input, first, second }, site) {
    if (input !== "target") {
      return {
        what: `The input "${input}" takes ${first}, but the data is ${second}.`,
        fix: typedArray(first, second, site),
        chains: [chainOf(site, site.argument, "the data")],
      };
    }
    const made = provenanceOf(site.checker, sessionOf(site.call));
    const loss = lossCall(made);
    return {
      what: `The loss${loss ? ` ${calledName(loss)}` : ""} takes ${first === "int32" ? "class numbers, int32" : `targets of ${first}`}, but these are ${second}.`,
      fix: (loss && lossForTargets(loss, made, site)) ?? typedArray(first, second, site),
      chains: targetChains(site, made),
    };
  },
});

/** One-hot rows for the sparse loss, or class numbers for the other one: not the dtype is wrong, but the loss. */
function lossForTargets(loss: ts.CallExpression, { output }: Provenance, { argument, checker }: Site): Fix | undefined {
  const rank = dataRank(checker, argument);
  const outputRank = output && shapeOf(checker, output)?.length;
  if (rank === undefined || outputRank === undefined) return undefined;
  if (calledName(loss) === "sparseCategoricalCrossentropy" && rank === outputRank) return oneHotFix(loss);
  return calledName(loss) === "categoricalCrossentropy" && rank === outputRank - 1 ? classNumbersFix(loss) : undefined;
}

function typedArray(wanted: string, given: string, site: Site): Fix {
  const right = wanted === "float32" ? "Float32Array" : "Int32Array";
  const words = `A ${right} holds ${wanted}${given === "int32" ? "; an Int32Array or Uint8Array does not" : ""}:`;
  let made: ts.Expression | undefined = site.argument;
  const array = madeBy(site.checker, made);
  if (array && calledName(array) === "array") made = array.arguments[0];
  const creation = made && newTypedArray(made, site);
  return creation ? fix(words, replace(creation.expression, right)) : fix(`${words} ${right}.from(…).`);
}

/** The `new Uint8Array(…)` behind data. */
function newTypedArray(value: ts.Expression, { checker }: Site): ts.NewExpression | undefined {
  const symbol = ts.isIdentifier(value) ? checker.getSymbolAtLocation(value) : undefined;
  const declaration = symbol?.valueDeclaration;
  const made = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : value;
  return made &&
    ts.isNewExpression(made) &&
    /^(Float(32|64)|Int(8|16|32)|Uint(8|8Clamped|16|32))Array$/.test(made.expression.getText())
    ? made
    : undefined;
}

export const unknownInput = rule({
  id: "input-name",
  title: "Data under a name that no input has",
  help: "Data is given under the names of the model's inputs: model({ image: … }) takes { image: data }.",
  message: noInput,
  explain: ({ input }) => ({
    what: `The model has no input named "${input}".`,
    fix: fix(`Leave "${input}" out, or add it to the model's inputs.`),
    chains: [],
  }),
});

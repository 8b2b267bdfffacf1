import { ts } from "ts-morph";
import { nearest } from "../../../src/ir/nearest.js";
import { noInput } from "../../../src/model.js";
import { bytesAsIntegers, noData, wrongDataDType, wrongDataShape } from "../../data/data.js";
import { noTarget, noWeights } from "../../data/model-data.js";
import { chainOf, dataChain } from "../chain.js";
import { fix, insertAfter, parseShape, replace, setOption } from "../edits.js";
import type { Fix } from "../finding.js";
import { calledName } from "../names.js";
import { inputOf, madeBy, type Provenance, provenanceOf, sessionOf } from "../origins.js";
import { type Part, partOf } from "../part.js";
import { propertyOf } from "../properties.js";
import { dataRank, isTensor, shapeOf } from "../shapes.js";
import type { Site } from "../site.js";
import { inputNamesOf, tensorByName } from "./applied.js";
import { explainInput } from "./inputs.js";
import { numbersOfTexts } from "./numbersOfTexts.js";
import { isOneNumber } from "./one-number.js";
import { type Explanation, rule } from "./rule.js";
import { classNumbersFix, explainTarget, judgedAs, oneHotFix, targetChains } from "./targets.js";

export const dataShape = rule({
  id: "data-shape",
  title: "The data does not fit the model",
  help: "Data has the model's shape, with a number in place of each name: [1000, 784] for [batch, 784]. The first axis counts samples, also of one.",
  message: wrongDataShape,
  explain({ input, wanted, shape }, site) {
    // Of that the rule one-number speaks.
    if (isOneNumber(site)) return undefined;
    const part = partNamed(input, site);
    if (part === "sampleWeight") return explainWeights(wanted, shape, site);
    return part === "target" ? explainTarget(input, wanted, shape, site) : explainInput(input, wanted, shape, site);
  },
});

export const dataDType = rule({
  id: "data-dtype",
  title: "The data has another dtype than the model",
  help: "Arrays of floats hold float32, arrays of integers int32. Class numbers are int32, pixels and one-hot rows float32, or uint8 where the model takes bytes.",
  message: wrongDataDType,
  explain({ input, first, second }, site) {
    const part = partNamed(input, site);
    if (part !== "target" || second === "text") {
      return {
        what: `${subject(input, part)} ${part === "sampleWeight" ? "take" : "takes"} ${first}, but the data is ${second}.`,
        fix: second === "text" ? fix(numbersOfTexts) : typedArray(input, first, second, site),
        chains: second === "text" ? [] : [chainOf(site, site.argument, "the data")],
      };
    }
    const made = judgedAs(input, site);
    const { loss } = made;
    return {
      what: `The loss${loss ? ` ${calledName(loss)}` : ""} takes ${first === "int32" ? "class numbers, int32" : `targets of ${first}`}, but these are ${second}.`,
      fix: (loss && lossForTargets(loss, made, site)) ?? typedArray(input, first, second, site),
      chains: targetChains(site, made),
    };
  },
});

export const bytesDType = rule({
  id: "bytes-dtype",
  title: "Bytes that are given as int32",
  help: 'Integers are taken as int32, bytes too, unless array is told: array(data, shape, "uint8").',
  message: bytesAsIntegers,
  explain({ input }, site) {
    const made = madeBy(site.checker, site.argument);
    const shape = made && calledName(made) === "array" && made.arguments.length === 2 ? made.arguments[1] : undefined;
    return {
      what: `${subject(input, partNamed(input, site))} takes uint8, but the data is int32.`,
      fix: shape
        ? fix("Say that they are bytes:", insertAfter(shape, ', "uint8"'))
        : fix('Bytes are made uint8 by array(data, shape, "uint8"), or are in nested arrays.'),
      chains: [chainOf(site, site.argument, "the data")],
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

function typedArray(input: string, wanted: string, given: string, site: Site): Fix {
  if (wanted === "bool")
    return fix('Numbers 0 and 1 are made bool by array(data, shape, "bool"); true and false are in nested arrays.');
  if (wanted === "uint8") return fix('Bytes are made uint8 by array(data, shape, "uint8"), or are in nested arrays.');
  if (given === "uint8" && wanted === "float32" && /Batches$/.test(calledName(site.call))) return ofBytes(input, site);
  const right = wanted === "float32" ? "Float32Array" : "Int32Array";
  const words = `${wanted === "float32" ? "A" : "An"} ${right} holds ${wanted}${given.startsWith("int32") ? "; an Int32Array or Uint8Array does not" : ""}:`;
  let made: ts.Expression | undefined = site.argument;
  const array = madeBy(site.checker, made);
  if (array && calledName(array) === "array") made = array.arguments[0];
  const creation = made && newTypedArray(made, site);
  return creation ? fix(words, replace(creation.expression, right)) : fix(`${words} ${right}.from(…).`);
}

/** Pixels of a source, which comes of files: the model takes them as they are. */
function ofBytes(name: string, { call, checker }: Site): Fix {
  const declared = inputOf(checker, call, name);
  const shape = declared && ts.isCallExpression(declared) && declared.arguments.length === 1 && declared.arguments[0];
  return fix(
    "Take the bytes as they are; rescaling or cast makes numbers of them, in the model:",
    shape ? insertAfter(shape, ', "uint8"') : [],
  );
}

/** The `new Uint8Array(…)` behind data. */
function newTypedArray(value: ts.Expression, { checker }: Site): ts.NewExpression | undefined {
  const symbol = ts.isIdentifier(value) ? checker.getSymbolAtLocation(value) : undefined;
  const declaration = symbol?.valueDeclaration;
  const made = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : value;
  return made &&
    ts.isNewExpression(made) &&
    /^(Float(32|64)|Int(8|16|32)|Uint(8|8Clamped|16|32)|Big(Int|Uint)64)Array$/.test(made.expression.getText())
    ? made
    : undefined;
}

/** Whose data it is, by its place; else by the name that the message has. */
function partNamed(name: string, site: Site): Part {
  const named = name.startsWith("sampleWeight") ? "sampleWeight" : name === "target" ? "target" : "input";
  const isOutput =
    named === "input" && !inputOf(site.checker, site.call, name) && judgedAs(name, site).loss !== undefined;
  return partOf(site) ?? (isOutput ? "target" : named);
}

function subject(name: string, part: Part): string {
  if (part === "sampleWeight") return `The weights${name.includes(".") ? ` of "${name.split(".")[1]}"` : ""}`;
  return name === "target" ? "The target" : `The ${part} "${name}"`;
}

/** Weights of another shape than the program was compiled for. */
function explainWeights(wanted: string, given: string, site: Site): Explanation {
  const [a, b] = [parseShape(wanted), parseShape(given)];
  const words =
    a?.length === 1 && (b?.length ?? 0) > 1
      ? 'Give one number for each sample, in a list; for one in each place of the target, compile with sampleWeight: "places".'
      : `Give the weights as ${wanted}, the first axis counting samples.`;
  return {
    what: `The weights of samples are ${wanted}, but these are ${given}.`,
    fix: fix(words),
    chains: [dataChain(site, "the weights", given)],
  };
}

export const notData = rule({
  id: "data-kind",
  title: "What is no data",
  help: "Data is given as array(values, shape), as nested arrays of numbers, as a typed array, or as a tfjs tensor.",
  message: noData,
  explain: ({ input }, site) =>
    ofStep(site) ?? {
      what: `${subject(input, partNamed(input, site))} can't be read from this.`,
      fix: fix("Give numbers: array(values, shape), nested arrays, or a tensor of tfjs. Files are decoded first."),
      chains: [],
    },
});

/** A step's batch as fit takes its data: trainStep({ image }). */
function ofStep({ argument, call }: Site): Explanation | undefined {
  const found = propertyOf(argument);
  const name = found?.property.name?.getText();
  if (!/^(train|evaluate)Step$/.test(calledName(call)) || found?.object !== call.arguments[0]) return undefined;
  if (!found || name === undefined || /^(inputs|target|sampleWeight)$/.test(name)) return undefined;
  const meant =
    nearest(name, ["inputs", "target", "sampleWeight"]) ?? (/^(labels?|y)$/.test(name) ? "target" : undefined);
  return {
    what: `${calledName(call)} takes a batch, { inputs, target }, but "${name}" is given beside these.`,
    fix: meant
      ? fix(
          `It is called ${meant}:`,
          replace(found.property.name!, ts.isShorthandPropertyAssignment(found.property) ? `${meant}: ${name}` : meant),
        )
      : fix(`Inputs stand within inputs: { inputs: { ${name}: … }, target: … }.`),
    chains: [],
  };
}

export const unweighted = rule({
  id: "no-weights",
  title: "Weights for a program that takes none",
  help: "Weights of samples are part of the compiled step, so compile() is told of them: one for each sample, or for each place of the targets.",
  message: noWeights,
  explain(_, site) {
    const { compile } = provenanceOf(site.checker, sessionOf(site.call));
    const options = compile?.arguments[1];
    const edits =
      options && ts.isObjectLiteralExpression(options) ? [setOption(options, "sampleWeight", '"samples"')] : [];
    return {
      what: "The program was compiled without weights of samples.",
      fix: fix("Compile it with them:", ...edits),
      chains: [],
    };
  },
});

export const unknownTarget = rule({
  id: "target-name",
  title: "Data under a name that no output has",
  help: "Targets and weights are given under the names of the outputs that have a loss.",
  message: noTarget,
  explain: ({ name }) => ({
    what: `No output with a loss is named "${name}".`,
    fix: fix(`Leave "${name}" out, or give compile() a loss for it.`),
    chains: [],
  }),
});

export const unknownInput = rule({
  id: "input-name",
  title: "Data under a name that no input has",
  help: "Data is given under the names of the model's inputs: model({ image: … }) takes { image: data }.",
  message: noInput,
  explain({ input }, { argument, call, checker }) {
    const byName = isTensor(checker, argument) && argument === call.arguments[0];
    if (byName) return tensorByName(argument, inputNamesOf(checker, madeBy(checker, call.expression)?.arguments[0]));
    return {
      what: `The model has no input named "${input}".`,
      fix: fix(`Leave "${input}" out, or add it to the model's inputs.`),
      chains: [],
    };
  },
});

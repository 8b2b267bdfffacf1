import { ts } from "ts-morph";
import type { Dim } from "../../../src/types/dim.js";
import { dataChain } from "../chain.js";
import { fix, insertBefore, parseShape, replace, shapeAsCode, wrap } from "../edits.js";
import type { Chain, Fix } from "../finding.js";
import { inputOf } from "../origins.js";
import { shapeLiteral } from "../shape-literal.js";
import { describe } from "../shapes.js";
import type { Site } from "../site.js";
import type { Explanation } from "./rule.js";

type Sizes = readonly (Dim | undefined)[];

/** Data of another shape than the input it is given for. */
export function explainInput(name: string, wantedText: string, givenText: string, site: Site): Explanation {
  const given = parseShape(givenText) ?? [];
  return {
    what: `The input "${name}" takes ${wantedText}, but the data is ${givenText}.`,
    fix: inputFix(name, wantedText, given, site),
    chains: inputChains(name, site, givenText),
  };
}

/** The model's input, and the data. */
function inputChains(name: string, site: Site, given: string): Chain[] {
  const model = inputOf(site.checker, site.call, name);
  const declared = model && describe(site.checker, model);
  const chains = [dataChain(site, "the data", given)];
  return model && declared
    ? [{ of: "the model", steps: [{ name: `${name} = ${model.getText()}`, shape: declared }] }, ...chains]
    : chains;
}

function inputFix(name: string, wantedText: string, given: Sizes, site: Site): Fix {
  const { argument, call, checker } = site;
  const wanted = parseShape(wantedText) ?? [];
  const data = shapeLiteral(checker, argument, ["array"]);
  const model = inputOf(checker, call, name);
  const declared = model && shapeLiteral(checker, model, ["input"]);
  const sample = wanted.slice(1);
  if (same(sample, given)) {
    const words = "This is one sample. Data is a batch of samples, be it of one:";
    if (data) return fix(words, insertBefore(data.elements[0] ?? data, "1, "));
    return fix(words, ts.isArrayLiteralExpression(argument) ? replace(argument, `[${argument.getText()}]`) : []);
  }
  const rows = wanted.length === 2 && given.length === 1;
  if (rows && ts.isArrayLiteralExpression(argument)) {
    return fix(
      "A single list is no batch. Give a list of samples, each a list:",
      replace(argument, `[${argument.getText()}]`),
    );
  }
  if (channelsFirst(wanted, given)) {
    return fix(
      `The data has its channels first, [samples, channels, height, width]. Take it in like this, and transpose(${name}, [0, 2, 3, 1]) in the model.`,
    );
  }
  if (elements(sample) === elements(given.slice(1)) && elements(sample) !== undefined) {
    const shape = shapeAsCode([given[0], ...sample]);
    return fix(
      "The same numbers, as the model takes them:",
      data ? replace(data, shape) : wrap(argument, "array", shape),
    );
  }
  if (wanted.length === given.length && declared) {
    const shape = shapeAsCode([wanted[0], ...given.slice(1)]);
    return fix(`If the data is right, the model takes ${shape}:`, replace(declared, shape));
  }
  if (
    given.length < wanted.length &&
    given[0] !== undefined &&
    typeof given[0] === "number" &&
    wanted[1] === given[0] &&
    declared
  ) {
    const shape = shapeAsCode([wanted[0], ...given.slice(1)]);
    return fix(
      `The number of samples is no size of a sample: "${wanted[0]}" stands for it. So the model takes ${shape}:`,
      replace(declared, shape),
    );
  }
  return fix(`Give the data as ${wantedText}, the first axis counting samples.`);
}

function channelsFirst(wanted: Sizes, given: Sizes): boolean {
  if (wanted.length !== 4 || given.length !== 4) return false;
  return same([given[2], given[3], given[1]], wanted.slice(1)) && given[1] !== wanted[1];
}

function same(a: Sizes, b: Sizes): boolean {
  return a.length === b.length && a.every((dim, axis) => dim === b[axis]);
}

function elements(shape: Sizes): number | undefined {
  if (!shape.every((dim) => typeof dim === "number")) return undefined;
  return (shape as readonly number[]).reduce((product, dim) => product * dim, 1);
}

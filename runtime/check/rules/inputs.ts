import { ts } from "ts-morph";
import type { Dim } from "../../../src/types/dim.js";
import { dataChain } from "../chain.js";
import { fix, insertBefore, parseShape, replace, shapeAsCode } from "../edits.js";
import type { Chain, Fix } from "../finding.js";
import { imported, localName } from "../imports.js";
import { inputOf } from "../origins.js";
import { shapeLiteral } from "../shape-literal.js";
import { describe, isTypedArray } from "../shapes.js";
import type { Site } from "../site.js";
import type { Explanation } from "./rule.js";

type Sizes = readonly (Dim | undefined)[];

/** Data that does not fit its input. */
interface Misfit {
  readonly name: string;
  /** The input's shape. */
  readonly wanted: Sizes;
  /** The data's. */
  readonly given: Sizes;
  /** The shapes as they are written in the code, where they are. */
  readonly declared: ts.ArrayLiteralExpression | undefined;
  readonly data: ts.ArrayLiteralExpression | undefined;
  readonly argument: ts.Expression;
  /** Whether it is a typed array, which has no shape. */
  readonly isTyped: boolean;
}

/** Data of another shape than the input it is given for. */
export function explainInput(name: string, wanted: string, given: string, site: Site): Explanation {
  const { argument, call, checker } = site;
  const model = inputOf(checker, call, name);
  const misfit: Misfit = {
    name,
    wanted: parseShape(wanted) ?? [],
    given: parseShape(given) ?? [],
    declared: model && shapeLiteral(checker, model, ["input"]),
    data: shapeLiteral(checker, argument, ["array"]),
    argument,
    isTyped: given === "[?]" && isTypedArray(checker, argument),
  };
  const found = fixes.map((attempt) => attempt(misfit)).find((fix) => fix !== undefined);
  return {
    what: `The input "${name}" takes ${wanted}, but the data is ${given === "[?]" ? "one number for each sample" : given}.`,
    fix: found ?? fix(`Give the data as ${wanted}, the first axis counting samples.`),
    chains: [...inputChain(name, model, site), dataChain(site, "the data", given)],
  };
}

function inputChain(name: string, model: ts.Expression | undefined, { checker }: Site): Chain[] {
  const shape = model && describe(checker, model);
  if (!model || shape === undefined) return [];
  return [{ label: "the model's input", steps: [{ name: `${name} = ${model.getText()}`, shape }] }];
}

/** What people mean; the first that fits is taken. */
const fixes: readonly ((misfit: Misfit) => Fix | undefined)[] = [
  oneSample,
  typedArray,
  plainList,
  channelsInFront,
  sameNumbers,
  otherSizes,
];

/** [28, 28, 1] for [batch, 28, 28, 1]. */
function oneSample({ wanted, given, data, argument }: Misfit): Fix | undefined {
  if (!same(wanted.slice(1), given)) return undefined;
  const words = "This is one sample. Data is a batch of samples, be it of one:";
  if (data) return fix(words, insertBefore(data.elements[0] ?? data, "1, "));
  return fix(words, ts.isArrayLiteralExpression(argument) ? inList(argument) : []);
}

/** A typed array, whose numbers may be of any shape. */
function typedArray({ wanted, argument, isTyped }: Misfit): Fix | undefined {
  const size = elements(wanted.slice(1));
  if (!isTyped || !ts.isIdentifier(argument) || size === undefined) return undefined;
  const file = argument.getSourceFile();
  const count = `${argument.text}.length${size === 1 ? "" : ` / ${size}`}`;
  const shaped = `${localName(file, "array")}(${argument.text}, [${[count, ...wanted.slice(1)].join(", ")}])`;
  const name = ts.isShorthandPropertyAssignment(argument.parent) ? `${argument.text}: ` : "";
  return fix("Give the numbers their shape:", replace(argument, name + shaped), ...imported(file, "array"));
}

/** [1, 2] for [batch, 784]. */
function plainList({ wanted, given, argument }: Misfit): Fix | undefined {
  if (wanted.length !== 2 || given.length !== 1 || !ts.isArrayLiteralExpression(argument)) return undefined;
  return fix("A single list is no batch. Give a list of samples, each a list:", inList(argument));
}

/** [100, 3, 32, 32] for [batch, 32, 32, 3]. */
function channelsInFront({ name, wanted, given }: Misfit): Fix | undefined {
  if (wanted.length !== 4 || given.length !== 4 || given[1] === wanted[1]) return undefined;
  if (!same([given[2], given[3], given[1]], wanted.slice(1))) return undefined;
  const shape = shapeAsCode([wanted[0], ...given.slice(1)]);
  return fix(`The data has its channels in front. Take it as input(${shape}), and transpose(${name}, [0, 2, 3, 1]).`);
}

/** [32, 784] for [batch, 28, 28, 1]. */
function sameNumbers({ wanted, given, data }: Misfit): Fix | undefined {
  const sample = wanted.slice(1);
  if (given[0] === undefined || elements(sample) === undefined || elements(sample) !== elements(given.slice(1))) {
    return undefined;
  }
  const shape = shapeAsCode([given[0], ...sample]);
  if (data) return fix("The same numbers, as the model takes them:", replace(data, shape));
  return fix(`Give the same numbers as the model takes them: array(…, ${shape}).`);
}

/** [1, 14] for [batch, 12]. */
function otherSizes({ wanted, given, declared }: Misfit): Fix | undefined {
  if (wanted.length !== given.length || !declared) return undefined;
  const shape = shapeAsCode([wanted[0], ...given.slice(1)]);
  const channels = wanted.length === 4 && same(wanted.slice(1, 3), given.slice(1, 3));
  const right = channels ? `If the images are right, with ${given[3]} channels each` : "If the data is right";
  return fix(`${right}, the model takes ${shape}:`, replace(declared, shape));
}

function inList(list: ts.Expression) {
  return replace(list, `[${list.getText()}]`);
}

function same(a: Sizes, b: Sizes): boolean {
  return a.length === b.length && a.every((dim, axis) => dim === b[axis]);
}

function elements(shape: Sizes): number | undefined {
  return shape.reduce<number | undefined>(
    (product, dim) => (product !== undefined && typeof dim === "number" ? product * dim : undefined),
    1,
  );
}

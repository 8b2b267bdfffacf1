import { ts } from "ts-morph";
import type { Dim } from "../../../src/types/dim.js";
import { chainOf, dataChain } from "../chain.js";
import { fix, insertAfter, option, parseShape, replace, shapeAsCode, wrap } from "../edits.js";
import type { Chain, Fix } from "../finding.js";
import { calledName } from "../names.js";
import { type Provenance, provenanceOf, sessionOf } from "../origins.js";
import { shapeLiteral } from "../shape-literal.js";
import { describe, shapeOf } from "../shapes.js";
import type { Site } from "../site.js";
import { flattenFix, poolingFix } from "./flattenFix.js";
import { otherLoss } from "./otherLoss.js";
import type { Explanation } from "./rule.js";
import { unitsOf } from "./units.js";

type Sizes = readonly (Dim | undefined)[];

/** Targets that do not fit a model's output and its loss. */
interface Misfit {
  /** The targets' shape, as the loss takes them. */
  readonly wanted: Sizes;
  /** As they are given. */
  readonly given: Sizes;
  readonly made: Judged;
  readonly site: Site;
}

/** What was made for a session, with the one output that a target is for, and its loss. */
export interface Judged extends Provenance {
  readonly loss?: ts.CallExpression;
}

/** What a target is compared with, by its name; a single one is named "target". */
export function judgedAs(name: string, { call, checker }: Site): Judged {
  const { output, ...made } = provenanceOf(checker, sessionOf(call));
  const loss = option(made.compile?.arguments[1], "loss");
  const [ownLoss, ownOutput] = [loss, output].map((given) =>
    given && ts.isObjectLiteralExpression(given) ? option(given, name) : given,
  );
  return {
    ...made,
    ...(ownOutput && { output: ownOutput }),
    ...(ownLoss && ts.isCallExpression(ownLoss) && { loss: ownLoss }),
  };
}

/** Targets of another shape than the loss compares the model's output with. */
export function explainTarget(name: string, wanted: string, given: string, site: Site): Explanation {
  const made = judgedAs(name, site);
  const misfit: Misfit = { wanted: parseShape(wanted) ?? [], given: parseShape(given) ?? [], made, site };
  const [found, ...others] = fixes.flatMap((attempt) => attempt(misfit) ?? []);
  const { loss } = made;
  const takes = `the loss${loss ? ` ${calledName(loss)}` : ""} takes targets ${wanted}`;
  const output = made.output && describe(site.checker, made.output);
  const gives = name === "target" ? `The model gives ${output}` : `The output "${name}" is ${output}`;
  const are = given === "[?]" ? "one number for each sample" : given;
  return {
    what: `${output ? `${gives}, so ${takes}` : takes.replace("the", "The")}, but they are ${are}.`,
    fix: found ?? fix(`Give the targets as ${wanted}, or let the model end with what the targets are.`),
    ...(others.length > 0 && { others }),
    chains: targetChains(site, made, given),
  };
}

/** The model's output, and the targets. */
export function targetChains(site: Site, { output }: Provenance, given?: string): Chain[] {
  const targets = dataChain(site, "the targets", given);
  return output ? [chainOf(site, output, "the model's output"), targets] : [targets];
}

/** One-hot rows were given to the sparse loss. */
export function oneHotFix(loss: ts.CallExpression): Fix {
  return otherLoss("These are one-hot rows, which the loss without “sparse” takes:", "categoricalCrossentropy", loss);
}

/** Class numbers were given to the loss that takes rows. */
export function classNumbersFix(loss: ts.CallExpression): Fix {
  return otherLoss("These are class numbers, which the sparse loss takes:", "sparseCategoricalCrossentropy", loss);
}

/** What people mean; the first that fits is taken. */
const fixes: readonly ((misfit: Misfit) => Fix | undefined)[] = [
  unflattened,
  unpooled,
  column,
  oneHotRows,
  list,
  classNumbers,
  otherClasses,
];

/** Class numbers for [batch, 28]: the model's output has kept an axis of the image. */
function unflattened({ wanted, given, made, site }: Misfit): Fix | undefined {
  return made.output && wanted.length > given.length ? flattenFix(site, made.output) : undefined;
}

/** The same, of an image of which no place matters. */
function unpooled({ wanted, given, made, site }: Misfit): Fix | undefined {
  return made.output && wanted.length > given.length ? poolingFix(site, made.output) : undefined;
}

/** [3, 1] for [batch]. */
function column({ wanted, given, site: { argument, checker } }: Misfit): Fix | undefined {
  if (given.length !== wanted.length + 1 || given.at(-1) !== 1) return undefined;
  const shape = shapeAsCode(given.slice(0, -1));
  const data = shapeLiteral(checker, argument, ["array"]);
  if (data) return fix("Class numbers stand in a list, not in a column:", replace(data, shape));
  return fix(`Class numbers stand in a list, not in a column: array(…, ${shape}).`);
}

/** [100, 10] for [batch], where the output is [batch, 10]. */
function oneHotRows({ wanted, given, made, site }: Misfit): Fix | undefined {
  const output = made.output && shapeOf(site.checker, made.output);
  const { loss } = made;
  const rows = output && given.length === output.length && given.at(-1) === output.at(-1);
  return loss && rows && given.length === wanted.length + 1 ? oneHotFix(loss) : undefined;
}

/** [100] for [batch, 1]. */
function list({ wanted, given, site: { argument, call, checker } }: Misfit): Fix | undefined {
  if (given.length !== wanted.length - 1 || wanted.at(-1) !== 1) return undefined;
  if (/Batches$/.test(calledName(call))) return fix("Put each number in a list of its own: target: [value].");
  const words = "One number for each sample is a column:";
  if (checker.isArrayLikeType(checker.getTypeAtLocation(argument)) && ts.isLeftHandSideExpression(argument))
    return fix(words, insertAfter(argument, ".map((value) => [value])"));
  if (!ts.isIdentifier(argument)) return fix(`${words} array(…, [${given[0] ?? "count"}, 1]).`);
  return fix(words, wrap(argument, "array", `[${given[0] ?? `${argument.text}.length`}, 1]`));
}

/** [100] for [batch, 10]. */
function classNumbers({ wanted, given, made }: Misfit): Fix | undefined {
  const { loss } = made;
  const dense = loss && calledName(loss) === "categoricalCrossentropy";
  return dense && given.length === wanted.length - 1 ? classNumbersFix(loss) : undefined;
}

/** [100, 11] for [batch, 10]. */
function otherClasses({ wanted, given, made, site: { checker } }: Misfit): Fix | undefined {
  const size = given.at(-1);
  if (given.length !== wanted.length || !made.output || typeof size !== "number") return undefined;
  const units = unitsOf(checker, made.output, String(wanted.at(-1)));
  return units && fix(`If the targets are right, the last layer has ${size} units:`, replace(units, String(size)));
}

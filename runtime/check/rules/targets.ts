import { ts } from "ts-morph";
import type { Dim } from "../../../src/types/dim.js";
import { chainOf, dataChain } from "../chain.js";
import { fix, imported, option, parseShape, replace, shapeAsCode, wrap } from "../edits.js";
import type { Chain, Edit, Fix } from "../finding.js";
import { calledName } from "../names.js";
import { type Provenance, provenanceOf, sessionOf } from "../origins.js";
import { shapeLiteral } from "../shape-literal.js";
import { shapeOf } from "../shapes.js";
import type { Site } from "../site.js";
import { denseOn } from "./first-dense.js";
import type { Explanation } from "./rule.js";

type Sizes = readonly (Dim | undefined)[];

/** Targets of another shape than the loss compares the model's output with. */
export function explainTarget(wantedText: string, givenText: string, site: Site): Explanation {
  const made = provenanceOf(site.checker, sessionOf(site.call));
  const loss = lossName(made);
  return {
    what: `${loss ? `The loss ${loss}` : "The loss"} takes targets ${wantedText} for this model's output, but they are ${givenText}.`,
    fix: targetFix(wantedText, parseShape(givenText) ?? [], made, site),
    chains: targetChains(site, made, givenText),
  };
}

/** The model's output, and the targets. */
export function targetChains(site: Site, { output }: Provenance, given?: string): Chain[] {
  const targets = dataChain(site, "the targets", given);
  return output ? [chainOf(site, output, "the model's output"), targets] : [targets];
}

/** The loss's call in `compile(model, { loss: … })`. */
export function lossCall({ compile }: Provenance): ts.CallExpression | undefined {
  const loss = option(compile?.arguments[1], "loss");
  return loss && ts.isCallExpression(loss) ? loss : undefined;
}

export function lossName(made: Provenance): string | undefined {
  const call = lossCall(made);
  return call && calledName(call);
}

/** Another loss with the same options. */
export function otherLoss(call: ts.CallExpression, name: string): Edit[] {
  return [replace(call.expression, name), ...imported(call.getSourceFile(), name)];
}

function targetFix(wantedText: string, given: Sizes, made: Provenance, site: Site): Fix {
  const { argument, checker } = site;
  const wanted = parseShape(wantedText) ?? [];
  const output = made.output && shapeOf(checker, made.output);
  const call = lossCall(made);
  const data = shapeLiteral(checker, argument, ["array"]);
  const unflattened = made.output && wanted.length > given.length && denseOn(site, made.output);
  if (unflattened) {
    const { words, edits } = unflattened;
    return fix(words, edits);
  }
  const column = given.length === wanted.length + 1 && given.at(-1) === 1;
  if (column) {
    const shape = shapeAsCode(given.slice(0, -1));
    return fix(
      "Class numbers stand in a list, not in a column:",
      data ? replace(data, shape) : wrap(argument, "array", shape),
    );
  }
  if (
    call &&
    output &&
    given.length === output.length &&
    given.at(-1) === output.at(-1) &&
    given.length === wanted.length + 1
  ) {
    return fix(
      "These are one-hot rows, which the loss without “sparse” takes:",
      otherLoss(call, "categoricalCrossentropy"),
    );
  }
  if (given.length === wanted.length - 1 && wanted.at(-1) === 1) {
    const count = given[0] ?? `${argument.getText()}.length`;
    return fix("One number for each sample, so a column:", wrap(argument, "array", `[${count}, 1]`));
  }
  if (call && calledName(call) === "categoricalCrossentropy" && given.length === wanted.length - 1) {
    return fix(
      "These are class numbers, which the sparse loss takes:",
      otherLoss(call, "sparseCategoricalCrossentropy"),
    );
  }
  const units = given.length === wanted.length && made.output ? lastUnits(made.output, wanted.at(-1)) : undefined;
  if (units && typeof given.at(-1) === "number") {
    return fix(
      `If the targets are right, the last layer has ${given.at(-1)} units:`,
      replace(units, String(given.at(-1))),
    );
  }
  return fix(`Give the targets as ${wantedText}, or let the model end with what the targets are.`);
}

/** The `units` of the layer that the model ends with. */
function lastUnits(output: ts.Expression, size: Dim | undefined): ts.Expression | undefined {
  let call: ts.Expression | undefined = output;
  if (ts.isCallExpression(call) && calledName(call) === "sequential") call = call.arguments.at(-1);
  if (!call || !ts.isCallExpression(call) || calledName(call) !== "dense") return undefined;
  const units = option(call.arguments.at(-1), "units");
  return units?.getText() === String(size) ? units : undefined;
}

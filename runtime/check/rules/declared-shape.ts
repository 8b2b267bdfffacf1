import { fix, replace } from "../edits.js";
import type { Fix } from "../finding.js";
import { calledName } from "../names.js";
import { isOptions, propertyOf, wantedAt } from "../properties.js";
import {
  dtypeOf,
  dtypeOfType,
  type KnownShape,
  shapeOf,
  shapeOfType,
  shownShape,
  shownShapeOfType,
  wantedShape,
} from "../shapes.js";
import type { Site } from "../site.js";
import { castFix } from "./castFix.js";
import type { DeclaredRule } from "./declared-rule.js";
import { unitsOf } from "./units.js";

/** TypeScript's codes for a value that is not assignable: to a parameter, to a property, to any overload. */
const notAssignable = [2345, 2322, 2769];

export const declaredShape: DeclaredRule = {
  id: "declared-shape",
  title: "A tensor of another shape than the function takes",
  help: 'A function whose parameter is Tensor<["batch", 64]> takes that shape and dtype only.',
  explain({ code }, site) {
    const { argument, call, checker } = site;
    const wanted = notAssignable.includes(code) ? wantedAt(checker, argument) : undefined;
    const takenDType = wanted && dtypeOfType(checker, wanted, argument);
    if (!wanted || takenDType === undefined) return undefined;
    const property = propertyOf(argument);
    const isOption = property && call.arguments.includes(property.object) && isOptions(checker, property.object);
    const op = isOption ? `${property.property.name?.getText()} of ${calledName(call)}` : calledName(call);
    const dtype = dtypeOf(checker, argument);
    if (dtype !== undefined && dtype !== takenDType) {
      const what = `${op} takes ${takenDType}, but this is ${dtype}.`;
      return { what, fix: castFix([argument], takenDType, `Cast it to ${takenDType}:`, site) };
    }
    const given = shapeOf(checker, argument);
    const taken = shapeOfType(checker, wanted, argument);
    const found = shownShape(checker, argument);
    if (!given || (taken && found === shownShapeOfType(checker, wanted, argument))) return undefined;
    if (taken) {
      const shown = wantedShape(checker, wanted, argument)!;
      return {
        what: `${op} takes ${shown}, but this is ${found}.`,
        fix: isOption ? fix(`Give it ${shown}.`) : shapeFix(taken, given, shown, site),
      };
    }
    // A parameter such as Tensor<[...B, K]>, with an axis that a scalar does not have.
    if (given.length > 0) return undefined;
    return {
      what: `${op} takes a tensor with an axis, but this is a scalar.`,
      fix: fix("Give it axes: to scale by a number, use multiply()."),
    };
  },
};

function shapeFix(taken: KnownShape, given: KnownShape, shown: string, { argument, checker }: Site): Fix {
  const width = taken.at(-1);
  const units = taken.length === given.length ? unitsOf(checker, argument, String(given.at(-1))) : undefined;
  if (units && typeof width === "number") return fix(`Give that layer ${width} units:`, replace(units, String(width)));
  return fix(`Make it ${shown}, or let the function take other shapes.`);
}

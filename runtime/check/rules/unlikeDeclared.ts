import type { ts } from "ts-morph";
import { chainOf } from "../chain.js";
import { fix, replace } from "../edits.js";
import type { Fix } from "../finding.js";
import type { Reading } from "../reading.js";
import {
  dtypeOf,
  dtypeOfType,
  isTensor,
  shapeOf,
  shapeOfType,
  shownShape,
  shownShapeOfType,
  wantedShape,
} from "../shapes.js";
import { castFix } from "./castFix.js";
import type { Explanation } from "./rule.js";
import { unitsOf } from "./units.js";

/**
 * A tensor that is not what is declared where it goes to: both as text, and what to write where one of the two is the mistake of one number
 * or one dtype. Undefined where it is no tensor, or what differs is not said by shape and dtype.
 */
export function unlikeDeclared(
  value: ts.Expression,
  wanted: ts.Type,
  reading: Reading,
):
  | {
      readonly wanted: string;
      readonly given: string;
      readonly fixes: readonly Fix[];
      readonly chains: Explanation["chains"];
    }
  | undefined {
  const { checker } = reading;
  if (!isTensor(checker, value)) return undefined;
  const chains = [chainOf(reading, value)];
  const [taken, given] = [dtypeOfType(checker, wanted, value), dtypeOf(checker, value)];
  if (taken !== undefined && given !== undefined && taken !== given)
    return { wanted: taken, given, fixes: [castFix([value], taken, `Cast it to ${taken}:`, reading)], chains };
  const [declared, shown] = [shownShapeOfType(checker, wanted, value), shownShape(checker, value)];
  if (declared === undefined || shown === undefined || declared === shown) return undefined;
  return {
    wanted: wantedShape(checker, wanted, value) ?? declared,
    given: shown,
    fixes: unitsFix(value, wanted, reading),
    chains,
  };
}

/** Another number of units, where the last sizes alone differ. */
function unitsFix(value: ts.Expression, wanted: ts.Type, { checker }: Reading): Fix[] {
  const [sizes, given] = [shapeOfType(checker, wanted, value), shapeOf(checker, value)];
  const width = sizes?.at(-1);
  if (typeof width !== "number" || sizes!.length !== given?.length) return [];
  if (sizes!.some((size, axis) => axis < given.length - 1 && size !== given[axis])) return [];
  const units = unitsOf(checker, value, String(given.at(-1)));
  return units ? [fix(`Give that layer ${width} units:`, replace(units, String(width)))] : [];
}

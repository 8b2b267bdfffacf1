import { array } from "../src/ir/array.js";
import { showName } from "../src/ir/checkName.js";
import { ShapewrightError } from "../src/ir/errors.js";
import { inWords } from "../src/ir/inWords.js";
import type { Node } from "../src/ir/node.js";
import type { Loss, TargetSignature } from "../src/losses/loss.js";
import { builder as b } from "../src/ops/builder.js";
import { show } from "../src/types/show.js";

/** How much each class counts in training: a number for each class number. Those that have none count 1. */
export type ClassWeight = Readonly<Record<number, number>> | readonly number[];

/** What is weighted by the class of its targets. */
interface Weighed {
  readonly loss: Loss;
  readonly target: Node;
  readonly signature: TargetSignature;
  readonly values: Node;
}

/**
 * Class weights as a table, from class 0 on.
 *
 * @param where the option, as a message names it
 * @throws SW_VALUE when they are none, are of no class, or the targets have no classes
 */
export function classTable(
  where: string,
  given: unknown,
  { loss, target, signature, values }: Weighed,
): readonly number[] {
  const refused = (fault: string) => new ShapewrightError("SW_VALUE", `compile: ${where} ${fault}`, "compile");
  if (typeof given !== "object" || given === null) {
    throw refused(`is ${inWords(given)}, but must be a record of numbers by class, such as { 0: 1, 1: 5 }`);
  }
  const entries = Object.entries(given as Readonly<Record<string, unknown>>);
  const classes = signature.classes ?? classesOfRow(target);
  const many = loss.activation === "sigmoid" && classesOfRow(target) !== undefined;
  if (many || values.rank < classRank(target) || values.shape[0] !== target.shape[0]) {
    throw refused(
      `weighs values by the class of each, but ${showName(loss.name)} has none for targets ${show(target.shape)}`,
    );
  }
  const table: number[] = [];
  for (const [key, weight] of entries) {
    if (!/^\d{1,7}$/.test(key)) throw refused(`has a weight for ${inWords(key)}, which is no class number`);
    const number = Number(key);
    if (classes !== undefined && number >= classes) {
      throw refused(`has a weight for class ${number}, but there are classes 0 to ${classes - 1}`);
    }
    if (typeof weight !== "number" || !(weight >= 0 && Number.isFinite(Math.fround(weight)))) {
      throw refused(`has for class ${number} ${inWords(weight)}, but must have a number from 0`);
    }
    while (table.length <= number) table.push(1);
    table[number] = weight;
  }
  if (table.length === 0) throw refused("has no weights; give one for a class at least");
  return table;
}

/** The weight of the class of each target: of a class number, of the largest of a row, of a number that is rounded. */
export function classWeights(table: readonly number[], target: Node): Node {
  const numbers = classNumbers(target);
  const last = b.scalar(table.length - 1, "int32");
  const zero = b.scalar(0, "int32");
  const place = b.op("maximum", [b.op("minimum", [numbers, last]), zero]);
  const weights = b.op("gather", [b.constant(array(Float32Array.from(table), [table.length])), place], {
    axis: 0,
    batchDims: 0,
  });
  return b.op("select", [b.op("equal", [place, numbers]), weights, b.scalar(1)]);
}

function classNumbers(target: Node): Node {
  if (target.dtype === "int32") return target;
  if (classesOfRow(target) !== undefined) return b.op("argMax", [target], { axis: target.rank - 1 });
  const rounded = b.op("cast", [b.op("round", [target])], { dtype: "int32" });
  return classRank(target) === target.rank ? rounded : b.op("reshape", [rounded], { shape: target.shape.slice(0, -1) });
}

/** How many classes a row of float32 has; nothing where it is one answer, or a sample is. */
function classesOfRow({ dtype, shape }: Node): number | undefined {
  const last = shape.at(-1);
  return dtype === "float32" && shape.length > 1 && typeof last === "number" && last > 1 ? last : undefined;
}

/** How many axes there are of class numbers. */
function classRank({ dtype, rank }: Node): number {
  return dtype === "int32" || rank === 1 ? rank : rank - 1;
}

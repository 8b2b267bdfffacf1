import { ShapewrightError } from "../../ir/errors.js";
import { called } from "./called.js";

/**
 * The public function of an op, under its name. Values beyond those that it takes JavaScript would drop without a word: `add(a, b, c)` is
 * not the sum of three.
 *
 * @param count how many values it takes, with those that may be left out
 */
export function opFunction<F extends (...args: never[]) => unknown>(name: string, count: number, f: F): F {
  const checked = (...args: never[]): unknown => {
    if (args.length > count && !isOfArray(args)) throw tooMany(name, count, args.length);
    return f(...args);
  };
  return called(name, checked as F);
}

/** Whether `xs.map(relu)` or `xs.reduce(add)` calls: behind an element stand its place and the array. */
function isOfArray(args: readonly unknown[]): boolean {
  const [element, place, array] = args.slice(-3);
  return Array.isArray(array) && array[place as number] === element;
}

function tooMany(name: string, count: number, given: number): ShapewrightError {
  const takes = count === 1 ? "one argument" : `${count} arguments`;
  const message = `${name}: takes ${takes}, got ${given}; leave out what stands behind ${count === 1 ? "it" : "them"}, or call ${name} once more`;
  return new ShapewrightError("SW_VALUE", message, name);
}

import { ShapewrightError } from "./errors.js";

/**
 * Refuses values behind the last one that a function takes, which JavaScript would drop without a word: `dot(a, b, c)` is no product of
 * three. The functions that users import have it called first, by `test/tools/guardArguments.ts`, when they are built and tested.
 *
 * @param takes what it takes, by the names of its parameters
 */
export function refuseExtra(name: string, takes: readonly string[], given: ArrayLike<unknown>): void {
  const args = Array.from(given);
  // What is left out by name, as `f(x, options)` of one's own may leave it out.
  while (args.length > takes.length && args.at(-1) === undefined) args.pop();
  if (args.length <= takes.length || isOfElements(args) || isToldOfOptions(takes, args)) return;
  const count = takes.length === 1 ? "one argument" : takes.length === 0 ? "no arguments" : `${takes.length} arguments`;
  const names = takes.length === 0 ? "" : ` (${takes.join(", ")})`;
  const message = `${name}: takes ${count}${names}, got ${args.length}; ${instead(name, takes, args)}`;
  throw new ShapewrightError("SW_VALUE", message, name);
}

/**
 * Whether `xs.map(relu)`, `xs.reduce(add)`, `forEach`, `Array.from(xs, relu)` or a dataset's `map` calls: behind an element stands its place,
 * and behind that what has it there, or nothing.
 */
function isOfElements(args: readonly unknown[]): boolean {
  const [element, place, all] = args.slice(-3);
  if (all instanceof Map) return all.get(place) === element;
  if (all instanceof Set) return place === element && all.has(element);
  const isPlace = typeof place === "number" || typeof place === "string";
  if (isPlace && isRecord(all) && Object.hasOwn(all, place)) return all[place as keyof typeof all] === element;
  const last = args.at(-1);
  if (args.length !== 2) return false;
  return isRecord(last) ? "epoch" in last && "index" in last : Number.isInteger(last) && (last as number) >= 0;
}

/** Whether something else than a record stands in the place of options or inputs, as in `sgd(0.1, 0.9)`: what reads it says what to write. */
function isToldOfOptions(takes: readonly string[], args: readonly unknown[]): boolean {
  const given = args[takes.length - 1];
  if (!/^(options|inputs)$/.test(takes.at(-1) ?? "") || given === undefined) return false;
  return !isRecord(given) || Array.isArray(given) || isTensor(given);
}

/** What people give one by one that is taken as a list. */
const lists = /^(shape|permutation|multiples|tensors|programs|cells|branches)$/;

function instead(name: string, takes: readonly string[], args: readonly unknown[]): string {
  const at = takes.findIndex((one, i) => lists.test(one) && !Array.isArray(args[i]));
  if (at >= 0) return `write ${name}(${withList(takes, args, at).join(", ")})`;
  if (takes.at(-1) === "options") return "what more is to be said stands in the options";
  if (takes.length === 0) return `write ${name}()`;
  const isOfTensors = args.slice(takes.length).every(isTensor);
  return `leave out what stands behind ${takes.length === 1 ? "it" : "them"}${isOfTensors ? `, or call ${name} once more` : ""}`;
}

/** Arguments with a list at a place: `x, [1, 0]` of sizes one by one, `[…], axis` of anything else. */
function withList(takes: readonly string[], args: readonly unknown[], at: number): string[] {
  const given = args.slice(at);
  const isOfSizes = given.length <= 6 && given.every((one) => typeof one === "string" || typeof one === "number");
  const list = isOfSizes ? given.map((size) => JSON.stringify(size)).join(", ") : "…";
  return [...takes.slice(0, at), `[${list}]`, ...(isOfSizes ? [] : takes.slice(at + 1))];
}

function isRecord(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** What stands there for a tensor: `isTensor` of the graph's needs much that small bundles do without. */
function isTensor(value: unknown): boolean {
  return isRecord(value) && "dtype" in value;
}

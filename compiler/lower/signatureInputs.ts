import type { Node } from "../../src/ir/node.js";

/** Python's own words, and the name of a method's own object: TensorFlow in Python cannot take an input of such a name. */
const keywords = new Set(
  (
    "False None True and as assert async await break class continue def del elif else except finally for from global if " +
    "import in is lambda nonlocal not or pass raise return self try while with yield"
  ).split(" "),
);

/**
 * What is fed, by its names in a signature. These are the user's, and `target` and its like, with "_" after
 * a name that is one of Python's own words, or that to TensorFlow in Python is the same as an earlier one: the parameters
 * that it makes of names have nothing but letters, digits and "_".
 */
export function signatureInputs(feeds: ReadonlyMap<string, Node>): Map<string, Node> {
  const taken = new Set<string>();
  const free = (name: string): string => {
    if (keywords.has(name) || taken.has(parameterOf(name))) return free(`${name}_`);
    taken.add(parameterOf(name));
    return name;
  };
  return new Map([...feeds].map(([name, node]) => [free(name), node]));
}

function parameterOf(name: string): string {
  const parameter = name.replace(/[^\p{L}\p{N}]/gu, "_");
  return /^\p{L}/u.test(parameter) ? parameter : `arg_${parameter}`;
}

import type { Node } from "../../src/ir/node.js";

/** Python's own words: TensorFlow in Python cannot load a signature with an input of such a name. */
const keywords = new Set(
  (
    "False None True and as assert async await break class continue def del elif else except finally for from global if " +
    "import in is lambda nonlocal not or pass raise return try while with yield"
  ).split(" "),
);

/**
 * Inputs, and a target where one is given, by their names in a signature. These are the user's, and `target`, with "_" after
 * a name that is one of Python's own words or that an input has already.
 */
export function signatureInputs(inputs: ReadonlyMap<string, Node>, target?: Node): Map<string, Node> {
  const free = (name: string, own?: string): string => {
    const taken = keywords.has(name) || (name !== own && inputs.has(name));
    return taken ? free(`${name}_`, own) : name;
  };
  const named = new Map([...inputs].map(([name, node]) => [free(name, name), node]));
  return target ? named.set(free("target"), target) : named;
}

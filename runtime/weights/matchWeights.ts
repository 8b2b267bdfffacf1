import { showName } from "../../src/ir/checkName.js";
import type { Node } from "../../src/ir/node.js";
import { show } from "../../src/types/show.js";
import { elementTypes } from "./elementTypes.js";
import type { Entry } from "./safetensors-header.js";

/** Which of a file's tensors are which variables' values. */
export interface Match {
  /** The file's names by the variables'. */
  readonly fitting: ReadonlyMap<string, string>;
  /** What differs, in words. */
  readonly differences: readonly string[];
}

/**
 * Finds the values of variables in a file, by their names.
 *
 * @param nameOf the variable that a tensor of the file is for; where that is undefined, for none, and nothing is said of it
 */
export function matchWeights(
  entries: ReadonlyMap<string, Entry>,
  variables: ReadonlyMap<string, Node<"variable">>,
  nameOf: (name: string) => string | undefined,
): Match {
  const fitting = new Map<string, string>();
  const seen = new Set<string>();
  const differences: string[] = [];
  for (const [found, { type, shape }] of entries) {
    const name = nameOf(found);
    if (name === undefined) continue;
    const variable = variables.get(name);
    const difference = seen.has(name) ? "is more than once in the file" : differs(type, shape, variable);
    if (difference === undefined) fitting.set(name, found);
    else differences.push(`${showName(found)}${found === name ? "" : ` as ${showName(name)}`} ${difference}`);
    seen.add(name);
  }
  for (const [name, { shape }] of variables) {
    if (!seen.has(name)) differences.push(`${showName(name)} ${show(shape)} is not in the file`);
  }
  return { fitting, differences };
}

function differs(type: string, sizes: readonly number[], variable: Node<"variable"> | undefined): string | undefined {
  const shape = show(sizes);
  if (!variable) return `${shape} is not in the model`;
  const wanted = show(variable.shape);
  if (shape !== wanted) return `is ${shape} in the file and ${wanted} in the model`;
  const dtype = elementTypes[type]?.dtype ?? type;
  return dtype === variable.dtype ? undefined : `is ${dtype} in the file and ${variable.dtype} in the model`;
}

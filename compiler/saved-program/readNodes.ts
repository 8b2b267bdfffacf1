import { constantInitializer } from "../../src/initializers/constantInitializer.js";
import type { NdArray } from "../../src/ir/array.js";
import { Body } from "../../src/ir/body.js";
import { cut } from "../../src/ir/cut.js";
import { internalError, ShapewrightError } from "../../src/ir/errors.js";
import { makeNode } from "../../src/ir/makeNode.js";
import type { Node, OpName, OpTable, Scope } from "../../src/ir/node.js";
import { type Call, within } from "../../src/ir/place.js";
import { definitionOf, registry } from "../../src/ops/registry.js";
import type { SavedNode, SavedNodes } from "./saved-program.js";
import { recordFromJson, type ValueReader } from "./saved-values.js";

/** What nodes are read among. */
export interface ReadSurroundings {
  readonly scopes: readonly Scope[];
  readonly calls: readonly Call[];
  large(name: string): NdArray;
}

/** The nodes that `writeNodes` wrote, by their numbers. Each goes through its op's shape rule. */
export function readNodes(saved: readonly SavedNode[], around: ReadSurroundings): readonly Node[] {
  const nodes: Node[] = [];
  const reader: ValueReader = { large: around.large, body: (body) => readBody(body, around) };
  for (const [op, inputs, attributes, part, scope, call = -1] of saved) {
    if (!Object.hasOwn(registry, op)) throw new ShapewrightError("SW_VALUE", `there is no op ${cut(op)}`);
    const given = recordFromJson(attributes, reader);
    const made = (op === "variable" ? variableOf(given) : given) as OpTable[OpName];
    const read = inputs.map((id) => nodes[id]!);
    const make = () => makeNode(definitionOf(op as OpName), read, made, around.scopes[scope], part);
    nodes.push(within({ part: "forward", call: around.calls[call] }, make));
  }
  return nodes;
}

function readBody({ nodes: saved, parameters, results }: SavedNodes, around: ReadSurroundings): Body {
  const nodes = readNodes(saved, around);
  return new Body(
    parameters.map((id) => nodes[id]!),
    results.map((id) => nodes[id]!),
  );
}

/** A variable, which starts with a number, or has its value from where that is kept. */
function variableOf({ start, initializer = "", ...given }: { readonly start?: number; readonly initializer?: string }) {
  const sample = () => {
    throw internalError("the value of a loaded variable is not made anew");
  };
  return { ...given, initializer: start === undefined ? { name: initializer, sample } : constantInitializer(start) };
}

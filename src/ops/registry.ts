import type { Control } from "../ir/control.js";
import type { Trait } from "../ir/facts.js";
import type { Node, OpName } from "../ir/node.js";
import { hasResults, type OpDefinition } from "../ir/op.js";
import * as definitions from "./definitions.js";
// Declaration files keep this import, and with it what the ops' files add to `OpTable`.
import "./definitions.js";

type Definitions = { readonly [K in OpName as `${K}Op`]: OpDefinition<K> };

/** Every op, by name. An op whose file declares it in `OpTable` but that `definitions.ts` lacks does not compile. */
export const registry = byName(definitions satisfies Definitions);

function byName(all: Definitions): { readonly [K in OpName]: OpDefinition<K> } {
  // Each is called by its op's name: `absOp` is of abs.
  return Object.fromEntries(Object.values(all).map((one) => [one.name, one])) as never;
}

/** Whether passes may rely on something of a node's op. */
export function hasTrait(node: Node, trait: Trait): boolean {
  return definitionOf(node.op).traits?.includes(trait) === true;
}

/** The ops of which passes may rely on something. */
export function opsWith(trait: Trait): OpName[] {
  return Object.values(registry).flatMap(({ name, traits }) => (traits?.includes(trait) ? [name] : []));
}

/** The definition of a node's op. */
export function definitionOf<K extends OpName>(name: K): OpDefinition<K> {
  // A mapped type indexed by a type parameter is the definition of that op, which TypeScript cannot see by itself.
  return registry[name] as unknown as OpDefinition<K>;
}

/** How a node runs its bodies; nothing for one that has none. */
export function controlOf({ op, attributes, results }: Node): Control | undefined {
  if (!results) return undefined;
  const definition = definitionOf(op) as OpDefinition<OpName>;
  return hasResults(definition) ? definition.control?.(attributes) : undefined;
}

/** The ops that run bodies, and are never called by their names. */
export function opsWithBodies(): OpName[] {
  return Object.values(registry).flatMap((definition) => ("control" in definition ? [definition.name] : []));
}

import { placeOf } from "../../src/ir/elements.js";
import type { Graph } from "../../src/ir/graph.js";
import type { Node } from "../../src/ir/node.js";
import { definitionOf } from "../../src/ops/registry.js";
import type { InputArrays } from "../data/samples.js";
import { refused } from "../data/toArray.js";

/** How many places there are, by the inputs that places are looked up by as they are given, such as an embedding's tokens. */
export type Places = ReadonlyMap<string, number>;

/** @param graph as it is before any pass */
export function placesOf(graph: Graph, inputs: ReadonlyMap<string, Node>): Places {
  const names = new Map([...inputs].map(([name, node]) => [node, name]));
  const places = new Map<string, number>();
  for (const node of graph.nodes) {
    const { numbers, size } = definitionOf(node.op).inRange?.(node) ?? {};
    const name = numbers && names.get(givenAs(numbers));
    if (name === undefined || typeof size !== "number") continue;
    places.set(name, Math.min(size, places.get(name) ?? size));
  }
  return places;
}

/** What a node has the numbers of, under another shape. */
function givenAs(node: Node): Node {
  const definition = definitionOf(node.op);
  return "view" in definition && definition.view ? givenAs(node.inputs[0]!) : node;
}

/**
 * Refuses what is no place before the model does, which would not say of which input it is.
 *
 * @throws SW_DATA that names the input and the element
 */
export function checkPlaces(places: Places, given: InputArrays): void {
  for (const [name, size] of places) {
    const { data, shape } = given[name]!;
    const at = (data as Int32Array).findIndex((place) => place < 0 || place >= size);
    if (at < 0) continue;
    const there = size === 0 ? "there is no place" : `there are the places 0 to ${size - 1}`;
    throw refused(`${name}: element ${placeOf(shape, at)} is ${data[at]}, but ${there}`);
  }
}

import { ShapewrightError } from "../../src/ir/errors.js";
import { checkFloat, checkLike } from "../../src/ir/like.js";
import type { Node } from "../../src/ir/node.js";
import { refuse } from "../../src/ir/refuse.js";
import { placesOf, type Structure } from "../../src/ir/structure.js";

/** The nodes of float32 tensors. */
export function floatNodes(op: string, structure: Structure): Node[] {
  return placesOf(structure, op).map(([, node]) => {
    refuse("SW_DTYPE", op, checkFloat(op, node));
    return node;
  });
}

/** Tangents or cotangents, in the order of the tensors that they are of: one for each, of its shape. */
export function directionsOf(op: string, what: string, of: Structure, given: Structure | undefined): Node[] {
  const places = placesOf(of, op);
  const directions = new Map(given === undefined ? [] : placesOf(given, op));
  const refuseName = (message: string) => {
    throw new ShapewrightError("SW_NAME", `${op}: ${message}`, op);
  };
  for (const place of directions.keys()) {
    if (!places.some(([name]) => name === place)) refuseName(`"${place}" is a ${what} of nothing`);
  }
  return places.map(([place, node]) => {
    const direction = directions.get(place);
    if (!direction) return refuseName(`the ${what}${place && ` of "${place}"`} is missing`) as never;
    refuse("SW_SHAPE", op, checkLike(op, what, node.shape, direction));
    return direction;
  });
}

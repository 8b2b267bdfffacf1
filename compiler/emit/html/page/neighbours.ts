import type { Item } from "./hierarchy.js";
import type { Box, Scene } from "./scene.js";

/** Directions of the arrow keys. */
const directions: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

/** The nearest box in the direction of an arrow key; `undefined` for other keys, and where there is none. */
export function nextBox(key: string, from: Item, { boxes }: Scene): Box | undefined {
  const direction = directions[key];
  const start = boxes.find(({ item }) => item === from);
  if (!direction || !start) return undefined;
  const [dx, dy] = direction;
  const origin = anchor(start);
  let nearest: Box | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const box of boxes) {
    const there = anchor(box);
    const [x, y] = [there.x - origin.x, there.y - origin.y];
    const ahead = x * dx + y * dy;
    if (box === start || ahead <= 1) continue;
    // What lies to the side counts as further away.
    const aside = Math.abs(x * dy) + Math.abs(y * dx);
    if (ahead + 2 * aside < least) {
      least = ahead + 2 * aside;
      nearest = box;
    }
  }
  return nearest;
}

/** Where a box is taken to be: an open group is at its title. */
function anchor({ x, y, width, height, expanded }: Box): { x: number; y: number } {
  return { x: x + width / 2, y: expanded ? y + 14 : y + height / 2 };
}

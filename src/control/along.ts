import { ShapewrightError } from "../ir/errors.js";
import type { Node } from "../ir/node.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import { builder as b } from "../ops/builder.js";
import { movedAxis } from "../ops/shared/moved-axis.js";
import { checkAxis, normalizeAxis } from "../types/axis.js";
import type { Dim } from "../types/dim.js";
import { fill } from "../types/message.js";
import { closeOver, standInsFor } from "./closeOver.js";
import { givenNodes } from "./returned.js";
import type { Tree } from "./trees.js";

export const nothingScanned = "{op}: takes at least one tensor to scan";
const emptyRound = "{op}: a round gives no tensor, so there is nothing to compute";
export const unequalLengths = "{op}: the tensors differ in size along axis {axis}";

/** What is gone along. */
interface Along {
  /** Whose messages name it. */
  readonly op: string;
  readonly xs: Tree;
  readonly axis: number;
  readonly reverse: boolean;
  /** What is carried into the first round. */
  readonly start: readonly Node[];
  /** How many rounds there are, where no tensor says so. */
  readonly rounds?: number;
}

/** What a round makes of what it carries, and of one place of each tensor. */
type Round = (
  carried: readonly Node[],
  places: readonly Node[],
) => { readonly next: readonly Node[]; readonly outputs: readonly Node[] };

/** Builds a loop with a round for each place along an axis: what is carried at last, and the outputs along the axis. */
export function along(
  { op, xs, axis, reverse, start, rounds }: Along,
  round: Round,
): { carried: Node[]; outputs: Node[] } {
  const scanned = givenNodes(op, xs);
  const length = rounds ?? lengthOf(op, scanned, axis);
  const sequences = scanned.map((node) => movedAxis(node, normalizeAxis(node.shape, axis), 0));
  const carried = standInsFor(start);
  const places = standInsFor(sequences.map(({ shape, dtype }) => ({ shape: shape.slice(1), dtype })));
  const { next, outputs } = round(carried, places);
  if (next.length + outputs.length === 0) {
    throw new ShapewrightError("SW_VALUE", fill(emptyRound, { op }), op);
  }
  // What is carried into each round is an output too, for the gradient; where nothing reads it, it goes away.
  const { body, captured } = closeOver([...carried, ...places], [...next, ...outputs, ...carried]);
  const attributes = { body, carries: carried.length, sequences: sequences.length, length, reverse };
  return calling(op, () => {
    const results = b.results(b.op("scan", [...start, ...sequences, ...captured], attributes));
    const stacked = results.slice(carried.length, carried.length + outputs.length);
    return {
      carried: results.slice(0, carried.length),
      outputs: stacked.map((node) => movedAxis(node, 0, nearest(axis, node.rank))),
    };
  });
}

/** Where an axis stands among so many, of which there may be fewer before it. */
function nearest(axis: number, rank: number): number {
  return axis < 0 ? Math.max(0, axis + rank) : Math.min(axis, rank - 1);
}

function lengthOf(op: string, scanned: readonly Node[], axis: number): Dim {
  for (const { shape } of scanned) refuse("SW_VALUE", op, checkAxis(op, shape, axis));
  const [length, ...others] = scanned.map(({ shape }) => shape[normalizeAxis(shape, axis)]!);
  if (length === undefined) throw new ShapewrightError("SW_VALUE", fill(nothingScanned, { op }), op);
  const differ = others.some((other) => other !== length);
  refuse("SW_SHAPE", op, differ ? fill(unequalLengths, { op, axis }) : undefined);
  return length;
}

import { ts } from "ts-morph";
import { nothingJoined, unequalAxis, unequalRanks } from "../../../src/ops/shared/join.js";
import { fix, parseShape, replace, wrap } from "../edits.js";
import { rule } from "./rule.js";
import { unlikeShapes } from "./unlikeShapes.js";

/** The ops that join tensors; others with the same messages compare them. */
const joining = ["concat", "stack"];

export const joinNothing = rule({
  id: "join-nothing",
  title: "Nothing to join",
  help: "concat and stack put tensors side by side, and take their dtype and shape from the first.",
  message: nothingJoined,
  explain: ({ op }) => ({
    what: `${op} was given an empty list, of which no tensor comes.`,
    fix: fix("Put at least one tensor into the list."),
  }),
});

export const joinRank = rule({
  id: "join-rank",
  title: "Tensors of different ranks side by side",
  help: "concat puts tensors one after another along an axis: they have equally many axes, and differ on that one only. For stack, which makes a new axis, they are equal on all.",
  message: unequalRanks,
  explain({ op, a, b }, site) {
    const { argument, call } = site;
    if (op === "takeAlongAxis") {
      return {
        what: `takeAlongAxis takes places for each line along the axis, so the indices have as many axes as ${a}, but these are ${b}.`,
        fix: fix("Give them the same axes, or take whole parts by gather(x, indices, axis)."),
      };
    }
    if (!joining.includes(op)) return unlikeShapes(op, a, b, undefined, site);
    const what = `${op} puts tensors side by side that have equally many axes, but these are ${a} and ${b}.`;
    const [first] = ts.isArrayLiteralExpression(call.arguments[0]!) ? call.arguments[0].elements : [];
    const [left, right] = [parseShape(a) ?? [], parseShape(b) ?? []];
    const [longer, shape, shorter] = left.length > right.length ? [first, left, right] : [argument, right, left];
    const [batch, ...others] = shape;
    // Of an axis that only a name is known of, none that joins it is a layer's.
    const isFlat = op === "concat" && shorter.length === 2 && batch === shorter[0] && others.every(Number.isInteger);
    if (!longer || !isFlat) return { what, fix: fix("Reshape one of them, so that both have the same axes.") };
    return {
      what,
      fix: fix(
        `Flatten ${longer === first ? "the first one" : "this one"}, so that both are [batch, features].`,
        wrap(longer, "flatten"),
      ),
    };
  },
});

export const joinAxis = rule({
  id: "join-axis",
  title: "Tensors that differ on another axis than the one they are joined on",
  help: "concat puts tensors one after another along an axis: on all others they are equal. For stack, which makes a new axis, they are equal on all.",
  message: unequalAxis,
  explain({ op, a, b, axis }, site) {
    if (op === "takeAlongAxis") {
      return {
        what: `takeAlongAxis takes places for each line along the axis, so on axis ${axis} ${a} and its indices ${b} are equally long.`,
        fix: fix("Give places for each line, or say the axis along which they are."),
      };
    }
    if (!joining.includes(op)) return unlikeShapes(op, a, b, Number(axis), site);
    const [left, right] = [parseShape(a) ?? [], parseShape(b) ?? []];
    const isOnly = left.every((dim, i) => i === Number(axis) || dim === right[i]);
    const place = Number(axis) === left.length - 1 ? "-1" : axis;
    if (op === "stack") {
      const instead = isOnly ? `, or put them one after another along it: concat(tensors, ${place})` : "";
      return {
        title: "Tensors of different shapes on a new axis",
        what: `stack makes a new axis, so ${a} and ${b} must be equal on all, and on axis ${axis} they are not.`,
        fix: fix(`Make axis ${axis} of both equal${instead}.`),
      };
    }
    const what = `Joined like this, ${a} and ${b} must be equal on axis ${axis}, and they are not.`;
    const joined = site.call.arguments[1];
    if (!isOnly || !joined) return { what, fix: fix(otherSizes(axis, left[Number(axis)], right[Number(axis)])) };
    return {
      what,
      fix: fix(`Axis ${axis} is the only one on which they differ: join along it.`, replace(joined, place)),
    };
  },
});

/** What makes an axis of two tensors equal: a size that was halved and doubled again is the old one, if it was even. */
function otherSizes(axis: string, x: unknown, y: unknown): string {
  const calculated = [x, y].some((size) => typeof size === "string" && /\W/.test(size));
  return calculated
    ? `Make axis ${axis} of both equal. Where you know that they are, say so: ensureShape(x, […]) gives a tensor the sizes of the other.`
    : `Make axis ${axis} of both equal, with slice() or pad(), or by one name where both are always one size.`;
}

import { ts } from "ts-morph";
import { unequalAxis, unequalRanks } from "../../../src/ops/shared/join.js";
import { fix, parseShape, replace, wrap } from "../edits.js";
import { rule } from "./rule.js";

export const joinRank = rule({
  id: "join-rank",
  title: "Tensors of different ranks side by side",
  help: "concat puts tensors one after another along an axis: they have equally many axes, and differ on that one only. For stack, which makes a new axis, they are equal on all.",
  message: unequalRanks,
  explain({ op, a, b }, { argument, call }) {
    if (op === "takeAlongAxis") {
      return {
        what: `takeAlongAxis takes places for each line along the axis, so the indices have as many axes as ${a}, but these are ${b}.`,
        fix: fix("Give them the same axes, or take whole parts by gather(x, indices, axis)."),
      };
    }
    const what = `${op} puts tensors side by side that have equally many axes, but these are ${a} and ${b}.`;
    const [first] = ts.isArrayLiteralExpression(call.arguments[0]!) ? call.arguments[0].elements : [];
    const [rankA, rankB] = [parseShape(a)?.length ?? 0, parseShape(b)?.length ?? 0];
    const [longer, rank] = rankA > rankB ? [first, rankB] : [argument, rankA];
    if (!longer || rank !== 2) return { what, fix: fix("Reshape one of them, so that both have the same axes.") };
    return {
      what,
      fix: fix(
        `Flatten ${rankA > rankB ? "the first one" : "this one"}, so that both are [batch, features].`,
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
  explain({ op, a, b, axis }, { call }) {
    if (op === "takeAlongAxis") {
      return {
        what: `takeAlongAxis takes places for each line along the axis, so on axis ${axis} ${a} and its indices ${b} are equally long.`,
        fix: fix("Give places for each line, or say the axis along which they are."),
      };
    }
    const what = `Joined like this, ${a} and ${b} must be equal on axis ${axis}, and they are not.`;
    const [left, right] = [parseShape(a) ?? [], parseShape(b) ?? []];
    const others = left.every((dim, i) => i === Number(axis) || dim === right[i]);
    const joined = call.arguments[1];
    if (!others || !joined || op !== "concat") {
      return { what, fix: fix(`Make axis ${axis} of both equal, or join along axis ${axis}.`) };
    }
    const place = Number(axis) === left.length - 1 ? "-1" : axis;
    return {
      what,
      fix: fix(`Axis ${axis} is the only one on which they differ: join along it.`, replace(joined, place)),
    };
  },
});

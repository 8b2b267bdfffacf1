import type { ts } from "ts-morph";
import { notBroadcast } from "../../../src/types/broadcast.js";
import { rankNotBroadcast, sizeNotBroadcast } from "../../../src/types/broadcast-to.js";
import type { Dim } from "../../../src/types/dim.js";
import { fix, parseShape, replace, shapeAsCode, wrap } from "../edits.js";
import type { Fix } from "../finding.js";
import { shapeLiteral } from "../shape-literal.js";
import type { Site } from "../site.js";
import { rule } from "./rule.js";
import { unitsOf } from "./units.js";

type Sizes = readonly (Dim | undefined)[];

export const broadcast = rule({
  id: "broadcast",
  title: "Shapes that do not broadcast",
  help: "Shapes are aligned at their last axes; two sizes fit when they are equal, or when one of them is 1. [batch, 10] and [10] fit, [batch, 10] and [batch] do not.",
  message: notBroadcast,
  explain({ op, a, b, axis, x, y }, site) {
    const what = `${op} aligns ${a} and ${b} at their last axes, and on axis ${axis}, ${x} meets ${y}. Two sizes fit when they are equal, or when one is 1.`;
    return { what, fix: broadcastFix(parseShape(a) ?? [], parseShape(b) ?? [], x, y, site) };
  },
});

function broadcastFix(a: Sizes, b: Sizes, x: string, y: string, site: Site): Fix {
  const { argument, call, checker } = site;
  const [first] = call.arguments;
  if (isPrefix(b, a)) return stretched(argument, b, a.length);
  if (isPrefix(a, b)) return stretched(first!, a, b.length);
  const literal = shapeLiteral(checker, argument, ["variable"]);
  if (literal && literal.elements.length > 0 && /^\d+$/.test(x) && literal.elements.at(-1)!.getText() === y) {
    return fix(`Give the variable a last axis of ${x}.`, replace(literal.elements.at(-1)!, x));
  }
  const units = a.length === b.length && unitsOf(checker, argument, y);
  if (units) return fix(`Make both as wide: give that layer ${x} units.`, replace(units, x));
  if (!/^\d+$/.test(x) && !/^\d+$/.test(y)) {
    return fix(`"${x}" and "${y}" are two sizes. If they are always equal, call both by one name.`);
  }
  return fix(`Make the two sizes equal, ${x} or ${y}, or make one of them 1.`);
}

/** [batch] beside [batch, 39]: the axes that are missing stand at the end, where broadcasting does not look for them. */
function stretched(node: ts.Expression, shape: Sizes, rank: number): Fix {
  const wanted = shapeAsCode([...shape, ...Array(rank - shape.length).fill(1)]);
  return fix(
    `Missing axes are added in front, not behind. Give it a last axis of 1: reshape to ${wanted}.`,
    wrap(node, "reshape", wanted),
  );
}

function isPrefix(short: Sizes, long: Sizes): boolean {
  return (
    short.length > 0 &&
    short.length < long.length &&
    short.every((dim, axis) => dim !== undefined && dim === long[axis])
  );
}

export const broadcastToSize = rule({
  id: "broadcast-to-size",
  title: "A shape that does not broadcast to another",
  help: "broadcastTo stretches axes of size 1, and adds axes in front. Another size stays as it is.",
  message: sizeNotBroadcast,
  explain: ({ op, from, to, axis, x, y }) => ({
    what: `${op} aligns ${from} with ${to} at their last axes and can stretch an axis of size 1 only, but where axis ${axis} of ${to} is ${y}, it has ${x}.`,
    fix: fix(
      op === "broadcastTo"
        ? `Write ${x} in place of ${y}, or reshape first, so that the axis is 1.`
        : `Give it ${y} there, or 1, which is stretched; expandDims() and reshape() add axes of 1.`,
    ),
  }),
});

export const broadcastToRank = rule({
  id: "broadcast-to-rank",
  title: "A shape that does not broadcast to one of fewer axes",
  help: "broadcastTo adds axes and never takes any away. To take one away, reduce it: sum(x, { axis: 0 }).",
  message: rankNotBroadcast,
  explain: ({ op, from, to, m, n }) => ({
    what: `${op} never takes axes away, but ${from} has ${m}, and ${to} has ${n}.`,
    fix: fix("Reduce the axes that are to go, with sum() or mean(), or give the target all of them."),
  }),
});

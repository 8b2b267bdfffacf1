import { fix, parseShape } from "../edits.js";
import { optionNameOf } from "../properties.js";
import type { Site } from "../site.js";
import type { Explanation } from "./rule.js";

/** What is wrong where an op takes two tensors of one shape, place by place, or of one but for an axis, and joins nothing. */
export function unlikeShapes(op: string, a: string, b: string, axis: number | undefined, site: Site): Explanation {
  const title = axis === undefined ? "Tensors of different ranks" : "Tensors that differ in size";
  const roles = attentionRoles(op, axis, site);
  if (roles) return { title, ...attentionFix(op, a, b, axis, roles) };
  const what = `${op} takes two tensors that go together place by place, but ${a} and ${b} differ ${axis === undefined ? "in rank" : `on axis ${axis}`}.`;
  return { title, what, fix: fix("Make both one shape, with reshape(), slice() or pad().") };
}

type Role = "query" | "key" | "value";

/** What the two tensors are to attention: ops have them in a row, layers among their options. */
function attentionRoles(
  op: string,
  axis: number | undefined,
  { argument, call }: Site,
): readonly [Role, Role] | undefined {
  if (!/attention$/i.test(op)) return undefined;
  const place = call.arguments.indexOf(argument);
  if (op === "scaledDotProductAttention") return place === 2 ? ["key", "value"] : ["query", "key"];
  const option = optionNameOf(argument);
  if (/^cached/.test(op)) return ["key", "value"];
  if (option === "key") return axis === 2 ? ["query", "key"] : ["value", "key"];
  return option === "value" ? ["query", "value"] : undefined;
}

function attentionFix(
  op: string,
  a: string,
  b: string,
  axis: number | undefined,
  [one, other]: readonly [Role, Role],
): Explanation {
  const both = `the ${one} ${a} and the ${other} ${b}`;
  if (axis === undefined) {
    return {
      what: `${op} takes tensors of equally many axes, but ${both} have not as many.`,
      fix: fix(`Reshape the ${other}: the same axes as the ${one}'s, in the same order.`),
    };
  }
  const [left, right] = [parseShape(a) ?? [], parseShape(b) ?? []];
  const sizes = `${left[axis] ?? "another"} and ${right[axis] ?? "another"}`;
  if (axis === left.length - 1) {
    return {
      what: `A query is compared with keys channel by channel, but ${both} have ${sizes} channels.`,
      fix: fix(`Bring both to one number of channels: dense(x, { units: ${left[axis]} }) for the ${other}.`),
    };
  }
  if (axis === left.length - 2 && one !== "query") {
    return {
      what: `There is a value for each key, but ${both} have ${sizes} places.`,
      fix: fix("Make both of one source, with equally many places."),
    };
  }
  return {
    what: `${op} takes a query, keys and values of the same ${axis === 0 ? "samples" : "heads"}, but on axis ${axis} ${both} have ${sizes}.`,
    fix: fix("Make both sizes one. Of two names that are always one size, write one."),
  };
}

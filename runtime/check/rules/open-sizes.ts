import { ts } from "ts-morph";
import { operandsOf } from "../chain.js";
import { fix } from "../edits.js";
import { calledName } from "../names.js";
import { isOpenShape, shownShape } from "../shapes.js";
import type { DeclaredRule } from "./declared-rule.js";

/** Where types cannot say in a generic function whether something fits, the name of what is asked stands in TypeScript's words. */
const openCheck = /\b(Check[A-Z]|MayTake|\w*Must[A-Z]|SameIndex|Fits|Compatible|Reshape[A-Z])\w*</;

/** Questions about two sizes, and where these stand among what is asked about. */
const comparisons: Readonly<Record<string, number>> = {
  MustBroadcast: 3,
  MustStretch: 3,
  MustMatch: 3,
  DotMustMatch: 2,
  MatmulMustMatch: 2,
  MustBePlaces: 4,
  SameIndex: 2,
  CheckEqual: 0,
  Fits: 0,
  Compatible: 0,
};

export const openSizes: DeclaredRule = {
  id: "open-sizes",
  title: "Sizes that need not be equal in a generic function",
  help: "In a generic function, shapes fit where they do for every size that its type parameters may stand for. Halved and doubled, an odd size is another one: Times<Floor<H, 2>, 2> is not H.",
  explain({ messageText }, { call, checker }) {
    const text = ts.flattenDiagnosticMessageText(messageText, "\n");
    if (!openCheck.test(text)) return undefined;
    const operands = operandsOf(checker, call);
    const shapes = operands.map((operand) => shownShape(checker, operand));
    if (!operands.some((operand) => isOpenShape(checker, operand)) || shapes.includes(undefined)) return undefined;
    const sizes = comparedIn(text);
    const which = sizes ? `: ${sizes[0]} need not be ${sizes[1]}` : "";
    const fit = shapes.length === 1 ? "need not be taken" : "need not fit";
    const layer = /\b(?:Must|May)Take<(.*)/.exec(text);
    const [rule = "", shape] = layer ? argumentsIn(layer[1]!) : [];
    const told = layer
      ? `what ${rule.replace(/<.*/, "")} stands for need not take ${shape}`
      : `${shapes.join(" and ")} ${fit}`;
    return {
      what: `${calledName(call)}: ${told} for every size that the type parameters may stand for${which}.`,
      fix: fix(
        `${reshaping(calledName(call)) ?? wordsFor(shapes.join(" "), sizes)}; or promise the shape: ensureShape(x, ${sizesLike(shapes[0]!)}).`,
      ),
    };
  },
};

/** What says of axes what a list of sizes leaves open. */
function reshaping(name: string): string | undefined {
  if (name !== "reshape") return undefined;
  return 'Add and drop axes of 1 by expandDims and squeeze, and split and join axes by rearrange(x, "b (h w) -> b h w", { h, w })';
}

function wordsFor(shapes: string, sizes: readonly [string, string] | undefined): string {
  if (/\w</.test(shapes))
    return "Let the smaller size be the type parameter, and what is made of it the other's, as in Tensor<[B, Times<H, 2>, Times<W, 2>, C]>";
  if (!sizes) return "Let one type parameter stand for sizes that are equal, and say all axes that are asked for";
  const number = sizes.find((size) => /^\d+$/.test(size));
  return number
    ? `Say ${number} in place of ${sizes.find((size) => size !== number)}, or the other way round`
    : `Let one type parameter stand for both, if they are always equal`;
}

/** Sizes that may be promised: as many as the shape has, by its names. */
function sizesLike(shape: string): string {
  if (shape.includes("...") || !shape.startsWith("[")) return "[…]";
  const names = argumentsIn(shape.slice(1)).map((dim, axis) => (/^\w+$/.test(dim) ? dim.toLowerCase() : `n${axis}`));
  return `[${names.join(", ")}]`;
}

/** The two sizes that are compared. */
function comparedIn(text: string): [string, string] | undefined {
  for (const [name, at] of Object.entries(comparisons)) {
    const [, rest] = new RegExp(`\\b${name}<(.*)`).exec(text) ?? [];
    const [x, y] = rest === undefined ? [] : argumentsIn(rest).slice(at, at + 2);
    if (x !== undefined && y !== undefined) return [x, y];
  }
  return undefined;
}

/** The arguments that stand in front of a type's closing bracket: of `[B, N], Times<N, 2>, 3> & …` three. */
function argumentsIn(text: string): string[] {
  const found = [""];
  let depth = 0;
  for (const letter of text) {
    if ("<[({".includes(letter)) depth++;
    if (">])}".includes(letter) && depth-- === 0) break;
    if (letter === "," && depth === 0) found.push("");
    else found.push(found.pop()! + letter);
  }
  return found.map((one) => one.trim());
}

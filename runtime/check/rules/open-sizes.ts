import { ts } from "ts-morph";
import { operandsOf } from "../chain.js";
import { fix } from "../edits.js";
import { calledName } from "../names.js";
import { shapeOf, shownShape } from "../shapes.js";
import type { DeclaredRule } from "./declared-rule.js";

/** Where types cannot say in a generic function whether something fits, the name of what is asked stands in TypeScript's words. */
const openCheck = /& Check\w+</;

export const openSizes: DeclaredRule = {
  id: "open-sizes",
  title: "Sizes that need not be equal in a generic function",
  help: "In a generic function, shapes fit where they do for every size that its type parameters may stand for. Halved and doubled, an odd size is another one: Times<Floor<H, 2>, 2> is not H.",
  explain({ messageText }, { call, checker }) {
    if (!openCheck.test(ts.flattenDiagnosticMessageText(messageText, "\n"))) return undefined;
    const operands = operandsOf(checker, call);
    const isOpen = operands.some((operand) => shapeOf(checker, operand)?.includes(undefined));
    const shapes = operands.map((operand) => shownShape(checker, operand));
    if (!isOpen || shapes.includes(undefined)) return undefined;
    return {
      what: `${calledName(call)}: ${shapes.join(" and ")} need not fit for every size that the type parameters may stand for.`,
      fix: fix(
        "Let the smaller size be the type parameter, and what is made of it the other's, as in Tensor<[B, Times<H, 2>, Times<W, 2>, C]>; or promise the shape: ensureShape(x, [b, h, w, c]).",
      ),
    };
  },
};

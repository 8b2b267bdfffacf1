import { ts } from "ts-morph";
import { fix, replace } from "../edits.js";
import { calledName, shorten } from "../names.js";
import { isTensor } from "../shapes.js";
import type { DeclaredRule } from "./declared-rule.js";

export const inputBehindOptions: DeclaredRule = {
  id: "input-behind-options",
  title: "Options in front of the input",
  help: "What is computed with comes first, and the options behind it: dense(x, { units: 10 }). Without x, dense({ units: 10 }) is a layer that waits for it.",
  explain(_, { argument, call, checker }) {
    const [options, input] = call.arguments;
    if (!options || !input || !ts.isObjectLiteralExpression(options) || !isTensor(checker, input)) return undefined;
    if (argument.pos < options.pos || argument.end > input.end) return undefined;
    const wanted = checker.getContextualType(options);
    if (!["shape", "dtype", "rank"].every((name) => wanted?.getProperty(name))) return undefined;
    const [x, record] = [input.getText(), options.getText()];
    const name = calledName(call);
    return {
      what: `${name} takes its input first and then its options, but ${shorten(record)} stands in front of ${shorten(x)}.`,
      fix: fix("Change their order:", replace(options, x), replace(input, record)),
    };
  },
};

import { ts } from "ts-morph";
import { fix, replace } from "../edits.js";
import { calledName, shorten } from "../names.js";
import { isOptions, propertyOf } from "../properties.js";
import { isTensor } from "../shapes.js";
import type { DeclaredRule } from "./declared-rule.js";

/** What the input is called: other tensors may be meant for options, such as a mask. */
const input = /^(x|inputs?|query)$/;

export const inputAmongOptions: DeclaredRule = {
  id: "input-among-options",
  title: "The input among the options",
  help: "What is computed with stands before the options: dense(x, { units: 10 }).",
  explain(_, { argument, call, checker }) {
    const found = propertyOf(argument);
    if (!found || call.arguments[0] !== found.object || !isOptions(checker, found.object)) return undefined;
    const { object, property } = found;
    const x = ts.isPropertyAssignment(property) ? property.initializer : property.name;
    if (!x || !input.test(property.name!.getText()) || !isTensor(checker, x)) return undefined;
    const others = object.properties.filter((one) => one !== property).map((one) => one.getText());
    const further = call.arguments.slice(1).map((one) => one.getText());
    const written = [x.getText(), ...(others.length > 0 ? [`{ ${others.join(", ")} }`] : []), ...further].join(", ");
    return {
      what: `${calledName(call)} takes its input before its options, but ${shorten(x.getText())} stands among them.`,
      fix: fix("Write it in front of them:", replace(call, `${call.expression.getText()}(${written})`)),
      chains: [],
    };
  },
};

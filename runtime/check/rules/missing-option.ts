import { ts } from "ts-morph";
import { fix } from "../edits.js";
import { calledName, shorten } from "../names.js";
import { isOptions } from "../properties.js";
import { isTensor } from "../shapes.js";
import type { DeclaredRule } from "./declared-rule.js";

export const missingOption: DeclaredRule = {
  id: "missing-option",
  title: "An option that has to be given",
  help: "Some options have no default, as units of dense and the optimizer and loss of compile.",
  explain({ messageText }, { argument, call, checker }) {
    if (!call.arguments.includes(argument)) return undefined;
    const text = ts.flattenDiagnosticMessageText(messageText, "\n");
    const listed = /missing the following properties from type .*: ([\w, ]+)$/m.exec(text)?.[1];
    const names = listed?.split(", ") ?? /Property '(\w+)' is missing/.exec(text)?.slice(1, 2);
    if (!names) return undefined;
    if (call.arguments.length === 1 && isTensor(checker, argument) && /parameter of type '\w+Options\b/.test(text)) {
      const options = names.map((name) => `${name}: ${examples[name] ?? "…"}`).join(", ");
      return {
        what: `${calledName(call)} needs options behind its input: ${names.join(" and ")}.`,
        fix: fix(`Write ${calledName(call)}(${shorten(argument.getText())}, { ${options} }).`),
      };
    }
    if (!ts.isObjectLiteralExpression(argument) || !isOptions(checker, argument)) return undefined;
    const given = argument.properties.map((property) => property.getText());
    const all = [...given, ...names.map((name) => `${name}: ${examples[name] ?? "…"}`)];
    return {
      what: `${calledName(call)} needs ${names.length > 1 ? "the options" : "the option"} ${names.join(" and ")}.`,
      fix: fix(`Add ${names.length > 1 ? "them" : "it"}: { ${all.join(", ")} }.`),
    };
  },
};

/** What people most often write there. */
const examples: Readonly<Record<string, string>> = {
  optimizer: "adam()",
  loss: "meanSquaredError()",
  units: "10",
  kernelSize: "3",
  filters: "32",
  factor: "0.1",
  scale: "1 / 255",
  height: "224",
  width: "224",
};

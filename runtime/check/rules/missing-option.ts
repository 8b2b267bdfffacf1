import { ts } from "ts-morph";
import { fix } from "../edits.js";
import { calledName } from "../names.js";
import { isOptions } from "../properties.js";
import type { DeclaredRule } from "./declared-rule.js";

export const missingOption: DeclaredRule = {
  id: "missing-option",
  title: "An option that has to be given",
  help: "Some options have no default, as units of dense and the optimizer and loss of compile.",
  explain({ messageText }, { argument, call, checker }) {
    if (!ts.isObjectLiteralExpression(argument) || !call.arguments.includes(argument)) return undefined;
    if (!isOptions(checker, argument)) return undefined;
    const text = ts.flattenDiagnosticMessageText(messageText, "\n");
    const listed = /missing the following properties from type .*: ([\w, ]+)$/m.exec(text)?.[1];
    const names = listed?.split(", ") ?? /Property '(\w+)' is missing/.exec(text)?.slice(1, 2);
    if (!names) return undefined;
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
};

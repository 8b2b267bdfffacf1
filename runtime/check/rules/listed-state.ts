import { ts } from "ts-morph";
import { fix, replace } from "../edits.js";
import { calledName } from "../names.js";
import { optionNameOf, wantedAt } from "../properties.js";
import type { DeclaredRule } from "./declared-rule.js";

export const listedState: DeclaredRule = {
  id: "listed-state",
  title: "A state as a list",
  help: "The state of lstm() is a record, { hidden, cell }, and that of gru() and simpleRnn() a tensor: as returnState gives it.",
  explain(_, { argument, call, checker }) {
    if (optionNameOf(argument) !== "initialState" || !ts.isArrayLiteralExpression(argument)) return undefined;
    const type = wantedAt(checker, argument);
    const parts = argument.elements.map((element) => element.getText());
    const names = ["hidden", "cell"].filter((name) => type?.getProperty(name));
    const [tensor] = parts;
    const written =
      names.length === 2
        ? parts.length === 2 && `{ hidden: ${parts[0]}, cell: ${parts[1]} }`
        : parts.length === 1 && type?.getProperty("shape") && tensor;
    const wanted = names.length === 2 ? "a record, { hidden, cell }" : "a tensor";
    return {
      what: `initialState of ${calledName(call)} is ${wanted}, and not a list.`,
      fix: written ? fix("Write it so:", replace(argument, written)) : fix(`Give ${wanted}, as returnState gives it.`),
      chains: [],
    };
  },
};

import { ts } from "ts-morph";
import { fix, replace } from "../edits.js";
import { calledName, shorten } from "../names.js";
import { optionNameOf, wantedAt } from "../properties.js";
import { isTensor } from "../shapes.js";
import type { DeclaredRule } from "./declared-rule.js";

export const listedState: DeclaredRule = {
  id: "listed-state",
  title: "A state of another kind",
  help: "The state of lstm() is a record, { hidden, cell }, and that of gru() and simpleRnn() a tensor: as returnState gives it.",
  explain(_, { argument, call, checker }) {
    if (optionNameOf(argument) !== "initialState") return undefined;
    const type = wantedAt(checker, argument);
    const names = ["hidden", "cell"].filter((name) => type?.getProperty(name));
    const wanted = names.length === 2 ? "a record, { hidden, cell }" : "a tensor";
    if (names.length === 2 && isTensor(checker, argument)) {
      return {
        what: `initialState of ${calledName(call)} is ${wanted}, and not a tensor.`,
        fix: fix(`Give both, as returnState gives them: { hidden: ${shorten(argument.getText())}, cell: … }.`),
        chains: [],
      };
    }
    if (!ts.isArrayLiteralExpression(argument)) return undefined;
    const parts = argument.elements.map((element) => element.getText());
    const [tensor] = parts;
    const written =
      names.length === 2
        ? parts.length === 2 && `{ hidden: ${parts[0]}, cell: ${parts[1]} }`
        : parts.length === 1 && type?.getProperty("shape") && tensor;
    return {
      what: `initialState of ${calledName(call)} is ${wanted}, and not a list.`,
      fix: written ? fix("Write it so:", replace(argument, written)) : fix(`Give ${wanted}, as returnState gives it.`),
      chains: [],
    };
  },
};

import { fix } from "../edits.js";
import { calledName, shorten } from "../names.js";
import { isTensor } from "../shapes.js";
import type { DeclaredRule } from "./declared-rule.js";

export const modelInputs: DeclaredRule = {
  id: "model-inputs",
  title: "Inputs without names",
  help: 'A model takes its inputs as a record, by the names that data is given under: model({ x: input(["batch", 8]) }, ({ x }) => …).',
  explain(_, { argument, call, checker }) {
    if (calledName(call) !== "model" || call.arguments[0] !== argument || !isTensor(checker, argument))
      return undefined;
    return {
      what: `A model takes inputs by names, but ${shorten(argument.getText())} is a tensor by itself.`,
      fix: fix(`Name it: { x: ${shorten(argument.getText())} }, and take it so: ({ x }) => ….`),
      chains: [],
    };
  },
};

import { ts } from "ts-morph";
import { nearest } from "../../../src/ir/nearest.js";
import { fix, replace } from "../edits.js";
import { calledName } from "../names.js";
import { optionNameOf, wantedAt } from "../properties.js";
import type { DeclaredRule } from "./declared-rule.js";

export const optionWord: DeclaredRule = {
  id: "option-word",
  title: "A word that an option does not take",
  help: "Options such as padding take one of a few words, which the editor lists.",
  explain(_, { argument, call, checker }) {
    const option = optionNameOf(argument);
    if (option === undefined || !ts.isStringLiteralLike(argument)) return undefined;
    const type = wantedAt(checker, argument);
    const words = (type?.isUnion() ? type.types : type ? [type] : []).flatMap((member) =>
      member.isStringLiteral() ? member.value : [],
    );
    if (words.length === 0 || words.includes(argument.text)) return undefined;
    const listed = words.map((word) => JSON.stringify(word));
    const spelt = argument.text.toLowerCase();
    const meant = nearest(spelt, words);
    return {
      what: `${option} of ${calledName(call)} is ${listed.length > 1 ? `${listed.slice(0, -1).join(", ")} or ` : ""}${listed.at(-1)}, but not "${argument.text}".`,
      fix: meant
        ? { ...fix("This is what was meant:", replace(argument, JSON.stringify(meant))), isGuess: meant !== spelt }
        : fix("Write one of those."),
      chains: [],
    };
  },
};

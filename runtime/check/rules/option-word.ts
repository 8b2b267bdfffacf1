import { ts } from "ts-morph";
import { nearest } from "../../../src/ir/nearest.js";
import { fix, replace } from "../edits.js";
import { calledName } from "../names.js";
import { optionNameOf, propertyOf, recordAt, wantedAt } from "../properties.js";
import type { DeclaredRule } from "./declared-rule.js";

export const optionWord: DeclaredRule = {
  id: "option-word",
  title: "A word that an option does not take",
  help: "Options such as padding take one of a few words, which the editor lists.",
  explain(_, { argument, call, checker }) {
    const option = optionNameOf(argument);
    if (option === undefined || !ts.isStringLiteralLike(argument)) return undefined;
    const ofWanted = wordsOf(wantedAt(checker, argument));
    // Of an option whose type is a parameter, TypeScript asks for the parameter's default.
    const words = ofWanted.length === 1 ? [...new Set([...ofWanted, ...wordsDeclared(checker, argument)])] : ofWanted;
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

function wordsOf(type: ts.Type | undefined): string[] {
  return (type?.isUnion() ? type.types : type ? [type] : []).flatMap((member) =>
    member.isStringLiteral() ? member.value : [],
  );
}

/** The words that an option's type parameter may be. */
function wordsDeclared(checker: ts.TypeChecker, value: ts.Expression): string[] {
  const found = propertyOf(value);
  const type = found && recordAt(checker, found.object);
  const option = type && checker.getPropertyOfType(type, found.property.name!.getText());
  return (option?.declarations ?? []).flatMap((declaration) => {
    const written = ts.isPropertySignature(declaration) ? declaration.type : undefined;
    const parts = written && ts.isIntersectionTypeNode(written) ? written.types : written ? [written] : [];
    return parts.flatMap((part) => wordsOf(checker.getBaseConstraintOfType(checker.getTypeFromTypeNode(part))));
  });
}

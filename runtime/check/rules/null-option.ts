import { ts } from "ts-morph";
import { fix, replace } from "../edits.js";
import { calledName } from "../names.js";
import { isOptions, propertyOf, recordAt, wantedAt } from "../properties.js";
import type { DeclaredRule } from "./declared-rule.js";

export const nullOption: DeclaredRule = {
  id: "null-option",
  title: "An option that is null",
  help: "What Keras writes as None is left out here: an option that is not given has its default value.",
  explain(_, { argument, call, checker }) {
    const found = propertyOf(argument);
    if (argument.kind !== ts.SyntaxKind.NullKeyword || !found || !isOptions(checker, found.object)) return undefined;
    const wanted = wantedAt(checker, argument);
    const values = wanted && (wanted.isUnion() ? wanted.types : [wanted]);
    const words = values?.every((type) => type.isStringLiteral())
      ? values.map((type) => checker.typeToString(type))
      : [];
    const name = found.property.name!.getText();
    const symbol = recordAt(checker, found.object)?.getProperty(name);
    if (symbol && !(symbol.flags & ts.SymbolFlags.Optional)) {
      return {
        what: `${name} of ${calledName(call)} has to be given, but this is null.`,
        fix: fix(`Give ${name} a value.`),
        chains: [],
      };
    }
    const takes =
      words.length > 0 ? ` takes ${words.join(", ")}, or is left out` : " is left out where nothing is meant";
    return {
      what: `${name} of ${calledName(call)}${takes}, but this is null.`,
      fix: fix("Write undefined, which is as if it was left out:", replace(argument, "undefined")),
      chains: [],
    };
  },
};

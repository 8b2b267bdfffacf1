import { ts } from "ts-morph";
import { nearest } from "../../../src/ir/nearest.js";
import { fix, replace } from "../edits.js";
import { exported, gives } from "../exported.js";
import type { Fix } from "../finding.js";
import { imported, localName } from "../imports.js";
import { optionNameOf, propertyOf, wantedAt } from "../properties.js";
import type { Site } from "../site.js";
import type { DeclaredRule } from "./declared-rule.js";
import { ofScores, short, spelt } from "./short-names.js";

export const byName: DeclaredRule = {
  id: "by-name",
  title: "A text where a function is taken",
  help: "Activations, optimizers, losses, metrics and initializers are imported, not named in texts: activation: relu, optimizer: adam().",
  explain(_, site) {
    const { argument, checker } = site;
    if (!ts.isStringLiteralLike(argument)) return undefined;
    const option = optionNameOf(argument);
    const kind = kinds.find(({ of }) => option !== undefined && of.test(option));
    if (!option || !kind) return undefined;
    const wanted = wantedAt(checker, argument);
    if (wanted && checker.isTypeAssignableTo(checker.getTypeAtLocation(argument), wanted)) return undefined;
    return {
      what: `${option} takes ${kind.takes}, but "${argument.text}" is a text.`,
      fix: fixOf(kind, site),
      chains: [],
    };
  },
};

/** What an option of a name takes: an activation as it is, what is made by a call as that. */
interface Kind {
  readonly of: RegExp;
  readonly takes: string;
  /** Whether the function is called there. */
  readonly called: boolean;
  /** What the call's type has. */
  readonly has: readonly string[];
  /** After the language's own names: what Keras ends them with. */
  readonly ending?: string;
}

const kinds: readonly Kind[] = [
  { of: /activation$/i, takes: "a function of a tensor", called: false, has: [] },
  { of: /^optimizer$/, takes: "an optimizer", called: true, has: ["step"] },
  { of: /^loss$/, takes: "a loss", called: true, has: ["values"] },
  { of: /^metrics$/, takes: "a list of metrics", called: true, has: ["name"] },
  { of: /initializer$/i, takes: "an initializer", called: true, has: [], ending: "Initializer" },
  { of: /regularizer$/i, takes: "a regularizer", called: true, has: [], ending: "Regularizer" },
  { of: /constraint$/i, takes: "a constraint", called: true, has: [] },
];

function fixOf(kind: Kind, site: Site): Fix {
  const { argument, checker } = site;
  const file = argument.getSourceFile();
  const text = (argument as ts.StringLiteralLike).text;
  const isElement = ts.isArrayLiteralExpression(argument.parent);
  const property = propertyOf(isElement ? argument.parent : argument)!.property;
  if (/^(linear|none)$/i.test(text) && !kind.called)
    return fix(`Leave ${property.name!.getText()} out: nothing is applied then.`);
  const own = exported(checker, file);
  const names = [...own]
    .filter(([name, symbol]) => /^[a-z]/.test(name) && fits(checker, symbol, kind, argument))
    .map(([name]) => name);
  const exact = namedAs(text, names, kind.ending);
  const name = exact ?? namedLike(text, names);
  if (!name) return fix(`Import the function, and write ${kind.called ? "a call of it" : "it"} there, without quotes.`);
  const list = property.name!.getText() === "metrics" && !isElement;
  const options = ofScores.has(spelt(text)) ? "{ fromLogits: true }" : "";
  const call = `${localName(file, name)}${kind.called ? `(${options})` : ""}`;
  const words = `Import ${name}, and write it without quotes:`;
  const found = fix(words, replace(argument, list ? `[${call}]` : call), imported(file, name));
  return exact ? found : { ...found, isGuess: true };
}

function fits(checker: ts.TypeChecker, symbol: ts.Symbol, { called, has }: Kind, node: ts.Node): boolean {
  const types = gives(checker, symbol, node);
  return types.length > 0 && (!called || types.some((type) => has.every((name) => type.getProperty(name))));
}

function namedAs(text: string, names: readonly string[], ending = ""): string | undefined {
  const known = short.get(spelt(text)) ?? ofScores.get(spelt(text)) ?? text;
  return names.find((name) => [spelt(known), spelt(known + ending)].includes(spelt(name)));
}

function namedLike(text: string, names: readonly string[]): string | undefined {
  const meant = nearest(spelt(text), names.map(spelt));
  return names.find((name) => spelt(name) === meant);
}

import { ts } from "ts-morph";
import { nearest } from "../../../src/ir/nearest.js";
import { fix, replace } from "../edits.js";
import { shorten } from "../names.js";
import type { DeclaredRule } from "./declared-rule.js";

export const monitored: DeclaredRule = {
  id: "monitored",
  title: "A callback that monitors what is not reported",
  help: 'Callbacks monitor the loss and the metrics that compile was given, of training by their names, of validation behind val_: earlyStopping({ monitor: "val_accuracy" }).',
  explain({ messageText }, { argument, checker }) {
    const text = ts.flattenDiagnosticMessageText(messageText, "\n");
    const [, name] = /Type 'Callback<any, "([^"']+)">' is not assignable to type 'Callback</.exec(text) ?? [];
    const wanted = name === undefined ? undefined : checker.getContextualType(argument);
    if (name === undefined || !wanted) return undefined;
    const names = namesIn(checker, wanted);
    const meant = nearest(name, names);
    const place = literalIn(argument, name);
    return {
      what: `${shorten(argument.getText())} monitors "${name}", but there are ${names.map((one) => `"${one}"`).join(", ")}.`,
      fix:
        meant && place
          ? fix("This is what was meant:", replace(place, JSON.stringify(meant)))
          : fix("Monitor one of those, or give compile the metric."),
      chains: [],
    };
  },
};

/** The names that `M` of `Callback<R, M>` is made of, training's first. */
function namesIn(checker: ts.TypeChecker, callback: ts.Type): string[] {
  const monitors = checker.getTypeArguments(callback as ts.TypeReference)[1];
  const members = monitors?.isUnion() ? monitors.types : monitors ? [monitors] : [];
  const names = members.flatMap((member) => (member.isStringLiteral() ? member.value : []));
  return names.sort((a, b) => Number(a.startsWith("val_")) - Number(b.startsWith("val_")));
}

/** The text in an expression that is such a name. */
function literalIn(node: ts.Node, name: string): ts.Node | undefined {
  if (ts.isStringLiteralLike(node)) return node.text === name ? node : undefined;
  return ts.forEachChild(node, (child) => literalIn(child, name));
}

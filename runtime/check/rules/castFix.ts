import { ts } from "ts-morph";
import { fix, replace, wrap } from "../edits.js";
import type { Fix } from "../finding.js";
import { unimported } from "../imports.js";
import { calledName } from "../names.js";
import { dtypeOf } from "../shapes.js";
import type { Site } from "../site.js";

/** A cast to a dtype; of what was cast from it, its cast is taken away. */
export function castFix(value: ts.Expression, wanted: string, words: string, { checker }: Site): Fix {
  if (ts.isCallExpression(value) && calledName(value) === "cast" && dtypeOf(checker, value.arguments[0]!) === wanted) {
    const without = replace(value, value.arguments[0]!.getText());
    return fix("Leave out the cast:", without, unimported(value.getSourceFile(), "cast"));
  }
  return fix(words, wrap(value, "cast", JSON.stringify(wanted)));
}

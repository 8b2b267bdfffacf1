import { ts } from "ts-morph";
import { fix, replace, wrap } from "../edits.js";
import type { Fix } from "../finding.js";
import { unimported } from "../imports.js";
import { calledName } from "../names.js";
import type { Reading } from "../reading.js";
import { dtypeOf } from "../shapes.js";

/** A cast to a dtype; of what was cast from it, its cast is taken away. Several values are cast alike. */
export function castFix(values: readonly ts.Expression[], wanted: string, words: string, site: Reading): Fix {
  const fixes = values.map((value) => castOne(value, wanted, words, site));
  // What is imported is imported once.
  const edits = fixes.flatMap(({ edits }, i) =>
    i === 0 ? edits : edits.filter(({ imports }) => imports === undefined),
  );
  return { ...fixes[0]!, edits };
}

function castOne(value: ts.Expression, wanted: string, words: string, { checker }: Reading): Fix {
  if (ts.isCallExpression(value) && calledName(value) === "cast" && dtypeOf(checker, value.arguments[0]!) === wanted) {
    const without = replace(value, value.arguments[0]!.getText());
    return fix("Leave out the cast:", without, unimported(value.getSourceFile(), "cast"));
  }
  return fix(words, wrap(value, "cast", JSON.stringify(wanted)));
}

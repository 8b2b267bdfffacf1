import { ts } from "ts-morph";
import { fix, insertAfter, replace, wrap } from "../edits.js";
import type { Fix } from "../finding.js";
import { unimported } from "../imports.js";
import { calledName } from "../names.js";
import { madeBy } from "../origins.js";
import type { Reading } from "../reading.js";
import { dtypeOf } from "../shapes.js";

/** A cast to a dtype, or to bool a comparison; of what was cast from it, its cast is taken away. Several values are cast alike. */
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
  if (wanted === "bool") {
    const compare = dtypeOf(checker, value) === "int32" ? "notEqual" : "greater";
    return fix(`Compare, to get booleans: ${compare}(…, 0).`, wrap(value, compare, "0"));
  }
  const made = wanted === "int32" ? madeBy(checker, value) : undefined;
  if (made && calledName(made) === "input" && made.arguments.length === 1) {
    const shape = made.arguments[0]!;
    return fix("Class numbers and indices are integers, from the input on:", insertAfter(shape, ', "int32"'));
  }
  return fix(words, wrap(value, "cast", JSON.stringify(wanted)));
}

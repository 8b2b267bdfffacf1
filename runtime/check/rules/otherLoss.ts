import type { ts } from "ts-morph";
import { fix, replace } from "../edits.js";
import type { Fix } from "../finding.js";
import { imported, localName, unimported } from "../imports.js";
import { calledName } from "../names.js";

/** The same call of the loss that takes labels of the other form. */
export function otherLoss(words: string, name: string, call: ts.CallExpression): Fix {
  const file = call.getSourceFile();
  const callee = replace(call.expression, localName(file, name));
  return fix(words, callee, imported(file, name), unimported(file, calledName(call)));
}

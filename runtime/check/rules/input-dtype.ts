import { ts } from "ts-morph";
import { fix, replace } from "../edits.js";
import { calledName } from "../names.js";
import type { NodeRule } from "./node-rule.js";
import { numbersOfTexts } from "./numbersOfTexts.js";

/** What other frameworks call a dtype, and ours that stands for it. */
const meant: readonly (readonly [RegExp, string])[] = [
  [/^(float|double|number|bfloat|half)/i, "float32"],
  [/^(u?int|long|short)/i, "int32"],
  [/^bool/i, "bool"],
];

export const inputDType: NodeRule = {
  id: "input-dtype",
  title: "A dtype that there is not",
  help: "Tensors are of float32, int32, bool and uint8. Texts become numbers before the model: stringLookup, textVectorization.",
  codes: [2345],
  explain(node) {
    const call = node.parent;
    if (!ts.isCallExpression(call) || !/^(input|cast)$/.test(calledName(call)) || call.arguments[1] !== node)
      return undefined;
    if (!ts.isStringLiteralLike(node)) return undefined;
    const dtype = meant.find(([names]) => names.test(node.text))?.[1];
    const isText = /^(str|text)/i.test(node.text);
    return {
      what: `${node.getText()} is no dtype; there are "float32", "int32", "bool" and "uint8".`,
      fix: dtype
        ? { ...fix("This stands for it:", replace(node, JSON.stringify(dtype))), isGuess: true }
        : fix(isText ? `${numbersOfTexts} The model's input is int32.` : "Write one of those."),
    };
  },
};

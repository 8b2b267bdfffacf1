import { ts } from "ts-morph";
import { fix } from "../edits.js";
import { languageImport } from "../imports.js";
import type { NodeRule } from "./node-rule.js";

export const withoutShape: NodeRule = {
  id: "without-shape",
  title: "A tensor's type without a shape",
  help: 'A tensor\'s type says its shape, and its dtype where that is not float32: Tensor<["batch", 10]>, Tensor<["batch"], "int32">. In functions of any size, sizes are type parameters: <B extends Dim, N extends number>(x: Tensor<[B, N]>).',
  codes: [2314, 2707],
  explain(node) {
    const name = ts.isTypeReferenceNode(node) ? node.typeName.getText() : node.getText();
    if (!/^(Tensor|NdArray)$/.test(name) || !languageImport(node.getSourceFile())) return undefined;
    return {
      what: `The type ${name} is written with its shape.`,
      fix: fix(`Write its shape, ${name}<["batch", 10]>; where any shape will do, ${name}<any>.`),
    };
  },
};

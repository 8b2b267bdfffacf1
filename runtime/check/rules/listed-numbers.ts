import { ts } from "ts-morph";
import { fix, replace } from "../edits.js";
import { wantedAt } from "../properties.js";
import type { NodeRule } from "./node-rule.js";

export const listedNumbers: NodeRule = {
  id: "listed-numbers",
  title: "One number where several are taken",
  help: "Sizes of images are given as [height, width], also of square ones: imageSize: [28, 28].",
  codes: [2322],
  explain(node, { checker }) {
    const property = node.parent;
    if (!ts.isPropertyAssignment(property) || property.name !== node) return undefined;
    const { initializer } = property;
    if (!(checker.getTypeAtLocation(initializer).flags & ts.TypeFlags.NumberLike)) return undefined;
    const wanted = wantedAt(checker, initializer);
    const tuple = wanted && (checker.getBaseConstraintOfType(wanted) ?? wanted);
    if (!tuple || !checker.isTupleType(tuple)) return undefined;
    const count = checker.getTypeArguments(tuple as ts.TypeReference).length;
    const list = `[${Array.from({ length: count }, () => initializer.getText()).join(", ")}]`;
    return {
      what: `${node.getText()} is a list of ${count} numbers, but ${initializer.getText()} is one.`,
      fix: fix("Write each:", replace(initializer, list)),
    };
  },
};

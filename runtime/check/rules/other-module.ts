import { ts } from "ts-morph";
import { fix, replace } from "../edits.js";
import { isOurs } from "../imports.js";
import { modules } from "../modules.js";
import type { NodeRule } from "./node-rule.js";

export const otherModule: NodeRule = {
  id: "other-module",
  title: "A part of the package that there is not",
  help: 'The language is "shapewright"; sessions and callbacks are "shapewright/runtime", datasets "shapewright/data".',
  codes: [1192, 2307, 2613],
  explain(node) {
    const declaration = ts.findAncestor(node, ts.isImportDeclaration);
    const from = declaration?.moduleSpecifier;
    if (!from || !ts.isStringLiteral(from) || !isOurs(from.text)) return undefined;
    const { importClause } = declaration;
    if (importClause?.name && from !== node) {
      const { name } = importClause;
      const edits = importClause.namedBindings ? [] : [replace(name, `* as ${name.text}`)];
      return {
        what: `"${from.text}" has no default export: each function is exported by itself.`,
        fix: fix("Import all of it under a name, or each function by its own:", ...edits),
      };
    }
    if (from === node && from.text === "shapewright") return undefined;
    const names = importClause?.namedBindings;
    const all =
      names && ts.isNamedImports(names)
        ? names.elements.map(({ propertyName, name }) => (propertyName ?? name).text)
        : [];
    const module = Object.keys(modules).find((one) => all.every((name) => modules[one]!.includes(name)));
    const what = `There is no "${from.text}": the language is "shapewright", sessions are "shapewright/runtime", and datasets "shapewright/data".`;
    return {
      what,
      fix: fix("Import it from there:", replace(from, `"${(all.length > 0 && module) || "shapewright"}"`)),
    };
  },
};

import { ts } from "ts-morph";
import { nearest } from "../../../src/ir/nearest.js";
import { fix, replace } from "../edits.js";
import type { Edit } from "../finding.js";
import { provenanceOf, sessionOf } from "../origins.js";
import type { DeclaredRule } from "./declared-rule.js";

export const inputKey: DeclaredRule = {
  id: "input-key",
  title: "The names of data and inputs differ",
  help: "Data is given under the names of the model's inputs: model({ image: … }) takes { image: data }.",
  explain({ messageText }, { argument, call, checker }) {
    const text = ts.flattenDiagnosticMessageText(messageText, "\n");
    const inputs = provenanceOf(checker, sessionOf(call)).model?.arguments[0];
    if (!text.includes("InputData<") || !inputs || !ts.isObjectLiteralExpression(inputs)) return undefined;
    const names = inputs.properties.map((property) => property.name!.getText());
    const key = /'(\w+)' does not exist in type/.exec(text)?.[1];
    if (key !== undefined && !names.includes(key)) {
      const name = nearest(key, names) ?? (names.length === 1 ? names[0] : undefined);
      const list = names.map((name) => `"${name}"`).join(", ");
      return {
        what: `The model has no input named "${key}"; it has ${list}.`,
        fix: name ? fix("Give the data under the input's name:", renamed(argument, name)) : fix(`Use one of ${list}.`),
        chains: [],
      };
    }
    const missing = /Property '(\w+)' is missing/.exec(text)?.[1];
    if (missing === undefined || !names.includes(missing)) return undefined;
    return {
      what: `There is no data for the input "${missing}".`,
      fix: fix(`Add it: { ${names.map((name) => `${name}: …`).join(", ")} }.`),
      chains: [],
    };
  },
};

/** The property that holds a value, under another name. */
function renamed(value: ts.Expression, name: string): Edit {
  const { parent } = value;
  return ts.isPropertyAssignment(parent) ? replace(parent.name, name) : replace(value, `${name}: ${value.getText()}`);
}

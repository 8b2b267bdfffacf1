import { ts } from "ts-morph";
import { show } from "../../../src/types/show.js";
import { didYouMean, nearest } from "../../cli/nearest.js";
import { fix, replace, wrap } from "../edits.js";
import { calledName } from "../names.js";
import { provenanceOf, sessionOf } from "../origins.js";
import { dtypeOfType, shapeOfType } from "../shapes.js";
import type { Site } from "../site.js";
import type { Explanation } from "./rule.js";

/** A mistake that TypeScript finds by itself and says in its own words. */
export interface DeclaredRule {
  readonly id: string;
  readonly title: string;
  readonly help: string;
  explain(diagnostic: ts.Diagnostic, site: Site): Explanation | undefined;
}

const notAssignable = [2345, 2322, 2769];

export const declaredShape: DeclaredRule = {
  id: "declared-shape",
  title: "A tensor of another shape than the function takes",
  help: 'A function whose parameter is Tensor<["batch", 64]> takes that shape and dtype only.',
  explain({ code }, site) {
    if (!notAssignable.includes(code)) return undefined;
    const { argument, call, checker } = site;
    const wanted = checker.getContextualType(argument);
    const given = checker.getTypeAtLocation(argument);
    if (!wanted) return undefined;
    const shapes = [shapeOfType(checker, wanted, argument), shapeOfType(checker, given, argument)] as const;
    const dtypes = [dtypeOfType(checker, wanted, argument), dtypeOfType(checker, given, argument)] as const;
    const op = calledName(call);
    if (dtypes[0] && dtypes[1] && dtypes[0] !== dtypes[1]) {
      return {
        what: `${op} takes ${dtypes[0]}, but this is ${dtypes[1]}.`,
        fix: fix(`Cast it to ${dtypes[0]}:`, wrap(argument, "cast", JSON.stringify(dtypes[0]))),
      };
    }
    const [takes, is] = shapes;
    if (!is || !dtypes[0] || (!takes && is.length > 0) || String(takes) === String(is)) return undefined;
    const text = takes && show(takes.map((dim) => dim ?? "?"));
    const scalar = is.length === 0;
    return {
      what: `${op} takes ${text ?? "a tensor with an axis"}, but this is ${scalar ? "a scalar" : show(is.map((dim) => dim ?? "?"))}.`,
      fix: fix(
        scalar
          ? "Give it axes: to scale by a number, use multiply()."
          : `Make it ${text}, or let the function take other shapes.`,
      ),
    };
  },
};

export const inputKey: DeclaredRule = {
  id: "input-key",
  title: "Data under a name that no input has, or none for an input",
  help: "Data is given under the names of the model's inputs: model({ image: … }) takes { image: data }.",
  explain({ messageText }, { argument, call, checker }) {
    const method = calledName(call);
    const { model } = provenanceOf(checker, sessionOf(call));
    const inputs = model?.arguments[0];
    if (!inputs || !ts.isObjectLiteralExpression(inputs) || !["fit", "evaluate", "predict"].includes(method))
      return undefined;
    const names = inputs.properties.map((property) => property.name!.getText());
    const text = ts.flattenDiagnosticMessageText(messageText, "\n");
    if (!text.includes("InputData<")) return undefined;
    const key = /'(\w+)' does not exist in type/.exec(text)?.[1];
    const missing = key === undefined ? /Property '(\w+)' is missing/.exec(text)?.[1] : undefined;
    const list = names.map((name) => `"${name}"`).join(", ");
    if (key !== undefined && !names.includes(key)) {
      const name = nearest(key, names) ?? (names.length === 1 ? names[0] : undefined);
      const property = argument.parent;
      const edit =
        name && ts.isPropertyAssignment(property)
          ? replace(property.name, name)
          : name && replace(argument, `${name}: ${key}`);
      return {
        what: `The model has no input named "${key}"; it has ${list}.`,
        fix: name
          ? fix(`Give the data under the input's name:`, edit ? [edit] : [])
          : fix(`Use one of ${list}.${didYouMean(key, names)}`),
        chains: [],
      };
    }
    if (missing === undefined || !names.includes(missing)) return undefined;
    return {
      what: `There is no data for the input "${missing}".`,
      fix: fix(`Add it: { ${names.map((name) => `${name}: …`).join(", ")} }.`),
      chains: [],
    };
  },
};

export const declaredRules: readonly DeclaredRule[] = [inputKey, declaredShape];

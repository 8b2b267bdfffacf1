import { ts } from "ts-morph";
import { nearest } from "../../../src/ir/nearest.js";
import { fix, replace } from "../edits.js";
import type { Edit } from "../finding.js";
import { shorten } from "../names.js";
import { provenanceOf, sessionOf } from "../origins.js";
import { type Part, partOf } from "../part.js";
import { isOptions, propertyOf } from "../properties.js";
import { isTypedArray, shapeOf } from "../shapes.js";
import type { Site } from "../site.js";
import type { DeclaredRule } from "./declared-rule.js";

export const inputKey: DeclaredRule = {
  id: "input-key",
  title: "The names of data and inputs differ",
  help: "Data is given under the names of the model's inputs, targets and weights under those of its outputs: model({ image: … }) takes { image: data }.",
  explain({ messageText }, site) {
    const object = propertyOf(site.argument)?.object;
    if (object && isOptions(site.checker, object)) return undefined;
    const text = ts.flattenDiagnosticMessageText(messageText, "\n");
    const names = namesIn(text, site);
    if (names.length === 0) return undefined;
    const [noun, of] = nouns[partOf(site) ?? "input"];
    const key = /'(\w+)' does not exist in type/.exec(text)?.[1];
    if (key !== undefined && !names.includes(key)) {
      const given = object?.properties.flatMap((property) => property.name?.getText() ?? []) ?? [];
      const left = names.filter((known) => !given.includes(known));
      const name = nearest(key, left) ?? (names.length === 1 ? left[0] : undefined);
      const list = names.map((known) => `"${known}"`).join(", ");
      return {
        what: `The model has no ${of} named "${key}"; it has ${list}.`,
        fix: name
          ? {
              ...fix(`Give the ${noun} under the ${of.split(" ")[0]}'s name:`, renamed(site.argument, name)),
              // Of one name, nothing else can be meant.
              isGuess: names.length > 1,
            }
          : fix(left.length === 0 ? `Leave "${key}" out: nothing is taken by it.` : `Use one of ${list}.`),
        chains: [],
      };
    }
    const missing = /Property '(\w+)' is missing/.exec(text)?.[1];
    if (missing === undefined || !names.includes(missing)) return undefined;
    const { argument, checker } = site;
    const isAlone = isTypedArray(checker, argument) || shapeOf(checker, argument) !== undefined;
    if (names.length === 1 && isAlone && !ts.isObjectLiteralExpression(argument)) {
      return {
        what: `${noun[0]!.toUpperCase()}${noun.slice(1)} stands under the ${of.split(" ")[0]}'s name, but ${shorten(argument.getText())} by itself.`,
        fix: fix("Name it:", replace(argument, `{ ${missing}: ${argument.getText()} }`)),
        chains: [],
      };
    }
    return {
      what: `There is no ${noun} for the ${of.split(" ")[0]} "${missing}".`,
      fix: fix(`Add it: { ${names.map((name) => `${name}: …`).join(", ")} }.`),
      chains: [],
    };
  },
};

/** What is given, and what it is given for. */
const nouns: Readonly<Record<Part, readonly [given: string, of: string]>> = {
  input: ["data", "input"],
  target: ["target", "output with a loss"],
  sampleWeight: ["weights", "output with a loss"],
};

/** The names that data goes by: as TypeScript lists them in `DataByName<"image" | "age">`; or a model's inputs. */
function namesIn(text: string, { call, checker }: Site): string[] {
  const listed = /(?:Data|Weights)ByName<((?:"\w+"(?: \| )?)+)>/.exec(text)?.[1];
  if (listed !== undefined) return [...listed.matchAll(/"(\w+)"/g)].map(([, name]) => name!);
  const inputs = text.includes("InputData<") ? provenanceOf(checker, sessionOf(call)).model?.arguments[0] : undefined;
  if (!inputs || !ts.isObjectLiteralExpression(inputs)) return [];
  return inputs.properties.map((property) => property.name!.getText());
}

/** The property that holds a value, under another name. */
function renamed(value: ts.Expression, name: string): Edit {
  const { parent } = value;
  return ts.isPropertyAssignment(parent) ? replace(parent.name, name) : replace(value, `${name}: ${value.getText()}`);
}

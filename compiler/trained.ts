import { showName } from "../src/ir/checkName.js";
import { ShapewrightError } from "../src/ir/errors.js";
import type { OptionRule } from "../src/ir/options.js";
import type { Model } from "../src/model.js";
import { checkMeant, means, type NamePattern, patternsRule } from "../src/optimizers/names.js";
import { kindOf } from "./kindOf.js";

/** What is trained of a model: models that are part of it, or layers and variables by names, such as `"dense"` or `"encoder*"`. */
export type Trained = Model<any, any> | NamePattern | readonly (Model<any, any> | NamePattern)[];

const isModel = (value: unknown): value is Model<any, any> => kindOf(value) === "model";
const isPart = (value: unknown) => isModel(value) || (!Array.isArray(value) && patternsRule.accepts(value));

export const trainedRule: OptionRule = {
  takes: "a model, a name, a regular expression, a function of a name, or a list of these",
  accepts: (value) => [value].flat().length > 0 && [value].flat().every(isPart),
};

/**
 * A model with those of its variables alone that training changes.
 *
 * @throws SW_NAME where a name means nothing, or a model is no part
 */
export function trainedPart<M extends Model<any, any>>(op: string, model: M, trained: Trained | undefined): M {
  if (trained === undefined) return model;
  const parts = [trained].flat() as readonly (Model<any, any> | NamePattern)[];
  const patterns = parts.filter((part): part is NamePattern => !isModel(part));
  const layers = [...model.names].flatMap(([named, name]) => ("op" in named ? [] : [name]));
  checkMeant(op, patterns, [...layers, ...model.variables.keys()]);
  const own = new Set(model.variables.values());
  const wanted = new Set(parts.filter(isModel).flatMap((part) => ofPart(op, part, own)));
  const variables = [...model.variables].filter(
    ([name, variable]) => wanted.has(variable) || patterns.some((pattern) => means(op, pattern, name)),
  );
  return { ...model, variables: new Map(variables) };
}

function ofPart(op: string, part: Model<any, any>, own: ReadonlySet<unknown>) {
  const variables = [...part.variables];
  const foreign = variables.find(([, variable]) => !own.has(variable));
  if (variables.length > 0 && !foreign) return variables.map(([, variable]) => variable);
  const fault = foreign ? `has the variable ${showName(foreign[0])}, which is none of the model's` : "has no variables";
  const message = `${op}: a model among trainable ${fault}; build the model with its apply()`;
  throw new ShapewrightError("SW_NAME", message, op);
}

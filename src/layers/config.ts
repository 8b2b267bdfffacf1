import type { Scope } from "../ir/node.js";
import { aRecord, checkOption, type OptionRule, required } from "../ir/options.js";
import type { Model } from "../model.js";
import { isCell } from "./cells/cell.js";
import { isLayer } from "./layer.js";

/** A layer as JSON has it. Functions and initializers go by their names. */
export interface LayerConfig {
  readonly kind: string;
  /** The layer's name in its model. */
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
}

const aModel: OptionRule = required({
  takes: "a model",
  accepts: (value) => aRecord.accepts(value) && (value as Partial<Model<any, any>>).names instanceof Map,
});

/**
 * The layers of a model with their options, in the order of the computation.
 *
 * @returns for each layer its kind, its name in the model, and its options as JSON can hold them
 * @throws SW_VALUE when it is no model
 * @example
 * const digits = model({ image: input(["batch", 784]) }, ({ image }) => dense(image, { units: 10, activation: relu }));
 * layerConfigs(digits); // [{ kind: "dense", name: "dense", options: { units: 10, activation: "relu" } }]
 */
export function layerConfigs(model: Pick<Model<any, any>, "names">): LayerConfig[] {
  checkOption("layerConfigs", "model", model, aModel);
  const { names } = model;
  const scopes = [...names].filter((entry): entry is [Scope, string] => "kind" in entry[0]);
  return scopes.map(([{ kind, options }, name]) => ({ kind, name, options: plain(options) as LayerConfig["options"] }));
}

/** What JSON can hold of a value. */
function plain(value: unknown): unknown {
  if (isLayer(value)) return { kind: value.scope.kind, options: plain(value.scope.options) };
  if (isCell(value)) return { kind: value.cell.scope.kind, options: plain(value.cell.scope.options) };
  if (typeof value === "function") return value.name;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  if ("sample" in value && "name" in value) return "expression" in value ? value.expression : value.name;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
}

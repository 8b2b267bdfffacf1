import { ShapewrightError } from "../../src/ir/errors.js";
import { inWords } from "../../src/ir/inWords.js";
import { aRecord, checkOptions, flag, type OptionRule, type OptionRules } from "../../src/ir/options.js";

/** What JSON can hold. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/** A step that data goes through before the model, as JSON has it: what makes it again. */
export interface SavedPreprocessing {
  readonly name: string;
  /** Which step it is, such as `textVectorization`. */
  readonly kind: string;
  /** The options that it was made with. */
  readonly config: Readonly<Record<string, unknown>>;
  /** What it has learnt of data, such as a vocabulary. */
  readonly state: Readonly<Record<string, unknown>>;
}

/** What a file of a model says besides what it computes. */
export interface About {
  readonly metadata: Readonly<Record<string, JsonValue>>;
  readonly preprocessing: readonly SavedPreprocessing[];
}

/** Options of `saveModel`. */
export interface SaveModelOptions {
  /** What else is to be known of the model, such as `{ name: "digits", classes: ["zero", "one"] }`. What a loaded one had, unless said otherwise. */
  readonly metadata?: Readonly<Record<string, JsonValue>>;
  /** What data goes through before the model: records of `name`, `kind`, `config` and `state`, or what has these as its `toJSON()`. What a loaded one had, unless said otherwise. */
  readonly preprocessing?: readonly (SavedPreprocessing | { toJSON(): SavedPreprocessing })[];
  /** Whether the optimizer's state is in it, where there is any: before the first step there is none. Without, training goes on with one that begins anew. @default true */
  readonly optimizer?: boolean;
}

const rules: OptionRules<SaveModelOptions> = {
  metadata: aRecord,
  preprocessing: { takes: "a list", accepts: Array.isArray },
  optimizer: flag,
};

/** What nobody has said anything of. */
export const nothingSaid: About = { metadata: {}, preprocessing: [] };

const aStep: OptionRule = {
  takes:
    "what toJSON of such a step gives: a record of name and kind, which are texts, and of config and state, which are records",
  accepts: (value) =>
    aRecord.accepts(value) &&
    ["config", "state"].every((part) => aRecord.accepts((value as Readonly<Record<string, unknown>>)[part])) &&
    ["name", "kind"].every((part) => typeof (value as Readonly<Record<string, unknown>>)[part] === "string"),
};

/**
 * What is to be said of a model: what is given, as it is now, and else what was said of it before.
 *
 * @throws SW_VALUE for what JSON cannot hold
 */
export function aboutOf(options: SaveModelOptions, before: About): About {
  checkOptions<SaveModelOptions>("saveModel", options, rules);
  const { metadata, preprocessing } = options;
  const steps = preprocessing && asJson(preprocessing, "preprocessing");
  for (const [i, step] of (steps ?? []).entries()) {
    if (!aStep.accepts(step)) throw refused(`preprocessing[${i}] is ${inWords(step)}, but must be ${aStep.takes}`);
  }
  return {
    metadata: metadata ? asJson(metadata, "metadata") : before.metadata,
    preprocessing: (steps as readonly SavedPreprocessing[] | undefined) ?? before.preprocessing,
  };
}

/** A copy by way of text, where nothing is lost on it. */
function asJson<V>(value: V, place: string): V {
  const where = (name: string) => (name === "" ? place : `in ${place}, ${JSON.stringify(name)}`);
  /** What holds the entry that is looked at, from the outermost on. */
  const within: unknown[] = [];
  // A function, so that `this` is what holds the entry: `toJSON` has been asked of `entry` by then.
  const text = JSON.stringify(value, function check(this: unknown, name: string, entry: unknown) {
    const isJson =
      entry === null ||
      typeof entry === "string" ||
      typeof entry === "boolean" ||
      (typeof entry === "number" && Number.isFinite(entry)) ||
      Array.isArray(entry) ||
      aRecord.accepts(entry) ||
      (entry === undefined && !Array.isArray(this));
    if (!isJson || ArrayBuffer.isView(entry)) {
      const taken = "write numbers, texts, lists and records";
      throw refused(`${where(name)} is ${inWords(entry)}, which JSON cannot hold; ${taken}`);
    }
    while (within.length > 0 && within.at(-1) !== this) within.pop();
    if (within.includes(entry)) throw refused(`${where(name)} holds itself, which JSON cannot say; leave it out`);
    if (typeof entry === "object" && entry !== null) within.push(entry);
    if (within.length > deepest) throw refused(`${place} has more than ${deepest} records or lists in one another`);
    return entry;
  });
  return JSON.parse(text) as V;
}

/** JSON's own functions run out of memory for calls some thousands deep. */
const deepest = 1000;

function refused(fault: string): ShapewrightError {
  return new ShapewrightError("SW_VALUE", `saveModel: ${fault}`, "saveModel");
}

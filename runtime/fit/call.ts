import type { Program } from "../../compiler/program.js";
import { attributesKey, numbering } from "../../src/ir/attributes.js";
import { hash } from "../../src/ir/random.js";
import { usual } from "./plans.js";

/** What the steps of a call depend on besides the data, so that what goes on from a backup of another is noticed. */
export interface Call {
  readonly op: string;
  /** Of the compiled step: of its ops, shapes and constants. */
  readonly program: number;
  /** By their names: null where it was not said. One of an older Shapewright lacks the names that came later. */
  readonly settings: Readonly<Record<string, unknown>>;
}

const names = [
  "samples",
  "batchSize",
  "shuffle",
  "seed",
  "stepsPerEpoch",
  "validationSplit",
  "source",
  "rows",
  "validation",
] as const;

/** What is said where a hash differs. */
const otherRows: Readonly<Record<string, string>> = {
  rows: "of a call on other data: not all of its rows are these",
  validation: "of a call with other validation data: not all of its rows are these",
};

/** What a call is given, as far as it is known before it begins: how many samples, and hashes of them. */
interface CallData {
  readonly samples: number | undefined;
  readonly rows: number | undefined;
  readonly validation: number | undefined;
}

/**
 * The call of `fit` or `fitBatches` with some options, and on such data; with a source of batches, with what that
 * consists of, where it says so.
 */
export function callOf(op: string, { train }: Program, options: object, data: CallData): Call {
  const said = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  // Who says what is usual says nothing else.
  const given: Readonly<Record<string, unknown>> = { ...(op === "fit" && usual), ...said, ...data };
  const settings = Object.fromEntries(names.map((name) => [name, given[name] ?? null]));
  return { op, program: fingerprint(train), settings };
}

/** What differs between two calls, in words; nothing where they are the same. */
export function differenceOf(kept: Call, own: Call): string | undefined {
  if (kept.op !== own.op) return `of ${kept.op}, this is ${own.op}`;
  for (const name of names) {
    const [before, now] = [kept.settings[name], own.settings[name]];
    if (before === undefined || before === now) continue;
    if (before !== null && now !== null && otherRows[name]) return otherRows[name];
    return `of a call with ${inWords(name, before)}, this one has ${inWords(name, now)}`;
  }
  if (kept.program === own.program) return undefined;
  return "of a step that was compiled otherwise: with other constants, such as a rate, or other layers, loss or metrics";
}

function inWords(name: string, value: unknown): string {
  if (name === "samples" && value !== null) return value === 1 ? "1 sample" : `${value} samples`;
  if (name === "validation") return value === null ? "no validation data" : "validation data";
  return value === null ? `no ${name}` : `${name} ${value}`;
}

function fingerprint(graph: Program["train"]): number {
  const number = numbering();
  const attributes = graph.nodes.map((node) =>
    attributesKey(node.attributes, (value) =>
      ArrayBuffer.isView(value) ? String(hash((value as Float32Array).join())) : number(value),
    ),
  );
  return hash(`${graph}${attributes.join()}`);
}

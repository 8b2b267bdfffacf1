import type { FieldsOf } from "../../src/types/message.js";

/** Texts for all fields of a template. */
export type Fields<Template extends string> = Readonly<Record<FieldsOf<Template>, string>>;

/** What fields may hold. A field that is not listed holds any text without a blank or a colon. */
const holds: Readonly<Record<string, string>> = {
  // Shapes may have arithmetic in them: [batch, floor((height-2)/2), 8].
  a: "\\[.*\\]",
  b: "\\[.*\\]",
  shape: "\\[.*\\]",
  from: "\\[.*\\]",
  to: "\\[.*\\]",
  wanted: "\\[.*\\]",
  filter: "\\[.*\\]",
  axes: ".+",
  // A slice as it is written, or several: "1:-1".
  item: ".+",
  // 3, or 3 with dilation 2.
  kernel: "\\S+( with dilation \\S+)?",
  // A word in quotes, a number, or a pair.
  padding: ".+",
  among: ".*",
  // Of einsum: "bij, bjk -> bik".
  equation: ".*",
  index: ".+",
  indices: ".*",
  // An option by its name; what has none is told by its place.
  option: "([^\\s:]+|the (lower|upper) bound)",
  given: ".+",
  takes: ".+",
  // What else an option may be: '"same", "valid" or '.
  words: ".*",
  allowed: ".+",
  role: ".+",
  range: ".+",
  // Of loops and choices: what they compute, and what computes it.
  here: ".+",
  there: "(nothing|a record|\\w+ \\[.*\\])",
  place: ".*",
  one: ".+",
  other: ".+",
  by: ".+?",
  what: ".+",
  // Of equations: what an index is bound by.
  where: "(operand \\d+|outputShape)",
  // An input is named by its key, which may be any text.
  input: ".+",
  // A dtype, and the typed array that has it where its name does not tell.
  second: "[^\\s:]+( \\(\\w+Array\\))?",
  // A dtype, and what it has.
  held: "[^\\s:]+( \\(.+\\))?",
  // What to write instead.
  code: ".+",
};

/**
 * A message with named holes, as the types write it, for reading the parts back.
 * Of "{op}: axis {axis} of {shape} is given twice", and "mean: axis -1 of [batch, 784] is given twice", the parts are
 * { op: "mean", axis: "-1", shape: "[batch, 784]" }.
 */
export function template<const T extends string>(text: T): (message: string) => Fields<T> | undefined {
  const pattern = text
    .split(/(\{\w+\})/)
    .map((part) => (part.startsWith("{") ? field(part.slice(1, -1)) : part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")))
    .join("");
  const expression = new RegExp(`^${pattern}$`, "u");
  return (message) => {
    const match = expression.exec(message);
    return match ? ({ ...match.groups } as Fields<T>) : undefined;
  };
}

function field(name: string): string {
  return `(?<${name}>${holds[name] ?? "[^\\s:]+"})`;
}
